"""By when the written conclusion must be public, and what the day has left without an outcome."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pandas as pd
import streamlit as st

from components import annotations, language, table, words
from components.language import _
from data_access import engine, replies
from data_access.boards import Board
from dialogue import text as texts
from dialogue.annotations import Subject
from dialogue.questions import Question
from locales import Language


def show(board: Board) -> None:
    """Draw the two dates with the days that are left, and how many questions are open."""
    spoken = language.current()
    today = datetime.now(UTC).astimezone(ZoneInfo(board.event.timezone)).date()
    due, due_if_complex = board.event.conclusion_due
    with st.container(horizontal=True):
        for name, day in (
            (_("Conclusion public by"), due),
            (_("… if complex and cross-sector"), due_if_complex),
        ):
            st.metric(
                name,
                spoken.date(day),
                delta=left(day, today, spoken),
                delta_color="off",
                delta_arrow="off",
                border=True,
            )
        st.metric(
            _("Without an outcome"),
            spoken.number(len(without_outcome(board))),
            delta=_("of {count}").format(count=spoken.number(len(board.questions))),
            delta_color="off",
            delta_arrow="off",
            border=True,
        )


def show_open(board: Board) -> None:
    """List what was neither answered nor promised nor put aside, until it is."""
    questions = without_outcome(board)
    st.subheader(_("Without an outcome yet"))
    annotations.show(board.event.slug, Subject.OUTCOMES)
    if not questions:
        st.success(_("Every question has an outcome."), icon=":material/check:")
        return
    spoken = language.current()
    names = words.statuses(spoken)
    st.text(_("On the page “Follow-up” each is given a department and a due date."))
    table.show(
        pd.DataFrame(
            {
                _("No."): [each.number for each in questions],
                _("State"): [names[each.status] for each in questions],
                _("District"): [board.districts[each.district].short_name for each in questions],
                _("Question"): [texts.without_personal_details(each.text) for each in questions],
            }
        ),
        key="without-outcome",
        alt=_("Questions without an outcome"),
    )


def without_outcome(board: Board) -> list[Question]:
    """Return the questions without an outcome, by number."""
    with engine.current().reading() as session:
        numbers = replies.list_without_outcome(session, board.event.slug)
    # The database may be a moment ahead of the board.
    return [board.questions[each] for each in numbers if each in board.questions]


def left(day: date, today: date, spoken: Language) -> str:
    """Say how many days are left until a day, or how long ago it was."""
    days = (day - today).days
    if days < 0:
        said = spoken.ngettext("{count} day ago", "{count} days ago", -days)
        return said.format(count=spoken.number(-days))
    if days == 0:
        return spoken.gettext("today")
    said = spoken.ngettext("{count} day left", "{count} days left", days)
    return said.format(count=spoken.number(days))
