"""What many sessions draw alike is made once, however many ask for it at the same moment."""

import threading
from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

Asked = ParamSpec("Asked")
Made = TypeVar("Made")


def shared_cache(most: int) -> Callable[[Callable[Asked, Made]], Callable[Asked, Made]]:
    """Keep what a function made last, `most` at most, and let one session at a time make more.

    Without turns, every desk that hears of a change would make the same list in its own thread.
    """

    def decorate(make: Callable[Asked, Made]) -> Callable[Asked, Made]:
        kept, turn = lru_cache(most)(make), threading.Lock()

        @wraps(make)
        def take(*asked: Asked.args, **how: Asked.kwargs) -> Made:
            with turn:
                return kept(*asked, **how)  # type: ignore[arg-type]

        return take

    return decorate
