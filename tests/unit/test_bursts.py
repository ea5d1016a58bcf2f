"""Which votes are a burst: every stretch of time with so many, and what overlaps it."""

from datetime import timedelta
from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue import bursts
from dialogue.bursts import AT_LEAST, WITHIN, Burst, VoteWindow
from tests.factories import NOON

SECOND = timedelta(seconds=1)
# A stretch is 30 s: some votes come together, some far apart.
gaps = st.lists(st.sampled_from([0, 1, 9, 10, 29, 30, 31, 90]), max_size=40)


def written(
    window: VoteWindow, seconds: list[int], *, lost: frozenset[int] = frozenset()
) -> list[int]:
    """Let votes come, each of its own phone, and return the code that each is written with.

    0 stands for none. What comes with a vote that is lost is not written.
    """
    codes = [0] * len(seconds)
    for place, second in enumerate(seconds):
        found = window.see(str(place), at=NOON + second * SECOND)
        if found is None or place in lost:
            continue
        for voter in found.voters:
            assert codes[int(voter)] == 0, "written twice"
            codes[int(voter)] = found.code + 1
        window.written(found)
    return codes


def expected(seconds: list[int]) -> list[set[int]]:
    """Find the bursts by the words of their definition, all stretches at once."""
    found: list[set[int]] = []
    for last, end in enumerate(seconds):
        stretch = {n for n in range(last + 1) if seconds[n] > end - WITHIN.total_seconds()}
        if len(stretch) >= bursts.AT_LEAST:
            overlapping = [each for each in found if each & stretch]
            found = [each for each in found if not each & stretch]
            found.append(stretch.union(*overlapping))
    return found


@given(gaps)
def test_a_burst_is_what_its_definition_says(between: list[int]) -> None:
    seconds = list(accumulate(between))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bursts, "AT_LEAST", 4)

        codes = written(VoteWindow(), seconds)

        groups = [{n for n, code in enumerate(codes) if code == each} for each in {*codes} - {0}]
        assert sorted(map(sorted, groups)) == sorted(map(sorted, expected(seconds)))


@given(gaps, st.frozensets(st.integers(0, 38)))
def test_what_could_not_be_written_comes_with_the_next_vote(
    between: list[int], lost: frozenset[int]
) -> None:
    seconds = [*accumulate(between), sum(between)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(bursts, "AT_LEAST", 4)

        codes = written(VoteWindow(), seconds, lost=lost - {len(seconds) - 1})

        last = max(expected(seconds), key=max, default=set())
        if len(seconds) - 1 in last:
            near = {n for n in last if seconds[n] > seconds[-1] - WITHIN.total_seconds()}
            assert all(codes[n] for n in near)
            assert len({codes[n] for n in near}) == 1


def test_a_hall_that_takes_its_time_makes_no_burst() -> None:
    # 500 phones that support a question one after the other in a minute and a half.
    assert not any(written(VoteWindow(), [n * 90 // 500 for n in range(500)]))


def test_the_smallest_burst_is_one() -> None:
    window = VoteWindow()

    assert not any(written(window, [0] * (AT_LEAST - 1)))
    assert len(set(written(VoteWindow(), [0] * AT_LEAST))) == 1


def test_one_phone_that_gives_and_takes_back_is_one_phone() -> None:
    window = VoteWindow()

    assert not any(window.see("the same", at=NOON) for _ in range(2 * AT_LEAST))


def test_a_clock_that_was_set_back_gathers_no_votes() -> None:
    window = VoteWindow()
    seconds = [3600] * (AT_LEAST - 1) + [n * 60 for n in range(2)]

    assert not any(written(window, seconds))
    assert window.is_over(at=NOON + 3600 * SECOND)
    assert not window.is_over(at=NOON + 60 * SECOND)


def test_whoever_gives_a_vote_again_counts_from_then() -> None:
    window = VoteWindow()
    window.see("again", at=NOON)
    for each in range(AT_LEAST - 2):
        window.see(str(each), at=NOON + SECOND)
    window.see("again", at=NOON + 25 * SECOND)

    # Of all these only two are still near.
    assert window.see("late", at=NOON + 40 * SECOND) is None


def test_what_is_written_late_or_twice_does_no_harm() -> None:
    window = VoteWindow()
    found = [window.see(str(each), at=NOON) for each in range(AT_LEAST)][-1]
    assert found is not None

    window.see("later", at=NOON + 90 * SECOND)
    window.written(found)
    window.written(found)

    assert window.see("last", at=NOON + 91 * SECOND) is None


@pytest.mark.parametrize(
    ("lasted", "seconds"), [(0, 1), (0.4, 1), (1, 1), (9.2, 10), (10, 10), (600, 600)]
)
def test_its_length_is_told_in_whole_seconds(lasted: float, seconds: int) -> None:
    burst = Burst(code=7, votes=AT_LEAST, began=NOON, ended=NOON + lasted * SECOND, set_aside=False)

    assert burst.seconds == seconds
