"""How much each one may ask of the server in a minute: spent by who did it, for what was done.

A browser that was let in once, and a phone that has opened our page, have shares of their own that
nobody else can use up. Strangers of one network share a budget for each door, so that whoever
knocks at one without end leaves the others open.
"""

import math
import re
import time
from collections.abc import Iterator

from limits import RateLimitItem, RateLimitItemPerHour, RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import HTTPConnection, Request

import settings
from web import addresses, browsers, networks, phones
from web.problems import TooMany

READS = ("GET", "HEAD", "OPTIONS")
# A desk sends each command by itself, and reads its lists after each change.
READS_OF_A_BROWSER = RateLimitItemPerMinute(6_000, namespace="reads-browser")
WRITES_OF_A_BROWSER = RateLimitItemPerMinute(1_200, namespace="writes-browser")
# A mark costs a phone nothing but to open a page. So what is certain to each is what it usually
# does; whatever goes beyond it is taken from a share of all phones of the network.
CERTAIN_READS_OF_A_PHONE = RateLimitItemPerMinute(60, namespace="certain-reads-phone")
CERTAIN_WRITES_OF_A_PHONE = RateLimitItemPerMinute(10, namespace="certain-writes-phone")
MORE_READS_OF_A_PHONE = RateLimitItemPerMinute(540, namespace="reads-phone")
MORE_WRITES_OF_A_PHONE = RateLimitItemPerMinute(50, namespace="writes-phone")
# A hall is one network: 500 phones that each send three questions and thirty votes in a minute
# stay below it.
READS_OF_PHONES = RateLimitItemPerMinute(60_000, namespace="reads-phones")
WRITES_OF_PHONES = RateLimitItemPerMinute(20_000, namespace="writes-phones")
READS_OF_STRANGERS = RateLimitItemPerMinute(12_000, namespace="reads-strangers")
WRITES_OF_STRANGERS = RateLimitItemPerMinute(1_200, namespace="writes-strangers")
# After a restart every page of everybody comes back, and tries again until it is let in.
OPENINGS_OF_A_BROWSER = RateLimitItemPerMinute(600, namespace="openings-browser")
OPENINGS_OF_STRANGERS = RateLimitItemPerMinute(300, namespace="openings-strangers")
# Each mark votes once. A hall whose phones all open the page in one minute has enough of them; who
# makes up phones in a loop has not.
NEW_MARKS_A_MINUTE = RateLimitItemPerMinute(600, namespace="new-marks")
NEW_MARKS_AN_HOUR = RateLimitItemPerHour(3_000, namespace="new-marks-hour")
WRITES_OF_AN_EVENT = RateLimitItemPerMinute(60_000, namespace="writes-event")

_Share = tuple[RateLimitItem, str]
_limiter = SlidingWindowCounterRateLimiter(MemoryStorage())


def spend(request: Request) -> None:
    """Let a request pass, and count it; one that is refused counts nowhere.

    Raises:
        TooMany: a budget is spent; `seconds` until there is some again.
    """
    if settings.current().limits == "off":
        return
    is_reading = request.method in READS
    phone = phones.known(request)
    certain = CERTAIN_READS_OF_A_PHONE if is_reading else CERTAIN_WRITES_OF_A_PHONE
    if browser := browsers.known(request):
        shares: list[_Share] = [
            (READS_OF_A_BROWSER if is_reading else WRITES_OF_A_BROWSER, browser)
        ]
    elif phone and _limiter.hit(certain, phone):
        return
    else:
        shares = list(_shared(request, phone, is_reading=is_reading))
    _take(shares)


def spend_on_opening(connection: HTTPConnection) -> None:
    """Let a socket be opened, and count it.

    Raises:
        TooMany: too many were, by the same browser or by strangers of the same network.
    """
    if browser := browsers.known(connection):
        _take([(OPENINGS_OF_A_BROWSER, browser)])
    else:
        _take([(OPENINGS_OF_STRANGERS, networks.of(connection))])


def spend_on_mark(request: Request) -> None:
    """Let a phone that has no mark for voting be given one, and count it.

    Raises:
        TooMany: too many phones of the same network were just given one.
    """
    if settings.current().limits != "off":
        network = networks.of(request)
        _take([(NEW_MARKS_A_MINUTE, network), (NEW_MARKS_AN_HOUR, network)])


def _take(shares: list[_Share]) -> None:
    for budget, key in shares:
        if not _limiter.test(budget, key):
            rest = _limiter.get_window_stats(budget, key).reset_time - time.time()
            raise TooMany(seconds=max(1, math.ceil(rest)))
    for budget, key in shares:
        _limiter.hit(budget, key)


def _shared(request: Request, phone: str | None, *, is_reading: bool) -> Iterator[_Share]:
    network = networks.of(request)
    if phone:
        yield (MORE_READS_OF_A_PHONE if is_reading else MORE_WRITES_OF_A_PHONE), phone
        yield (READS_OF_PHONES if is_reading else WRITES_OF_PHONES), network
    else:
        budget = READS_OF_STRANGERS if is_reading else WRITES_OF_STRANGERS
        yield budget, f"{addresses.door(request.scope)} {network}"
    slug = re.match(r"/(?:api/events|ask)/([a-z0-9-]+)", addresses.inner(request.scope))
    if slug and not is_reading:
        yield WRITES_OF_AN_EVENT, slug[1]
