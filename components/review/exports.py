"""The part of the review where files are asked for, followed while they are made, and taken."""

from math import ceil

import streamlit as st

from components.commands import callbacks
from components.shell import guard, link, session_language
from components.shell.session_language import _
from dialogue.commands import TakePersonalData
from dialogue.roles import MAY_SEE_CONTACTS, MAY_SEE_NAMES, Place, Role, may_open
from reports import documents, jobs
from reports.documents import TemplateMistake, Wrong
from reports.jobs import Job, JobState
from reports.orders import FROM_TEMPLATE, MAY_NAME, FileKind, FileOrder
from web import cookies, uploads

FOLLOWED_EVERY_SECONDS = 0.5
# Pixels; the names of the files are short.
WIDTH = 420
KILOBYTE, MEGABYTE = 1_000, 1_000_000
# Why nothing was begun, told once.
REFUSED = "export-refused"


@st.fragment
def show(slug: str) -> None:
    """Draw what can be asked for, and how far the last file is that this account asked for."""
    guard.keep(Place.REVIEW, slug)
    st.subheader(_("Files"))
    _choose(slug)
    if refused := st.session_state.pop(REFUSED, None):
        st.error(refused)
    job = jobs.of(guard.visitor().account_id, slug)
    if job and not job.is_over:
        _follow(slug)
    elif job:
        _show_result(job)


def _kinds() -> dict[FileKind, tuple[str, str]]:
    """Name each file, and say what is in it."""
    return {
        FileKind.WORKBOOK: (
            _("Excel workbook"),
            _("Summary, districts, topics, all questions, follow-up; for the desk the activity."),
        ),
        FileKind.CSV: (
            _("All questions (CSV)"),
            _("One line a question; opens in any spreadsheet."),
        ),
        FileKind.PARQUET: (_("All questions (Parquet)"), _("For programs that analyse data.")),
        FileKind.SUMMARY: (
            _("Report before the day (Word)"),
            _("The questions by topic, with the department that answers; official form."),
        ),
        FileKind.CONCLUSION: (
            _("Notice of conclusions (Word)"),
            _("The four parts, with charts; official form, number and signature left blank."),
        ),
        FileKind.PAGE: (_("This page to print (HTML)"), _("Charts and tables in one file.")),
        FileKind.PICTURES: (_("Charts as pictures"), _("Each chart as PNG and SVG, in one ZIP.")),
        FileKind.OPEN_DATA: (
            _("Open data"),
            _("What the public may read, with a description for machines, in one ZIP."),
        ),
    }


def _choose(slug: str) -> None:
    kinds = _kinds()
    kind = (
        st.selectbox(
            _("File"),
            list(FileKind),
            format_func=lambda each: kinds[each][0],
            key="export-kind",
            width=WIDTH,
        )
        or FileKind.WORKBOOK
    )
    st.text(kinds[kind][1])
    names, contacts = _choose_personal(kind, guard.visitor().roles(slug))
    template = _choose_template(kind) if kind in FROM_TEMPLATE else None
    st.button(
        _("Make the file"),
        key="export-start",
        type="primary",
        icon=":material/note_add:",
        on_click=_start,
        args=(slug, kind),
        kwargs={"names": names, "contacts": contacts, "template": template},
    )


def _choose_personal(kind: FileKind, roles: frozenset[Role]) -> tuple[bool, bool]:
    """Offer to add names and contacts to a file that may tell them, to whom may see them."""
    names = contacts = False
    if kind in MAY_NAME:
        names = bool(roles & MAY_SEE_NAMES) and st.checkbox(
            _("With names and organisations of the askers"), key="export-names"
        )
        contacts = bool(roles & MAY_SEE_CONTACTS) and st.checkbox(
            _("With contacts, also those written in questions"), key="export-contacts"
        )
    if names or contacts:
        st.warning(
            _("This file is personal data: keep it safe. The activity will say that you took it.")
        )
    return names, contacts


def _choose_template(kind: FileKind) -> bytes | None:
    """Offer our template to change in Word, and take another one for this time."""
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ours = documents.FOLDER / f"{kind}.docx"
        st.download_button(
            _("Template to change in Word"),
            data=ours.read_bytes,
            file_name=ours.name,
            key="export-template",
            on_click="ignore",
            icon=":material/download:",
        )
        uploads.expect(st.context.cookies.get(cookies.SESSION, ""))
        own = st.file_uploader(
            _("Your own template, for this file"),
            type="docx",
            key=f"export-own-{kind}",
            max_upload_size=documents.MOST_BYTES // MEGABYTE,
        )
    return own.getvalue() if own else None


