"""What staff write on a chart of the review, or on a moment of the day: read, written, mended."""

from collections.abc import Callable, Mapping
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

import streamlit as st

import words.outcomes
from components.commands import callbacks
from components.live.cache import shared_cache
from components.shell import guard, session_language
from components.shell.session_language import _
from data_access.questions.cached.snapshots import Snapshot
from data_access.review import annotations
from dialogue import annotations as rules
from dialogue.accounts import Actor
from dialogue.annotations import LONGEST, Annotation, Subject
from dialogue.commands import Annotate, ChangeAnnotation, Command, WithdrawAnnotation
from dialogue.events import Event
from dialogue.refusals import Refusal, UnknownAnnotation
from dialogue.roles import MAY, Place, Right
from dialogue.text import without_personal_details
from live import snapshots

# As long as one is kept so is its snapshot, and everybody looks at the newest.
KEPT_BOARDS = 4
# Pixels, or as many as a phone has.
WIDTH = 420
HEIGHT = 120


@st.fragment
def show(slug: str, subject: Subject, *, moment: datetime | None = None) -> None:
    """Draw a button with the number of a subject's annotations; behind it these, and a form.

    What is written is about `moment` (aware) where one is given. Who may not write reads what is
    there, and sees nothing where nothing is.
    """
    guard.keep(Place.REVIEW, slug)
    snapshot, actor = snapshots.current(slug), guard.actor(slug, active=False)
    found = _by_subject(snapshot).get(subject, ())
    may_write = bool(actor.roles & MAY[Right.ANNOTATE])
    if not found and not may_write:
        return
    label = _("Annotations ({count})").format(count=len(found)) if found else _("Annotate")
    with (
        st.popover(label, icon=":material/comment:", key=f"annotations-{subject}"),
        st.container(width=WIDTH),
    ):
        for each in found:
            _show_one(each, snapshot.event, actor)
        if may_write:
            _offer_to_write(snapshot.event, subject, moment)


@shared_cache(KEPT_BOARDS)
def _by_subject(snapshot: Snapshot) -> Mapping[Subject, tuple[Annotation, ...]]:
    """Read what was written on all subjects, once for all of a page's charts."""
    with snapshot.database.reading() as session:
        found = annotations.list_current(session, snapshot.event.slug)
    return {subject: tuple(some) for subject, some in groupby(found, lambda each: each.subject)}


def _show_one(annotation: Annotation, event: Event, actor: Actor) -> None:
    with st.container(border=True, gap="xsmall"):
        if annotation.moment is not None:
            st.badge(_time(annotation.moment, event), icon=":material/schedule:", color="blue")
        st.text(without_personal_details(annotation.text))
        st.text(_facts(annotation, event))
        if rules.may_change(actor, account_id=annotation.account_id):
            if _opened(event.slug, annotation.entry) in st.session_state:
                _offer_to_change(annotation, event.slug)
            else:
                st.button(
                    _("Change or withdraw"),
                    key=f"annotation-open-{annotation.entry}",
                    type="tertiary",
                    icon=":material/edit:",
                    on_click=_open,
                    args=(annotation, event.slug),
                )


def _facts(annotation: Annotation, event: Event) -> str:
    """Say who wrote it and when, and who changed it last."""
    facts = [f"{annotation.written_by} · {_time(annotation.written_at, event)}"]
    if annotation.changed_by is not None and annotation.changed_at is not None:
        said = _("changed by {name}, {time}")
        time = _time(annotation.changed_at, event)
        facts.append(said.format(name=annotation.changed_by, time=time))
    return "\n".join(facts)


def _offer_to_write(event: Event, subject: Subject, moment: datetime | None) -> None:
    label = _("New annotation")
    if moment is not None:
        label = _("New annotation, at {time}").format(time=_time(moment, event))
    _show_refusal(event.slug, subject)
    with st.form(f"annotate-{event.slug}-{subject}", border=False):
        st.text_area(label, key=_draft(event.slug, subject), max_chars=LONGEST, height=HEIGHT)
        st.form_submit_button(
            _("Save"),
            key=f"annotate-{subject}",
            type="primary",
            on_click=_write,
            args=(event.slug, subject, moment),
        )


