"""The app whose fragments look for news every two seconds, as they would without the socket."""

from components.live import live_signal

live_signal.SAFETY_NET = 2.0

from app import app  # noqa: E402 — the pages must see the changed setting

__all__ = ["app"]
