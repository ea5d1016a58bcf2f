"""Signed roles: what an entry link carries, and the cookie that it leaves in the browser."""

from collections.abc import Iterable

from itsdangerous import BadSignature, URLSafeSerializer

import settings
from dialogue.roles import Role

COOKIE = "dialogue_roles"


def sign(roles: Iterable[Role]) -> str:
    """Return a token that gives these roles to whoever has it."""
    signed: str = _serializer().dumps(sorted(roles))
    return signed


def roles(token: str | None) -> frozenset[Role]:
    """Return the roles of a token; none for a token that we did not sign."""
    try:
        return frozenset(Role(each) for each in _serializer().loads(token or ""))
    except (BadSignature, ValueError, TypeError):
        return frozenset()


def _serializer() -> URLSafeSerializer:
    return URLSafeSerializer(settings.current().signing_secret(), salt="roles")
