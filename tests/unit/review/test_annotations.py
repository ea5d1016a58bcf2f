import pytest

import words.review
from dialogue import annotations
from dialogue.annotations import Subject
from dialogue.refusals import WrongText
from dialogue.roles import Role
from locales import CODES, language
from tests.factories import actor


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("  Đông\u200b nhất   lúc 9 giờ ", "Đông nhất lúc 9 giờ"),
        ("Huyện xa ít hỏi.\r\n\r\n\r\nCần  hẹn lại.", "Huyện xa ít hỏi.\n\nCần hẹn lại."),
        ("ừm!", "ừm!"),
        ("a" * 1_000, "a" * 1_000),
    ],
)
def test_an_annotation_is_kept_in_its_stored_form_with_its_lines(written: str, kept: str) -> None:
    assert annotations.read(written) == kept


@pytest.mark.parametrize(("written", "count"), [("", 0), (" \n ok", 2), ("a" * 1_001, 1_001)])
def test_what_is_too_short_or_too_long_is_refused_with_its_length(written: str, count: int) -> None:
    with pytest.raises(WrongText) as refused:
        annotations.read(written)

    assert refused.value.values == {"least": 3, "most": 1_000, "count": count}


@pytest.mark.parametrize(
    ("role", "own", "anothers"),
    [
        (Role.ADMIN, True, True),
        (Role.MODERATOR, True, True),
        (Role.ANALYST, True, False),
        (Role.CHAIR, False, False),
        (Role.DEPARTMENT, False, False),
        (Role.SCREEN, False, False),
    ],
)
def test_who_may_change_what_somebody_wrote(role: Role, own: bool, anothers: bool) -> None:
    person = actor(role, account_id=7)

    assert annotations.may_change(person, account_id=7) is own
    assert annotations.may_change(person, account_id=8) is anothers


def test_nobody_is_the_writer_of_what_was_written_without_an_account() -> None:
    stranger = actor(Role.ANALYST)._replace(account_id=None)

    assert not annotations.may_change(stranger, account_id=None)


@pytest.mark.parametrize("code", CODES)
def test_every_subject_has_a_name_of_its_own(code: str) -> None:
    names = words.review.subjects(language(code))

    assert list(names) == list(Subject)
    assert len(set(names.values())) == len(Subject)
