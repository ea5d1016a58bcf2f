"""The doors of the app: the first part of every path that is ours; the rest is the framework's."""

OURS = frozenset(
    {
        *("ask", "replies", "api", "assets", "live", "picture", "lists", "deeds", "exports"),
        *("signin", "signout", "account", "invite", "screen"),
        *("healthz", "readyz"),
    }
)


def of(path: str) -> str:
    """Return the door that a path leads to; empty for the framework's, and for nowhere."""
    first = path.split("/")[1]
    return first if first in OURS else ""
