"""The order in which the framework ends what it has called."""

from playwright.sync_api import Browser

from components import live_signal


def test_a_call_that_was_overtaken_does_not_stop_what_is_drawn(browser: Browser) -> None:
    page = browser.new_page()

    stopped = page.evaluate(
        f"""() => {{
            {live_signal.ENDING}
            const place = document.body;
            const stopped = [];
            const first = unlessOvertaken(place, () => stopped.push("first"));
            const second = unlessOvertaken(place, () => stopped.push("second"));
            first();
            const before = [...stopped];
            second();
            return [before, stopped];
        }}"""
    )

    page.close()
    assert stopped == [[], ["second"]]
