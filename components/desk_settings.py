"""How the event takes and shows questions: said at all times, and changed here."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import streamlit as st

from components import deed, language, practice, words
from components.language import _
from data_access import events
from data_access.boards import Board
from dialogue.events import MOST_WEIGHT, Event, Intake, Moderation, Weights

PAUSES = (5, 10, 15, 30, 60)
WEIGHT_STEP = 0.5


def show(board: Board) -> None:
    """Draw a button that says how questions are taken and shown, and what changes that."""
    event = board.event
    practice.show_screens(board)
    settings = st.popover(
        _summary(event), icon=":material/tune:", key="settings", on_change="rerun"
    )
    # Each element costs at every rerun; nobody looks at these while they are closed.
    if settings.open:
        with settings:
            _show_intake(event)
            _show_moderation(event)
            _show_weights(event)
            practice.show_settings(board)


def _summary(event: Event) -> str:
    moderation = words.moderations(language.current())[event.moderation]
    return f"{_intake_now(event)} · {moderation}"


def _intake_now(event: Event) -> str:
    intake = event.intake_at(datetime.now(UTC))
    said = words.intakes(language.current())[intake]
    if intake is Intake.PAUSED and event.reopens_at is not None:
        local = event.reopens_at.astimezone(ZoneInfo(event.timezone))
        said = _("Paused until {time}").format(time=language.current().time(local))
    return said


def _show_intake(event: Event) -> None:
    now = event.intake_at(datetime.now(UTC))
    names = words.intakes(language.current())
    st.markdown("**" + _("Questions from phones") + "**")
    minutes = st.selectbox(
        _("A pause lasts, in minutes"), PAUSES, index=1, key="pause", filter_mode=None
    )
    with st.container(horizontal=True):
        for intake in Intake:
            st.button(
                names[intake],
                key=f"intake-{intake}",
                type="primary" if intake is now else "secondary",
                on_click=_set_intake,
                args=(event.slug, intake, timedelta(minutes=minutes)),
            )


def _show_moderation(event: Event) -> None:
    names = words.moderations(language.current())
    # What another desk has set shows here too.
    st.session_state.moderation = event.moderation
    st.radio(
        _("Moderation"),
        list(Moderation),
        format_func=names.__getitem__,
        key="moderation",
        on_change=_set_moderation,
        args=(event.slug,),
    )


def _show_weights(event: Event) -> None:
    names = words.weights(language.current())
    st.markdown("**" + _("What counts for the suggested order") + "**")
    for name, value in asdict(event.weights).items():
        st.session_state[f"weight-{name}"] = float(value)
        st.slider(
            names[name],
            min_value=0.0,
            max_value=float(MOST_WEIGHT),
            step=WEIGHT_STEP,
            key=f"weight-{name}",
            on_change=_set_weight,
            args=(event.slug, event.weights, name),
        )


def _set_intake(slug: str, intake: Intake, pause: timedelta) -> None:
    deed.change(events.set_intake, slug, intake, pause=pause)


def _set_moderation(slug: str) -> None:
    deed.change(events.set_moderation, slug, Moderation(st.session_state.moderation))


def _set_weight(slug: str, weights: Weights, name: str) -> None:
    changed = replace(weights, **{name: st.session_state[f"weight-{name}"]})
    deed.change(events.set_weights, slug, changed)
