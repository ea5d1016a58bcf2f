"""Does what the chair presses, and says in a line what came of it."""

from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy.orm import Session

from components import outbox, words
from components.chair import Button, Press
from components.outbox import Begin, Said
from data_access import deeds, halls, staging
from dialogue.accounts import Actor
from dialogue.deeds import Deed, Done, Seen
from dialogue.hall import Side
from dialogue.lifecycle import Action
from dialogue.refusals import Refusal, UnknownQuestion
from locales import Language

ACTIONS = {
    Button.ANSWER: Action.ANSWER,
    Button.DEFER: Action.DEFER,
    Button.PUT_BACK: Action.PUT_BACK,
}


def do_as(actor: Actor, slug: str, press: Press, spoken: Language, begin: Begin) -> Said | None:
    """Do what a button or a key says, and say in a language what came of it.

    Returns None where the page shows it by itself.
    """
    try:
        with begin() as session:
            done = _do(session, slug, press, actor=actor, at=datetime.now(UTC))
    except Refusal as refusal:
        return outbox.refuse(words.refusal(refusal, spoken))
    if done is None:
        return None
    said = outbox.say(_outcome(press, done, spoken), undo=press.button is not Button.UNDO)
    if press.button is not Button.UNDO:
        said["revision"] = done.revision
    said["advanced"] = press.button is Button.NEXT
    return said


def read(sent: Mapping[str, Any]) -> Press:
    """Return a press as the glance sends it.

    Raises:
        KeyError, TypeError, ValueError: no glance sends this.
    """
    due = outbox.words_if_any(sent.get("due"))
    return Press(
        button=Button(sent["button"]),
        on_stage=_seen(sent["on_stage"]),
        coming=_seen(sent["coming"]),
        department=outbox.words_if_any(sent.get("department")),
        due=date.fromisoformat(due) if due else None,
        part=outbox.words_if_any(sent.get("part")),
        running=outbox.words_if_any(sent.get("running")),
        revision=outbox.number_if_any(sent.get("revision")),
    )


def _seen(sent: Any) -> Seen | None:
    return None if sent is None else Seen(*map(outbox.number, sent))


def _do(session: Session, slug: str, press: Press, *, actor: Actor, at: datetime) -> Done | None:
    match press.button:
        case Button.NEXT:
            seen = {"ending": press.on_stage, "coming": press.coming}
            return staging.advance(session, slug, **seen, actor=actor, at=at)
        case Button.UNDO:
            return deeds.undo(session, slug, of=press.revision, actor=actor, at=at)
        case Button.ANSWER | Button.DEFER | Button.PUT_BACK:
            return deeds.act(session, slug, _deed(press), actor=actor, at=at)
        case Button.DARKEN | Button.LIGHTEN:
            dark = press.button is Button.DARKEN
            halls.darken(session, slug, dark=dark, actor=actor, at=at)
        case Button.ASK:
            number = _on_stage(press).number
            halls.ask_to_move_on(session, slug, Side.CHAIR, number=number, actor=actor, at=at)
        case Button.WITHDRAW:
            halls.withdraw(session, slug, Side.CHAIR, actor=actor, at=at)
        case Button.HEED:
            halls.heed(session, slug, Side.DESK, actor=actor, at=at)
        case Button.BEGIN:
            part, running = press.part, press.running
            halls.begin_part(session, slug, part, running=running, actor=actor, at=at)
        case Button.GO_BACK:
            halls.go_back(session, slug, running=press.running, actor=actor, at=at)
    return None


def _deed(press: Press) -> Deed:
    """Return what is done to the question on stage."""
    action = ACTIONS[press.button]
    return Deed(action=action, seen=(_on_stage(press),), entry=press.department, due=press.due)


def _on_stage(press: Press) -> Seen:
    """Return the question that the person saw on stage.

    Raises:
        UnknownQuestion: none was.
    """
    if press.on_stage is None:
        raise UnknownQuestion
    return press.on_stage


def _outcome(press: Press, done: Done, spoken: Language) -> str:
    """Say what came of a press on questions; of an advance, what each of the two became."""
    if press.button is Button.UNDO:
        steps = [(Action.UNDO, sorted(done.numbers))]
    elif press.button is Button.NEXT:
        pairs = ((Action.ANSWER, press.on_stage), (Action.STAGE, press.coming))
        steps = [(action, [seen.number]) for action, seen in pairs if seen is not None]
    else:
        steps = [(done.action, list(done.numbers))]
    said = [
        words.done_actions(spoken)[action].format(numbers=words.numbers(numbers, spoken))
        for action, numbers in steps
    ]
    return " ".join([*said, *(words.refusal(each.refusal, spoken) for each in done.refused)])