def _start(
    slug: str, kind: FileKind, *, names: bool, contacts: bool, template: bytes | None
) -> None:
    actor = guard.actor(slug)
    if actor.account_id is None or not may_open(actor.roles, Place.REVIEW):
        return  # the page that is drawn next says so
    order = FileOrder(
        kind=kind,
        slug=slug,
        language="vi" if kind in FROM_TEMPLATE else session_language.current().code,
        names=names and bool(actor.roles & MAY_SEE_NAMES),
        contacts=contacts and bool(actor.roles & MAY_SEE_CONTACTS),
        activity=kind is FileKind.WORKBOOK and may_open(actor.roles, Place.ACTIVITY),
    )
    if order.is_personal:
        taking = TakePersonalData(names=order.names, contacts=order.contacts)
        if refused := callbacks.refusal(taking, slug):
            st.session_state[REFUSED] = refused
            return
    jobs.start(order, account_id=actor.account_id, template=template)


@st.fragment(run_every=FOLLOWED_EVERY_SECONDS)
def _follow(slug: str) -> None:
    guard.keep(Place.REVIEW, slug)
    job = jobs.of(guard.visitor().account_id, slug)
    if job is None or job.is_over:
        st.rerun()
    language = session_language.current()
    said = _("Another file is being made first …")
    if job.state is JobState.MAKING:
        said = _("Getting ready …")
    if job.total:
        said = _("{done} of {total} rows").format(
            done=language.number(job.done), total=language.number(job.total)
        )
    st.progress(min(job.done / job.total, 1.0) if job.total else 0.0, said)
    st.button(
        _("Cancel"),
        key="export-cancel",
        on_click=jobs.cancel,
        args=(job.account_id,),
        icon=":material/close:",
    )


def _show_result(job: Job) -> None:
    match job.state:
        case JobState.READY:
            name = job.order.file_name
            size = session_language.current().number(ceil(job.path.stat().st_size / KILOBYTE))
            ready = _("{name} is ready and is kept for 15 minutes.").format(name=name)
            st.success(ready, icon=":material/check:")
            said = _("Save the file ({size} kB)").format(size=size)
            link.show(said, f"/exports/{job.ticket}", key="export-take")
        case JobState.CANCELLED:
            st.info(_("The file was cancelled."))
        case JobState.WRONG:
            st.error(_("The template was not filled in:"))
            for each in job.mistakes:
                st.text(_mistake(each))
        case JobState.TOO_MUCH:
            st.error(
                _(
                    "The file needs more time or memory than one file is given, and was not made."
                    " A template with fewer lists within lists needs less."
                )
            )
        case _:
            st.error(_("The file could not be made. It has been recorded; please try again."))


def _mistake(mistake: TemplateMistake) -> str:
    """Say what is wrong in a template and in which line."""
    said = {
        Wrong.UNKNOWN: _("there is no placeholder “{there}”"),
        Wrong.NOT_A_LIST: _("“{there}” is not a list"),
        Wrong.NOT_ALLOWED: _("“{there}” is not one of the documented forms"),
        Wrong.NOT_CLOSED: _("a placeholder is not closed"),
        Wrong.NOT_BEGUN: _("“{there}” ends what was not begun in the same way"),
        Wrong.NOT_ENDED: _("“{there}” is never ended"),
        Wrong.NOT_ALONE: _("“{there}” must stand alone in its paragraph"),
        Wrong.NOT_IN_A_TABLE: _("“{there}” must stand in a table"),
        Wrong.NO_DOCUMENT: _("this is not a Word document (.docx), or it is too large"),
        Wrong.BROKEN: _("the document cannot be filled in: {there}"),
    }[mistake.wrong].format(there=mistake.there)
    if mistake.near:
        said += _("; did you mean “{near}”?").format(near=mistake.near)
    where = _("Line {line}: {wrong}").format(line=mistake.line, wrong=said)
    return f"{where}\n    {mistake.text}" if mistake.text else where
