"""How much one phone, one address and one event may ask of the server in a minute."""

import hashlib
import math
import re
import time

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from starlette.requests import Request

import settings
from web import cookies, phones
from web.problems import TooMany

READS = ("GET", "HEAD", "OPTIONS")
# A hall is one address: 500 phones that each send three questions and thirty votes in a minute
# stay below it. Whoever has no cookie of ours is not a phone that opened our page, and shares
# one small budget with all others like it at the same address.
WRITES_OF_A_PHONE = RateLimitItemPerMinute(60, namespace="writes-phone")
WRITES_OF_STRANGERS = RateLimitItemPerMinute(1_200, namespace="writes-strangers")
WRITES_OF_AN_ADDRESS = RateLimitItemPerMinute(20_000, namespace="writes-address")
# A desk sends each deed by itself: neither desks nor phones may use up what the others may.
DEEDS_OF_A_BROWSER = RateLimitItemPerMinute(1_200, namespace="deeds-browser")
DEEDS_OF_AN_ADDRESS = RateLimitItemPerMinute(20_000, namespace="deeds-address")
WRITES_OF_AN_EVENT = RateLimitItemPerMinute(60_000, namespace="writes-event")
READS_OF_A_PHONE = RateLimitItemPerMinute(600, namespace="reads-phone")
READS_OF_AN_ADDRESS = RateLimitItemPerMinute(60_000, namespace="reads-address")

_limiter = SlidingWindowCounterRateLimiter(MemoryStorage())


def spend(request: Request) -> None:
    """Let a request pass, and count it.

    Raises:
        TooMany: a budget is spent; `seconds` until there is some again.
    """
    if settings.current().limits == "off":
        return
    for budget, key in _budgets(request):
        if not _limiter.hit(budget, key):
            rest = _limiter.get_window_stats(budget, key).reset_time - time.time()
            raise TooMany(seconds=max(1, math.ceil(rest)))


def _budgets(request: Request) -> list[tuple[RateLimitItemPerMinute, str]]:
    address = request.client.host if request.client else ""
    phone = phones.known(request)
    if request.method in READS:
        budgets = [(READS_OF_AN_ADDRESS, address)]
        return [(READS_OF_A_PHONE, phone), *budgets] if phone else budgets
    if request.url.path.startswith("/deeds/"):
        signed_in = request.cookies.get(cookies.SESSION, "")
        if not signed_in:
            return [(WRITES_OF_STRANGERS, address)]
        browser = hashlib.sha256(signed_in.encode()).hexdigest()
        # The address first: what it may not send makes no budget of its own.
        return [(DEEDS_OF_AN_ADDRESS, address), (DEEDS_OF_A_BROWSER, browser)]
    budgets = [(WRITES_OF_AN_ADDRESS, address)]
    slug = re.match(r"/(?:api/events|ask)/([a-z0-9-]+)", request.url.path)
    if slug:
        budgets.append((WRITES_OF_AN_EVENT, slug[1]))
    own = (WRITES_OF_A_PHONE, phone) if phone else (WRITES_OF_STRANGERS, address)
    return [own, *budgets]
