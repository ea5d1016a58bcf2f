"""Does what the chair presses, and says in a line what came of it."""

from datetime import UTC, datetime, timedelta

from sqlalchemy.orm import Session

from components import guard, language, words
from components.chair import Button, Press, Said
from data_access import deeds, engine, halls, staging
from dialogue.accounts import Actor
from dialogue.deeds import Deed, Done, Seen
from dialogue.hall import Side
from dialogue.lifecycle import Action
from dialogue.refusals import Refusal, UnknownQuestion

# So long it stands what came of a press, and one tap takes it back; later a tap would surprise.
STANDS_FOR = timedelta(minutes=1)
ACTIONS = {
    Button.ANSWER: Action.ANSWER,
    Button.DEFER: Action.DEFER,
    Button.PUT_BACK: Action.PUT_BACK,
}


def do(slug: str, press: Press) -> Said | None:
    """Do what a button says, as whoever looks at the page; None where the page shows it itself."""
    actor, now = guard.actor(slug), datetime.now(UTC)
    until = (now + STANDS_FOR).timestamp()
    try:
        with engine.current().transaction() as session:
            done = _do(session, slug, press, actor=actor, at=now)
    except Refusal as refusal:
        text = words.refusal(refusal, language.current())
        return Said(text=text, until=until, revision=None, advanced=False)
    if done is None:
        return None
    return Said(
        text=_outcome(press, done),
        until=until,
        revision=None if press.button is Button.UNDO else done.revision,
        advanced=press.button is Button.NEXT,
    )


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


def _outcome(press: Press, done: Done) -> str:
    """Say what came of a press on questions; of an advance, what each of the two became."""
    spoken = language.current()
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
