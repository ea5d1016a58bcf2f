"""Which pages are ours: an origin is compared with a host as a browser does."""

import pytest
from starlette.datastructures import Headers

from web import origin


@pytest.mark.parametrize(
    ("said", "host"),
    [
        ("https://example.vn", "example.vn"),
        ("https://example.vn", "example.vn:443"),
        ("http://example.vn", "example.vn:80"),
        ("https://example.vn:8443", "example.vn:8443"),
        ("https://example.vn", "Example.VN"),
        ("http://[2001:db8::7]:8501", "[2001:db8::7]:8501"),
    ],
)
def test_a_page_of_this_host_is_ours(said: str, host: str) -> None:
    assert origin.is_ours(Headers({"origin": said, "host": host})) is True


@pytest.mark.parametrize(
    ("said", "host"),
    [
        ("https://example.vn:8443", "example.vn"),
        ("https://example.vn", "example.vn:80"),
        ("https://example.vn.elsewhere.example", "example.vn"),
        ("null", "example.vn"),
        ("null", ""),
        ("https://", ""),
        ("https://example.vn:port", "example.vn"),
        ("https://[example.vn", "example.vn"),
        ("https://example.vn", "example.vn:99999"),
    ],
)
def test_any_other_is_not(said: str, host: str) -> None:
    assert origin.is_ours(Headers({"origin": said, "host": host})) is False


def test_without_an_origin_the_browser_may_have_said_from_where() -> None:
    assert origin.is_ours(Headers({"sec-fetch-site": "none"})) is True
    assert origin.is_ours(Headers({"sec-fetch-site": "cross-site"})) is False
    assert origin.is_ours(Headers({})) is None


def test_whoever_comes_from_ever_other_sites_fills_no_log(
    caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(origin, "_told", set())
    for number in range(3 * origin.MOST_TOLD):
        for _ in range(2):
            origin.is_ours(Headers({"origin": f"https://x{number}.example", "host": "h"}))

    assert len(caplog.records) == origin.MOST_TOLD
