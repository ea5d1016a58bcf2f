"""The order in which the framework ends what it has called, with scripts of ours."""

from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.server import ROOT
from web import scripts

CHART: dict[str, Any] = {
    "figure": {"data": [], "layout": {"height": 100}},
    "alt": "",
    "config": {},
    "script": "data:text/javascript,",
}
FORM: dict[str, Any] = {
    **dict.fromkeys(("text", "document_number", "document_date", "saved"), ""),
    "version": 0,
    "longest": 9,
    "language": "vi",
    "heard": {"turn": 0, "refusal": ""},
    "labels": dict.fromkeys(
        (
            *("text", "document_number", "document_date", "save", "submit"),
            *("saving", "unsaved", "counter"),
        ),
        "",
    ),
}
# Each begins anew where it was stopped, so that it is there twice, or no longer drawn.
DRAWN = """async ([script, data, encoded]) => {
    const address = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
    const { default: call } = await import(address);
    document.body.innerHTML = "<form></form>";
    const parentElement = document.body;
    const given = encoded ? new TextEncoder().encode(JSON.stringify(data)) : data;
    const send = () => {};
    const calling = () => call({ data: given, parentElement, setTriggerValue: send });
    const overtaken = calling();
    const last = calling();
    overtaken();
    calling();
    return document.querySelectorAll("[role=img], textarea, [role=note]").length;
}"""


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("drawing/chart", CHART),
        ("followup/reply_form", FORM),
        ("shell/banner", {"words": "Diễn tập"}),
    ],
)
def test_an_overtaken_call_stops_no_component(
    browser: Browser, name: str, data: dict[str, Any]
) -> None:
    page = browser.new_page()
    folder = ROOT / "components" / name
    script = scripts.bundle(folder / f"{folder.name}.js")

    drawn = page.evaluate(DRAWN, [script, data, name == "drawing/chart"])

    page.close()
    assert drawn == 1
