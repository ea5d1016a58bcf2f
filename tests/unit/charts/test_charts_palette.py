"""The palette is measured, not believed: contrast on both pages, distance for colour-blind eyes."""

from itertools import pairwise

import numpy as np
import pytest
from numpy.typing import NDArray

from charts import palette

WHITE = "#ffffff"
NEAR_BLACK = "#0f1720"
STATES = (
    palette.WAITING,
    palette.APPROVED,
    palette.QUEUED,
    palette.ANSWERED,
    palette.WRITTEN,
    palette.LEFT_OUT,
)
MARKS = (palette.PRIMARY, palette.ACCENT, palette.OUTLINE, *STATES)

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
EYES = {
    "full colour vision": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
}
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def seen(colour: str, eyes: str) -> NDArray[np.float64]:
    """A colour in CIELAB as these eyes see it."""
    channels = np.array([int(colour[at : at + 2], 16) for at in (1, 3, 5)]) / 255
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    xyz = TO_XYZ @ np.clip(EYES[eyes] @ linear, 0, 1) / np.array([0.9505, 1, 1.089])
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def distance(one: str, other: str, eyes: str) -> float:
    return float(np.linalg.norm(seen(one, eyes) - seen(other, eyes)))


def test_contrast_is_that_of_the_standard() -> None:
    assert palette.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert palette.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)
    assert palette.contrast(NEAR_BLACK, NEAR_BLACK) == 1


@pytest.mark.parametrize("colour", MARKS)
@pytest.mark.parametrize("background", [WHITE, NEAR_BLACK])
def test_a_mark_stands_out_from_both_pages(colour: str, background: str) -> None:
    assert palette.contrast(colour, background) >= 3


@pytest.mark.parametrize("colour", palette.SEQUENTIAL)
def test_every_step_stands_out_from_the_dark_page_and_its_words_from_it(colour: str) -> None:
    assert palette.contrast(colour, NEAR_BLACK) >= 3
    assert palette.contrast(colour, palette.ink(colour)) >= 4.5


@pytest.mark.parametrize("colour", STATES)
def test_numbers_on_a_state_can_be_read(colour: str) -> None:
    assert palette.contrast(colour, palette.ink(colour)) >= 4.5


@pytest.mark.parametrize("eyes", EYES)
def test_states_can_be_told_apart(eyes: str) -> None:
    distances = [
        distance(one, other, eyes)
        for number, one in enumerate(STATES)
        for other in STATES[number + 1 :]
    ]

    assert min(distances) >= 20


@pytest.mark.parametrize("eyes", EYES)
def test_what_was_answered_is_told_from_what_was_asked(eyes: str) -> None:
    assert distance(palette.PRIMARY, palette.ANSWERED, eyes) >= 50


@pytest.mark.parametrize("eyes", EYES)
def test_the_scale_darkens_in_even_steps(eyes: str) -> None:
    lightness = [float(seen(each, eyes)[0]) for each in palette.SEQUENTIAL]

    drops = [lighter - darker for lighter, darker in pairwise(lightness)]

    assert min(drops) > 4
    assert max(drops) < 7


@pytest.mark.parametrize(
    ("value", "step"),
    [(0, 0), (float("nan"), 0), (1e-9, 1), (1, 1), (10, 1), (11, 2), (99, 10), (100, 10)],
)
def test_a_value_has_the_step_of_its_share_of_the_largest(value: float, step: int) -> None:
    assert palette.step(value, largest=100) == step


def test_the_step_of_nothing_lets_the_page_through() -> None:
    assert palette.fill(0) == palette.NOTHING
    assert palette.fill(1) == palette.SEQUENTIAL[0]
    assert palette.fill(10) == palette.SEQUENTIAL[-1]
