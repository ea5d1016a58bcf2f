from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogue.events import Event, per_10000
from dialogue.rates import SURE, Rate

RATES = st.integers(1, 2000).flatmap(lambda of: st.builds(Rate, st.integers(0, of), st.just(of)))


@given(rate=RATES)
def test_the_interval_is_that_of_the_shares_which_chance_could_have_made_this_one(
    rate: Rate,
) -> None:
    low, high = rate.interval

    assert 0 <= low <= rate.share <= high <= 1
    for edge in (low, high):
        if 0 < edge < 1:
            off = abs(rate.share - edge) / (edge * (1 - edge) / rate.of) ** 0.5
            assert off == pytest.approx(SURE, rel=1e-6)


@given(rate=RATES, times=st.integers(2, 9))
def test_more_questions_tell_more(rate: Rate, times: int) -> None:
    low, high = rate.interval
    less, more = Rate(rate.part * times, rate.of * times).interval

    assert more - less < high - low


@given(one=RATES, other=RATES)
def test_of_two_only_the_lower_one_is_clearly_below(one: Rate, other: Rate) -> None:
    assert not (one.is_clearly_below(other) and other.is_clearly_below(one))
    if one.is_clearly_below(other):
        assert one.share < other.share


@pytest.mark.parametrize(
    ("one", "other", "is_below"),
    [
        (Rate(0, 2), Rate(3, 3), False),
        (Rate(0, 30), Rate(20, 30), True),
        (Rate(11, 72), Rate(66, 115), True),
        (Rate(5, 10), Rate(6, 10), False),
        (Rate(500, 1000), Rate(600, 1000), True),
    ],
)
def test_small_numbers_do_not_tell(one: Rate, other: Rate, is_below: bool) -> None:
    assert one.is_clearly_below(other) is is_below


def test_rates_of_the_young_are_not_known_where_their_number_is_not(event: Event) -> None:
    first, *others = event.districts
    unknown = replace(event, districts=(replace(first, young_people=None), *others))

    assert event.young_people == 1_076_314
    assert unknown.young_people is None
    assert replace(event, districts=()).young_people is None
    assert per_10000(3, 20_000) == 1.5
    assert per_10000(3, None) is None
    assert per_10000(3, 0) is None
