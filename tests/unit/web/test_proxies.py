"""Who asks, by what a proxy says: an address is the same however it is written."""

import asyncio

import pytest
from starlette.types import Message, Receive, Scope, Send

import settings
from settings import SettingWrong
from web.proxies import Proxies


def seen(peer: str, forwarded_for: str, *, believed: str | None) -> tuple[str, str]:
    """Return the client and the scheme that the app sees behind a proxy."""
    found = []

    async def app(scope: Scope, _receive: Receive, _send: Send) -> None:
        found.append((scope["client"][0], scope["scheme"]))

    async def receive() -> Message:
        return {"type": "http.request"}

    async def send(_message: Message) -> None:
        return None

    headers = [
        (b"x-forwarded-for", forwarded_for.encode()),
        (b"x-forwarded-proto", b"https"),
    ]
    scope = {"type": "http", "scheme": "http", "headers": headers, "client": (peer, 1)}
    with pytest.MonkeyPatch.context() as patch:
        if believed is None:
            patch.delenv("FORWARDED_ALLOW_IPS", raising=False)
        else:
            patch.setenv("FORWARDED_ALLOW_IPS", believed)
        settings.current.cache_clear()
        asyncio.run(Proxies(app)(scope, receive, send))
        patch.undo()
        settings.current.cache_clear()
    return found[0]


@pytest.mark.parametrize(
    ("peer", "believed"),
    [
        ("::ffff:127.0.0.1", None),
        ("127.0.0.1", None),
        ("::1", None),
        ("::ffff:10.1.2.3", "10.0.0.0/8"),
        ("10.1.2.3", "127.0.0.1, 10.1.2.3/8"),
        ("::FFFF:a01:203", "::ffff:10.1.2.3"),
        ("2001:db8:0:0::7", "2001:DB8::7"),
    ],
)
def test_a_proxy_is_believed_however_its_address_is_written(
    peer: str, believed: str | None
) -> None:
    assert seen(peer, "::ffff:203.0.113.9", believed=believed) == ("203.0.113.9", "https")


@pytest.mark.parametrize(
    ("peer", "believed", "client"),
    [
        ("::ffff:192.0.2.1", None, "192.0.2.1"),
        ("::ffff:127.0.0.1", "", "127.0.0.1"),
        ("2001:DB8::7", "10.0.0.0/8", "2001:db8::7"),
    ],
)
def test_nobody_else_is_believed(peer: str, believed: str | None, client: str) -> None:
    assert seen(peer, "203.0.113.9", believed=believed) == (client, "http")


def test_of_several_proxies_what_the_first_one_that_is_not_ours_says_is_not_believed() -> None:
    chain = "198.51.100.66, 203.0.113.9, ::ffff:10.0.0.2"

    assert seen("::ffff:127.0.0.1", chain, believed="127.0.0.1,10.0.0.0/8")[0] == "203.0.113.9"


def test_a_name_instead_of_an_address_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORWARDED_ALLOW_IPS", "127.0.0.1,nginx")
    settings.current.cache_clear()

    with pytest.raises(SettingWrong, match=r"FORWARDED_ALLOW_IPS is wrong.*addresses or networks"):
        settings.current()
