from datetime import datetime

import pytest
from sqlalchemy.dialects import sqlite

from data_access.base import UtcDateTime
from dialogue import refusals
from dialogue.refusals import Refusal
from web.problems import STATUSES, status_of


def every_refusal() -> list[type[Refusal]]:
    found: list[type[Refusal]] = []
    waiting = [Refusal]
    while waiting:
        kind = waiting.pop()
        waiting += kind.__subclasses__()
        found += kind.__subclasses__()
    return found


def test_a_refusal_says_its_sentence_with_its_values() -> None:
    refusal = refusals.StageOccupied(number=4, on_stage=3)

    assert str(refusal) == "Question 3 is on stage. Mark it answered or put it back first."


@pytest.mark.parametrize("kind", every_refusal())
def test_every_refusal_has_words_a_status_and_a_place_in_the_tree(kind: type[Refusal]) -> None:
    assert kind.__doc__
    assert any(each in STATUSES for each in kind.__mro__), kind
    if kind.__module__ == refusals.__name__:
        assert kind.__name__ in (refusals.__doc__ or "")


def test_a_status_is_that_of_the_nearest_ancestor() -> None:
    assert status_of(refusals.Conflict(number=1)) == 409


def test_an_unset_time_stays_unset() -> None:
    kind = UtcDateTime()

    assert kind.process_bind_param(None, sqlite.dialect()) is None
    with pytest.raises(ValueError, match="aware"):
        kind.process_bind_param(datetime(2022, 1, 1), sqlite.dialect())  # noqa: DTZ001


def test_every_wrong_field_is_said_in_words() -> None:
    wrong = refusals.FieldsWrong(
        (
            refusals.FieldError(
                "name", "Write a name of at most {most} characters.", (("most", 80),)
            ),
            refusals.FieldError("roles", "Choose at least one role."),
        )
    )

    assert str(wrong) == "Write a name of at most 80 characters. Choose at least one role."
