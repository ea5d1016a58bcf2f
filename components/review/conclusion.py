"""By when the written conclusion must be public, and what the day has left without an outcome."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

import words.questions
from components.drawing import annotations, table
from components.shell import session_language
from components.shell.session_language import _
from data_access.followup import replies
from data_access.questions.cached.snapshots import Snapshot
from dialogue import text as texts
from dialogue.annotations import Subject
from dialogue.questions import Question
from locales import Language


def show(snapshot: Snapshot) -> None:
    """Draw the two dates with the days that are left, and how many questions are open."""
    language = session_language.current()
    today = datetime.now(UTC).astimezone(ZoneInfo(snapshot.event.timezone)).date()
    due, due_if_complex = snapshot.event.conclusion_due
    with st.container(horizontal=True):
        for name, day in (
            (_("Conclusion public by"), due),
            (_("… if complex and cross-sector"), due_if_complex),
        ):
            st.metric(
                name,
                language.date(day),
                delta=left(day, today, language),
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
        st.metric(
            _("Without an outcome"),
            language.number(len(without_outcome(snapshot))),
            delta=_("of {count}").format(count=language.number(len(snapshot.questions))),
            delta_color="off",
            delta_arrow="off",
            border=True,
        )


def show_open(snapshot: Snapshot) -> None:
    """List what was neither answered nor promised nor put aside, until it is."""
    questions = without_outcome(snapshot)
    st.subheader(_("Without an outcome yet"))
    annotations.show(snapshot.event.slug, Subject.OUTCOMES)
    if not questions:
        st.success(_("Every question has an outcome."), icon=":material/check:")
        return
    language = session_language.current()
    names = words.questions.statuses(language)
    st.text(_("On the page “Follow-up” each is given a department and a due date."))
    table.show(
        pd.DataFrame(
            {
                _("No."): [each.number for each in questions],
                _("State"): [names[each.status] for each in questions],
                _("District"): [snapshot.districts[each.district].short_name for each in questions],
                _("Question"): [texts.without_personal_details(each.text) for each in questions],
            }
        ),
        key="without-outcome",
        alt=_("Questions without an outcome"),
    )


def without_outcome(snapshot: Snapshot) -> list[Question]:
    """Return the questions without an outcome, by number."""
    with snapshot.database.reading() as session:
        numbers = replies.list_without_outcome(session, snapshot.event.slug)
    # The database may be a moment ahead of the snapshot.
    return [snapshot.questions[each] for each in numbers if each in snapshot.questions]


def left(day: date, today: date, language: Language) -> str:
    """Say how many days are left until a day, or how long ago it was."""
    days = (day - today).days
    if days < 0:
        said = language.ngettext("{count} day ago", "{count} days ago", -days)
        return said.format(count=language.number(-days))
    if days == 0:
        return language.gettext("today")
    said = language.ngettext("{count} day left", "{count} days left", days)
    return said.format(count=language.number(days))
