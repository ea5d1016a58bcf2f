"""Somebody at the desk types in what came on paper, by telephone or from the microphone."""

import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import streamlit as st

import words.outcomes
import words.submissions
from audience import consent
from components.commands import callbacks
from components.live import live_signal
from components.questions import lists, question_board
from components.questions.question_board import NoticeLine
from components.shell import frame, guard, session_language
from components.shell.session_language import _
from data_access.engine import Session
from data_access.questions.writing import consents
from data_access.questions.writing import submissions as questions
from data_access.questions.writing.submissions import Keyed
from dialogue import submissions
from dialogue.accounts import Actor
from dialogue.events import Event
from dialogue.questions import Source
from dialogue.refusals import Refusal
from dialogue.roles import Place
from dialogue.submissions import BOXES, LONGEST, LONGEST_TEXT
from live import snapshots

# So long what was typed in is at hand, to correct a slip.
AT_HAND = timedelta(minutes=30)
# What is empty again once a question is saved; the district stays.
EMPTIED = ("text", "topic", *LONGEST)
UNTICKED = (*BOXES, "consent")

slug = frame.show(Place.ENTRY)


def save(event: Event) -> None:
    """Save what was typed, once; or say what is wrong with it and leave it standing."""
    typed = st.session_state
    fields = {name: typed[f"entry-{name}"] for name in ("district", *EMPTIED, *UNTICKED)}
    me = guard.actor(event.slug)
    done = callbacks.attempt(lambda session: submit(session, me, fields, event))
    if isinstance(done, Refusal):
        typed.entry_refused = words.outcomes.refusal(done, session_language.current())
        return
    typed.entry_refused = None
    typed.entry_saved = done
    typed.entry_key = secrets.token_urlsafe(24)
    typed.update({f"entry-{name}": "" for name in EMPTIED})
    typed.update({f"entry-{name}": False for name in UNTICKED})


def submit(session: Session, me: Actor, fields: Mapping[str, Any], event: Event) -> int:
    """Hand a question in as the desk does, and return its number."""
    submission = submissions.read(fields, event)
    keyed = Keyed(st.session_state.entry_key, submission, Source.DESK, typed_by=me)
    (answer,) = questions.submit(session, event.slug, [keyed], at=datetime.now(UTC))
    if isinstance(answer, Refusal):
        raise answer
    consents.remember(session, event.slug, consent.texts(), at=datetime.now(UTC))
    return answer.number


def form(event: Event) -> None:
    """Draw the fields in the order in which the keyboard goes through them."""
    language = session_language.current()
    st.session_state.setdefault("entry_key", secrets.token_urlsafe(24))
    topics = {
        "": _("None"),
        **{each.code: language.pick(each.name, each.name_en) for each in event.topics},
    }
    districts = {each.code: each.short_name for each in event.districts}
    with st.form("entry", enter_to_submit=True):
        left, right = st.columns(2)
        # None at first: a question must not be given a district that nobody chose.
        left.selectbox(
            _("District"),
            list(districts),
            index=None,
            placeholder=_("Choose a district"),
            format_func=districts.__getitem__,
            key="entry-district",
        )
        right.selectbox(_("Topic"), list(topics), format_func=topics.__getitem__, key="entry-topic")
        for place, (name, said) in enumerate(words.submissions.personal(language).items()):
            column = (left, right)[place % 2]
            if name in LONGEST:
                column.text_input(said.typed, key=f"entry-{name}", max_chars=LONGEST[name])
            else:
                column.checkbox(said.typed, key=f"entry-{name}")
        st.checkbox(
            _("The asker has read or heard the privacy notice and agrees"), key="entry-consent"
        )
        st.text_area(_("Question"), key="entry-text", max_chars=LONGEST_TEXT, height=160)
        st.form_submit_button(
            _("Save") + " · Ctrl + Enter", type="primary", on_click=save, args=(event,)
        )


@st.fragment(run_every=live_signal.SAFETY_NET)
def typed_in() -> None:
    """Draw what was typed in lately, to correct slips."""
    guard.keep(Place.ENTRY, slug)
    snapshot = snapshots.current(slug)
    language = session_language.current()
    st.subheader(_("Typed in lately"))
    question_board.show(
        question_board.encode_list(
            lists.typed_in(
                snapshot, language, guard.visitor().roles(slug), since=datetime.now(UTC) - AT_HAND
            ),
            revision=snapshot.revision,
        ),
        key="typed-in",
        slug=slug,
        words=lists.brief_words(language),
        empty=_("Nothing yet. What you save appears here."),
        line=NoticeLine(notice=None),
    )
    live_signal.follow(slug, revision=snapshot.revision)


st.title(_("Type in a question"))
if st.session_state.get("entry_refused"):
    st.error(st.session_state.entry_refused)
elif "entry_saved" in st.session_state:
    st.success(_("Saved: #{number}.").format(number=st.session_state.entry_saved))
form(snapshots.current(slug).event)
typed_in()
