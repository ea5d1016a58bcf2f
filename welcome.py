"""The links that whoever starts the app is given: first account, sign-in, phones' QR code."""

import socket
from datetime import UTC, datetime
from typing import TextIO

import segno

from data_access import engine
from data_access.accounts import invitations
from data_access.events import events
from web import addresses, framework


def public_url() -> str:
    """Return the address that phones open: the configured one, or this machine's in the hall."""
    here = f"http://{_lan_address()}:{framework.port()}{addresses.base()}"
    return addresses.public() or here


def ask_url(slug: str) -> str:
    """Return the address of an event's phone page."""
    return f"{public_url()}/ask/{slug}"


def replies_url(slug: str) -> str:
    """Return the address of the page with an event's written replies."""
    return f"{public_url()}/replies/{slug}"


def print_links(out: TextIO) -> None:
    """Print the links to open, and the phone page's QR code for a terminal."""
    now = datetime.now(UTC)
    with engine.current().transaction() as session:
        slug = next((each.slug for each in events.list_nearest(session, at=now)), None)
        setup = invitations.offer_setup(session, at=now)
    here = f"http://localhost:{framework.port()}{addresses.base()}"
    lines = ["", "  Đối Thoại", ""]
    if setup is not None:
        lines += [
            "  Tài khoản đầu tiên · The first account (this link works once, for an hour):",
            f"  {here}/invite/{setup}",
            "",
        ]
    lines += [f"  Đăng nhập · Sign in         {here}/signin"]
    if slug is not None:
        lines += [f"  Trang gửi câu hỏi · Phones  {ask_url(slug)}", ""]
    print("\n".join(lines), file=out, flush=True)
    if slug is not None:
        segno.make(ask_url(slug), error="m").terminal(out=out, compact=True)
        out.flush()


def _lan_address() -> str:
    # Connecting a datagram socket sends nothing; it only asks which way the machine would go.
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "localhost"
