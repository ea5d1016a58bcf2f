"""The colours of the charts: they read on white and on near-black, and with colour-blind eyes.

A chart does not know which of the two backgrounds it will stand on. So what is drawn as a mark
keeps a contrast of at least 3:1 with both, and a scale from pale to dark gets an outline that does.
"""

from collections.abc import Iterable
from math import ceil
from typing import Any

PRIMARY = "#187b92"
ACCENT = "#d47a2b"
OUTLINE = "#6f8791"
NOTHING = "rgba(0,0,0,0)"

# Where questions stand, in the order of their lives. Neighbours in a stacked bar also stay apart
# for people who see no red or no green.
WAITING = "#78928a"
APPROVED = "#5a95c9"
QUEUED = "#0f6e84"
ANSWERED = ACCENT
WRITTEN = "#7c4ab8"
LEFT_OUT = "#ac5546"

# Few to many, in equal steps of lightness. The darkest still stands out from near-black.
SEQUENTIAL = (
    "#d3e6ea",
    "#c0d8de",
    "#adcad3",
    "#99bcc7",
    "#86afbb",
    "#73a2b0",
    "#5f94a5",
    "#4a879a",
    "#327b8f",
    "#0f6e84",
)

DARK_INK = "#0c1419"
LIGHT_INK = "#ffffff"


def contrast(one: str, other: str) -> float:
    """Return the contrast ratio of two colours `#rrggbb` as WCAG defines it, from 1 to 21."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def ink(colour: str) -> str:
    """Return the colour of text that reads best on a colour."""
    return max((LIGHT_INK, DARK_INK), key=lambda each: contrast(each, colour))


def step(value: float, *, largest: float) -> int:
    """Return the step of `SEQUENTIAL` for a value, 1 to 10; 0 for none and for unknown (NaN)."""
    if not value > 0:
        return 0
    return min(max(ceil(value / largest * len(SEQUENTIAL)), 1), len(SEQUENTIAL))


def fill(number: int) -> str:
    """Return the colour of a step; step 0 lets the background through."""
    return SEQUENTIAL[number - 1] if number else NOTHING


def colours(colour: str, is_pale: Iterable[bool]) -> list[str]:
    """Return the colour of each mark: of those that are pale, the page shows through."""
    red, green, blue = (int(colour[at : at + 2], 16) for at in (1, 3, 5))
    faint = f"rgba({red},{green},{blue},0.3)"
    return [faint if each else colour for each in is_pale]


def outline(*, is_chosen: bool) -> dict[str, Any]:
    """Return the line around what has a colour of the scale; what is chosen has a strong one."""
    return {"color": ACCENT, "width": 4} if is_chosen else {"color": OUTLINE, "width": 1.5}


def outlines(is_chosen: Iterable[bool]) -> dict[str, Any]:
    """Return the lines around several marks of one trace."""
    lines = [outline(is_chosen=each) for each in is_chosen]
    return {side: [each[side] for each in lines] for side in ("color", "width")}


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else float(((channel + 0.055) / 1.055) ** 2.4)
