import re
from pathlib import Path

import pytest

from dialogue import lifecycle
from dialogue.lifecycle import TRANSITIONS, Action, Status
from dialogue.refusals import NotPermitted
from dialogue.roles import MAY_OPEN, Place, Role, check, may_open

ROOT = Path(__file__).parent.parent.parent.parent


def test_each_action_leads_from_a_state_to_one_other() -> None:
    arrows = [(each.action, each.origin) for each in TRANSITIONS]

    assert len(arrows) == len(set(arrows))


def test_every_question_is_new_put_aside_or_public_and_what_is_heard_was_taken_up() -> None:
    assert {Status.RECEIVED} | lifecycle.PUT_ASIDE | lifecycle.PUBLIC == set(Status)
    assert not lifecycle.PUT_ASIDE & lifecycle.PUBLIC
    assert lifecycle.HEARD < lifecycle.TAKEN_UP < lifecycle.PUBLIC


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        (r"^HEARD\b.* = ", "dialogue/lifecycle.py"),
        (r"^TAKEN_UP\b.* = ", "dialogue/lifecycle.py"),
        (r"^PUBLIC\b.* = ", "dialogue/lifecycle.py"),
        (r"status IN \(", "data_access/questions/models.py"),
        (r"[*/] 10_?000\b", "dialogue/events.py"),
    ],
)
def test_each_rule_is_said_in_one_place(rule: str, where: str) -> None:
    folders = ("access", "audience", "charts", "components", "data_access", "dialogue", "live")
    files = [
        each
        for folder in (*folders, "pages", "reports", "web")
        for each in (ROOT / folder).rglob("*.py")
        if "migrations" not in each.parts
    ]

    found = [
        str(each.relative_to(ROOT))
        for each in files
        if re.search(rule, each.read_text(encoding="utf-8"), re.MULTILINE)
    ]

    assert found == [where]


def test_every_state_can_be_reached_from_received() -> None:
    reached = {Status.RECEIVED}
    for _ in Status:
        reached |= {each.target for each in TRANSITIONS if each.origin in reached}

    assert reached == set(Status)


@pytest.mark.parametrize("status", [Status.REJECTED, Status.MERGED, Status.ANSWERED])
def test_what_was_put_aside_can_be_undone(status: Status) -> None:
    assert lifecycle.actions(status, frozenset({Role.MODERATOR}))[0] is Action.RESTORE


def test_only_what_is_on_stage_can_be_answered() -> None:
    assert [each.origin for each in TRANSITIONS if each.action is Action.ANSWER] == [
        Status.ON_STAGE
    ]


def test_actions_are_those_of_the_role() -> None:
    assert lifecycle.actions(Status.ON_STAGE, frozenset({Role.CHAIR})) == (
        Action.PUT_BACK,
        Action.ANSWER,
        Action.DEFER,
    )
    assert lifecycle.actions(Status.RECEIVED, frozenset({Role.CHAIR})) == ()
    assert lifecycle.actions(Status.QUEUED, frozenset({Role.SCREEN})) == ()


def test_an_action_leads_where_the_table_says() -> None:
    for each in TRANSITIONS:
        assert lifecycle.transition(each.action, each.origin) is each


@pytest.mark.parametrize("status", Status)
def test_everyone_may_read_what_has_passed_the_desk_and_needs_no_second_look(
    status: Status,
) -> None:
    assert lifecycle.is_public(status, flagged=False) is (status in lifecycle.PUBLIC)
    assert not lifecycle.is_public(status, flagged=True)


def test_an_action_without_an_arrow_leads_nowhere() -> None:
    assert lifecycle.transition(Action.ANSWER, Status.RECEIVED) is None


def test_what_the_desk_has_not_passed_is_not_public() -> None:
    assert not lifecycle.PUBLIC & {Status.RECEIVED, Status.REJECTED, Status.MERGED}


@pytest.mark.parametrize("place", Place)
@pytest.mark.parametrize("role", Role)
def test_a_page_opens_for_the_roles_of_the_table(place: Place, role: Role) -> None:
    assert may_open(frozenset({role}), place) is (role in MAY_OPEN[place])


def test_check_refuses_who_holds_none_of_the_roles() -> None:
    check(frozenset({Role.CHAIR, Role.SCREEN}), frozenset({Role.CHAIR}))
    with pytest.raises(NotPermitted):
        check(frozenset(), frozenset({Role.CHAIR}))
