"""Who spends what, by requests that no server has to answer."""

import secrets
import time
from collections.abc import Iterator

import pytest
from starlette.requests import Request
from starlette.responses import Response

import settings
from app import doors
from web import browsers, budgets, cookies, phones
from web.problems import TooMany

HALL = "192.0.2.7"
QUESTIONS = "/api/events/x/questions"


@pytest.fixture(autouse=True)
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Budgets that nobody has spent, in a minute that does not pass."""
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now)
    monkeypatch.setenv("DIALOGUE_LIMITS", "on")
    settings.current.cache_clear()
    budgets._limiter.storage.reset()
    yield
    settings.current.cache_clear()


def request(
    method: str = "POST", path: str = QUESTIONS, *, address: str = HALL, cookie: str = ""
) -> Request:
    first = path.split("/")[1]
    return Request(
        {
            "type": "http",
            "method": method,
            "path": path,
            "door": first if first in doors else "",
            "headers": [(b"cookie", cookie.encode()), (b"host", b"h")],
            "client": (address, 1),
            "query_string": b"",
            "server": ("h", 80),
            "scheme": "http",
        }
    )


def phone() -> str:
    """The cookie of a phone that has opened our page."""
    response = Response()
    phones.keep(response, request(), secrets.token_hex(16))
    return response.headers["set-cookie"].split(";")[0]


def browser() -> str:
    """The cookie of a browser in which somebody has signed in."""
    return f"{cookies.BROWSER}={browsers.marked(request(), email='an@example.vn')}"


def passes(sent: Request) -> bool:
    try:
        budgets.spend(sent)
    except TooMany:
        return False
    return True


def use_up(sent: Request) -> int:
    """Send until it is refused; return how many passed."""
    return next(count for count in range(100_000) if not passes(sent))


def test_strangers_of_a_network_use_up_one_door_and_leave_the_others_open() -> None:
    assert use_up(request("GET", "/healthz")) == budgets.READS_OF_STRANGERS.amount

    assert not passes(request("GET", "/healthz"))
    for path in ("/ask/x", "/signin", "/api/events/x/board", "/assets/ask.css", "/desk"):
        assert passes(request("GET", path))
    assert passes(request("GET", "/healthz", address="192.0.2.8"))


def test_who_reads_the_replies_without_end_leaves_the_phone_page_open() -> None:
    assert use_up(request("GET", "/replies/x")) == budgets.READS_OF_STRANGERS.amount

    assert not passes(request("GET", "/replies/y"))
    assert passes(request("GET", "/ask/x"))
    assert passes(request("GET", "/replies/x", cookie=phone()))


@pytest.mark.parametrize("path", ["/nowhere", "/nowhere/else", "/desk"])
def test_what_leads_nowhere_is_one_door_of_its_own(path: str) -> None:
    assert use_up(request(path=path)) == budgets.WRITES_OF_STRANGERS.amount

    assert not passes(request(path="/made-up"))
    assert passes(request())
    assert passes(request(path="/signin"))


def test_a_line_with_many_ipv6_addresses_is_one_stranger() -> None:
    use_up(request(address="2001:db8:0:1::1"))

    assert not passes(request(address="2001:db8:0:1:ffff::2"))
    assert passes(request(address="2001:db8:0:2::1"))


def test_a_phone_has_a_share_that_neither_strangers_nor_other_phones_use_up() -> None:
    calm, greedy = phone(), phone()
    use_up(request())
    most = budgets.CERTAIN_WRITES_OF_A_PHONE.amount + budgets.MORE_WRITES_OF_A_PHONE.amount
    assert use_up(request(cookie=greedy)) == most
    # Very many marks that somebody has fetched use up what is shared.
    for _ in range(budgets.WRITES_OF_PHONES.amount):
        budgets._limiter.hit(budgets.WRITES_OF_PHONES, HALL)

    assert use_up(request(cookie=calm)) == budgets.CERTAIN_WRITES_OF_A_PHONE.amount


def test_a_browser_that_was_let_in_has_a_share_that_nobody_else_uses_up() -> None:
    mine, another = browser(), browser()
    for path in ("/lists/x", "/scene/projector/x", "/desk"):
        use_up(request("GET", path))
    use_up(request(path="/commands/x"))
    assert use_up(request(path="/commands/x", cookie=another)) == budgets.WRITES_OF_A_BROWSER.amount

    assert passes(request("GET", "/lists/x", cookie=mine))
    assert passes(request(path="/commands/x", cookie=mine))
    assert passes(request(path="/signin", cookie=mine))


@pytest.mark.parametrize(
    "cookie",
    [
        f"{cookies.BROWSER}=invented",
        f"{cookies.SESSION}=invented",
        f"{phones.COOKIE}=invented",
        f"{cookies.BROWSER}=WyJhIl0.invented; a=b",
    ],
)
def test_an_invented_cookie_is_a_stranger_all_the_same(cookie: str) -> None:
    use_up(request())

    assert not passes(request(cookie=cookie))


def test_what_is_refused_is_not_counted_anywhere() -> None:
    event = (budgets.WRITES_OF_AN_EVENT, "x")
    use_up(request())
    left = budgets._limiter.get_window_stats(*event).remaining

    assert not passes(request())

    assert budgets._limiter.get_window_stats(*event).remaining == left


def test_a_whole_hall_behind_one_address_stays_below_its_budget() -> None:
    questions_and_votes = 500 * (3 + 30)

    assert questions_and_votes < budgets.WRITES_OF_PHONES.amount
    assert (
        budgets.CERTAIN_WRITES_OF_A_PHONE.amount + budgets.MORE_WRITES_OF_A_PHONE.amount >= 3 + 30
    )
