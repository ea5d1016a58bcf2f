"""The app whose pages are left alone for the same time after each change, however calm it is."""

from live import pacing

pacing.SHORTEST_SECONDS = pacing.LONGEST_SECONDS

from app import app  # noqa: E402 — the sockets must see the changed setting

__all__ = ["app"]
