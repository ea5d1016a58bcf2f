"""The second factor: a code that changes every half minute, or a recovery code once."""

import secrets
import time
from collections.abc import Sequence

import pyotp
import segno

from data_access.accounts import proofs
from data_access.accounts.proofs import Credentials
from data_access.engine import Session

ISSUER = "Đối Thoại"
RECOVERY_CODES = 8
_LETTERS = "23456789abcdefghjkmnpqrstuvwxyz"
_STEP_SECONDS = 30


def new_secret() -> str:
    """Return a secret to share with an authenticator app."""
    return pyotp.random_base32()


def qr_code(secret: str, *, email: str) -> str:
    """Return the picture that an authenticator app reads, as a data URI."""
    address = pyotp.TOTP(secret).provisioning_uri(name=email, issuer_name=ISSUER)
    return segno.make(address, error="m").svg_data_uri(scale=5, border=2)


def new_recovery_codes() -> Sequence[str]:
    """Return codes that each replace the authenticator once: 10 letters, 49 bits."""
    return [
        "-".join("".join(secrets.choice(_LETTERS) for _ in range(5)) for _ in range(2))
        for _ in range(RECOVERY_CODES)
    ]


def step_of(secret: str, code: str) -> int | None:
    """Return the time step whose code this is, now or one step around now; None for no code."""
    now = int(time.time()) // _STEP_SECONDS
    totp = pyotp.TOTP(secret)
    for step in (now, now - 1, now + 1):
        if pyotp.utils.strings_equal(totp.at(step * _STEP_SECONDS), code):
            return step
    return None


def is_proved(session: Session, credentials: Credentials, code: str) -> bool:
    """Tell whether a code proves the second factor, and use it up; true where there is none."""
    if credentials.totp_secret is None:
        return True
    plain = "".join(code.split())
    step = step_of(credentials.totp_secret, plain)
    if step is not None:
        return proofs.use_step(session, credentials.account_id, step)
    return proofs.use_recovery_code(session, credentials.account_id, plain.lower())
