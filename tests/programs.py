"""Programs that tests run beside Python: found, or installed by `make test` with this module."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

# The first is Debian's without a window, which opens a page with three fifths of the work.
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome", "chrome")
# Without these a test is skipped: whoever may not install Debian's packages goes on without.
OTHERS = ("nginx", "pgbouncer")
# Where only an administrator looks by default.
PLACES = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin"))


def chromium() -> str | None:
    """Return the path of a Chromium, or None where there is none."""
    for name in CHROMIUM:
        found = shutil.which(name)
        if found:
            return found
    with sync_playwright() as playwright:
        own = playwright.chromium.executable_path
    return own if Path(own).exists() else None


def found(name: str) -> str | None:
    """Return the path of another program, or None where it is not installed."""
    return shutil.which(name, path=PLACES)


def install() -> None:
    """Install what is missing: Debian's where that is permitted, else Playwright's Chromium."""
    missing = [name for name in OTHERS if not found(name)]
    has_chromium = chromium() is not None
    if shutil.which("apt-get") and os.geteuid() == 0:
        if not has_chromium:
            missing.append(CHROMIUM[1])
        if missing:
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            get = ["apt-get", "install", "-y", "-q"]
            subprocess.run(["apt-get", "update", "-q"], check=True, env=quiet)
            subprocess.run([*get, *missing], check=True, env=quiet)
            # Not every release of Debian has it.
            subprocess.run([*get, CHROMIUM[0]], check=False, env=quiet)
    elif not has_chromium:
        subprocess.run([sys.executable, "-m", "playwright", "install", "chromium"], check=True)


if __name__ == "__main__":
    install()
