"""How the event takes and shows questions: said at all times, and changed here."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

import streamlit as st

import words.events
from components.commands import callbacks
from components.desk import practice
from components.shell import session_language
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from dialogue.commands import SetIntake, SetModeration, SetWeights
from dialogue.events import MOST_WEIGHT, Event, Intake, Moderation, Weights

PAUSES = (5, 10, 15, 30, 60)
WEIGHT_STEP = 0.5


def show(snapshot: Snapshot) -> None:
    """Draw a button that says how questions are taken and shown, and what changes that."""
    event = snapshot.event
    practice.show_screens(snapshot)
    settings = st.popover(
        words.events.summary(event, session_language.current(), at=datetime.now(UTC)),
        icon=":material/tune:",
        key="settings",
        on_change="rerun",
    )
    # Each element costs at every rerun; nobody looks at these while they are closed.
    if settings.open:
        with settings:
            _show_intake(event)
            _show_moderation(event)
            _show_weights(event)
            practice.show_settings(snapshot)


def _show_intake(event: Event) -> None:
    now = event.intake_at(datetime.now(UTC))
    names = words.events.intakes(session_language.current())
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
    names = words.events.moderations(session_language.current())
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
    names = words.events.weights(session_language.current())
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
    callbacks.change(SetIntake(intake, pause), slug)


def _set_moderation(slug: str) -> None:
    callbacks.change(SetModeration(Moderation(st.session_state.moderation)), slug)


def _set_weight(slug: str, weights: Weights, name: str) -> None:
    changed = replace(weights, **{name: st.session_state[f"weight-{name}"]})
    callbacks.change(SetWeights(changed), slug)