def _write(slug: str, subject: Subject, moment: datetime | None) -> None:
    draft = _draft(slug, subject)
    text = st.session_state[draft]
    refusal = _refusal(Annotate(subject=subject, moment=moment, text=text), slug)
    _say(refusal, slug, subject)
    if refusal is None:
        st.session_state[draft] = ""


def _open(annotation: Annotation, slug: str) -> None:
    """Begin to change an annotation, as it was seen."""
    st.session_state[_opened(slug, annotation.entry)] = annotation.version
    st.session_state[_draft(slug, annotation.entry)] = annotation.text


def _offer_to_change(annotation: Annotation, slug: str) -> None:
    entry = annotation.entry
    _show_refusal(slug, entry)
    with st.form(f"change-{slug}-{entry}", border=False):
        st.text_area(
            _("Annotation"),
            key=_draft(slug, entry),
            max_chars=LONGEST,
            height=HEIGHT,
            label_visibility="collapsed",
        )
        with st.container(horizontal=True, gap="small"):
            for name, label, end in (
                ("save", _("Save"), _change),
                ("withdraw", _("Withdraw"), _withdraw),
                ("cancel", _("Cancel"), _leave),
            ):
                st.form_submit_button(
                    label,
                    key=f"annotation-{name}-{entry}",
                    type="primary" if name == "save" else "secondary",
                    on_click=_end,
                    args=(end, annotation, slug),
                )


def _change(annotation: Annotation, slug: str, version: int) -> Command:
    text = st.session_state[_draft(slug, annotation.entry)]
    return ChangeAnnotation(entry=annotation.entry, version=version, text=text)


def _withdraw(annotation: Annotation, _slug: str, version: int) -> Command:
    return WithdrawAnnotation(entry=annotation.entry, version=version)


def _leave(_annotation: Annotation, _slug: str, _version: int) -> None:
    return None


def _end(
    command_of: Callable[[Annotation, str, int], Command | None], annotation: Annotation, slug: str
) -> None:
    """Change or withdraw an annotation, or leave it as it is."""
    version = st.session_state.get(_opened(slug, annotation.entry))
    # The second of two quick clicks finds that the first one has done it.
    if version is None:
        return
    command = command_of(annotation, slug, version)
    _finish(_refusal(command, slug) if command else None, annotation, slug)


def _finish(refusal: Refusal | None, annotation: Annotation, slug: str) -> None:
    """End a change, or let what was refused be saved on what there is now, or as a new one."""
    entry, subject = annotation.entry, annotation.subject
    opened = _opened(slug, entry)
    if refusal is None:
        _say(None, slug, entry)
        del st.session_state[opened]
    elif isinstance(refusal, UnknownAnnotation):
        _say(refusal, slug, subject)
        new, changed = _draft(slug, subject), st.session_state[_draft(slug, entry)]
        st.session_state[new] = "\n\n".join(filter(None, (st.session_state.get(new), changed)))
        del st.session_state[opened]
    else:
        _say(refusal, slug, entry)
        for each in _by_subject(snapshots.current(slug)).get(subject, ()):
            if each.entry == entry:
                st.session_state[opened] = each.version


def _refusal(command: Command, slug: str) -> Refusal | None:
    """Do a command, and return why it was not done, if so."""
    outcome = callbacks.run(command, slug)
    return outcome if isinstance(outcome, Refusal) else None


def _say(refusal: Refusal | None, slug: str, what: Subject | int) -> None:
    """Keep why the last command on a subject, or an annotation, was refused, if it was."""
    said = words.outcomes.refusal(refusal, session_language.current()) if refusal else ""
    st.session_state[f"annotation-refused-{slug}-{what}"] = said


def _show_refusal(slug: str, what: Subject | int) -> None:
    if said := st.session_state.get(f"annotation-refused-{slug}-{what}"):
        st.warning(said)


def _time(moment: datetime, event: Event) -> str:
    return session_language.current().date_time(moment.astimezone(ZoneInfo(event.timezone)))


def _draft(slug: str, what: Subject | int) -> str:
    """Return where what is being written on a subject, or into an annotation, is kept."""
    return f"annotation-{slug}-{what}"


def _opened(slug: str, entry: int) -> str:
    """Return where the version that somebody changes is kept, while they do."""
    return f"annotation-version-{slug}-{entry}"
