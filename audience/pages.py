"""The phone page: ask, follow and read; complete before any script runs, and without one."""

import logging
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from itertools import islice
from typing import Any, TypedDict
from urllib.parse import parse_qs, quote
from zoneinfo import ZoneInfo

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

from audience import consent, leading
from audience.api import erase, followed, idempotency_key
from audience.catalogue import Catalogue
from audience.intake import SubmissionWriter
from audience.replies import shown
from data_access import engine
from data_access.questions.cached import snapshots
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.writing import personal_data
from data_access.questions.writing.submissions import Keyed
from dialogue import practice, submissions
from dialogue.events import Event, Intake
from dialogue.lifecycle import Status
from dialogue.questions import Asker, Question, Receipt, Source
from dialogue.refusals import (
    EventClosed,
    EventPaused,
    KeyReused,
    NotNow,
    Refusal,
    SubmissionWrong,
    Unavailable,
    UnknownEvent,
)
from locales import Language
from web import bodies, budgets, html, phones, problems, threads
from web.addresses import base, under
from web.html import language_of
from web.problems import KeyMissing, Malformed, TooMany, WrongType
from web.repeated import Repeated

_repeated = Repeated(logging.getLogger(__name__))
MOST_SHOWN = 50
# A form writes most Vietnamese letters as nine bytes for the three that JSON needs, so the
# limit of the contract is three times as long here. It leaves room to give a text that is far
# too long back to its author.
MOST_FORM_BYTES = 3 * bodies.MOST_BYTES
MOST_FORM_FIELDS = 30

_TEXTS = ("text", "district", "topic", "name", "contact", "organisation")
_PERSONAL = ("name", "contact", "organisation", "show_name", "contact_me")
_BOXES = ("show_name", "contact_me", "consent")
# On these the person gets the form back, with all that was typed.
_FORM_REFUSALS = (SubmissionWrong, KeyReused, KeyMissing, EventClosed, EventPaused, Unavailable)


def _new_key() -> str:
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class _Form:
    """What somebody typed, by the fields' names, and the key under which it is sent."""

    typed: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default_factory=_new_key)

    def fields(self) -> dict[str, Any]:
        """Return what `submissions.read` checks."""
        texts = {name: self.typed.get(name, "") for name in _TEXTS}
        return {**texts, **{name: name in self.typed for name in _BOXES}}


class Words(TypedDict):
    """What the script says; `{…}` is filled in there."""

    sending: str
    resending: str
    stopped: str
    restored: str
    again: str
    check: str
    too_short: str
    too_long: str
    district: str
    consent: str
    counter: str
    number: str
    new_one: str
    new_many: str
    votes_one: str
    votes_many: str
    support: str
    supported: str
    vote_failed: str
    gone: str


class Page(TypedDict):
    """What the script needs to know, every word of it in the page's language.

    `code` is that of a receipt. What is older than `oldest` is left out of the page, not new.
    """

    base: str
    slug: str
    code: str | None
    language: str
    revision: int
    oldest: int
    votable: Sequence[Status]
    shortest_text: int
    longest_text: int
    districts: Mapping[str, str]
    topics: Mapping[str, str]
    reasons: Mapping[str, str]
    labels: Mapping[Status, str]
    outcomes: Mapping[Status, str]
    words: Words


class AskPages:
    """The pages, on top of the intake and the catalogue that the HTTP contract has too."""

    def __init__(self, intake: SubmissionWriter, catalogue: Catalogue) -> None:
        """Serve with this intake and this catalogue."""
        self._intake = intake
        self._catalogue = catalogue
        self._seen: dict[str, Snapshot] = {}

    @property
    def routes(self) -> list[Route]:
        """The routes of the phone page."""
        return [
            Route("/ask", leading.to_event),
            Route("/ask/{slug}", self.ask),
            Route("/ask/{slug}", self.send, methods=["POST"]),
            Route("/ask/{slug}/{code}", self.follow),
            Route("/ask/{slug}/{code}/erase", self.erase, methods=["POST"]),
        ]

    async def ask(self, request: Request) -> Response:
        """Show the form and the public questions; with `?code=` go to that question's receipt."""
        if elsewhere := leading.to_small_letters(request):
            return elsewhere
        code = _plain_code(request.query_params.get("code", ""))
        if code:
            return _to_receipt(request, code)
        try:
            return await self._form_page(request, _Form())
        except Refusal as refusal:
            return _apology(request, refusal)

    async def send(self, request: Request) -> Response:
        """Take what the form sent; 303 to the receipt means that it is on disk."""
        form = _Form()
        try:
            phones.require_same_site(request)
            form = await _sent(request)
            receipt = await self._submit(_slug(request), form)
        except _FORM_REFUSALS as refusal:
            return await self._form_again(request, form, refusal)
        except Refusal as refusal:
            return _apology(request, refusal)
        return _to_receipt(request, receipt.code)

    async def follow(self, request: Request) -> Response:
        """Show the receipt: the number, the code, and what became of the question."""
        if elsewhere := leading.to_small_letters(request):
            return elsewhere
        try:
            slug, code = _slug(request), _plain_code(request.path_params["code"])
            question, parts, joined, replied = await threads.read(followed, slug, code)
            snapshot = await self._snapshot(slug)
            asker = await threads.read(_asker, slug, question.number)
        except Refusal as refusal:
            return _apology(request, refusal)
        except engine.Failure as error:
            _repeated.error(f"a receipt of {slug} could not be read: {engine.reason(error)}")
            return _apology(request, NotNow())
        language = language_of(request)
        answers = {each: shown(reply, snapshot, language) for each, reply in replied.items()}
        return _page(
            request,
            "receipt.html",
            event=snapshot.event,
            question=question,
            asker=asker,
            is_open=_intake(snapshot.event) is not Intake.CLOSED,
            grouped_code=grouped(question.code),
            outcome=outcome(question, snapshot.event, language),
            joined=joined,
            reply=answers.get(question.number),
            parts=[
                (each, outcome(each, snapshot.event, language), answers.get(each.number))
                for each in parts
            ],
            received_at=_local(question.received_at, snapshot.event),
            script=_script_data(snapshot, language, code=question.code),
        )

    async def erase(self, request: Request) -> Response:
        """Erase what the asker told of themselves, and show the receipt without it."""
        try:
            phones.require_same_site(request)
            slug, code = _slug(request), _plain_code(request.path_params["code"])
            await threads.write(erase, slug, code)
        except Refusal as refusal:
            return _apology(request, refusal)
        return _to_receipt(request, code)

    async def _submit(self, slug: str, form: _Form) -> Receipt:
        try:
            event = await self._catalogue.event(slug)
        except engine.Failure as error:
            _repeated.error(f"the catalogue of {slug} could not be read: {engine.reason(error)}")
            raise Unavailable from None
        key = idempotency_key(form.key)
        try:
            submission = submissions.read(form.fields(), event)
        except SubmissionWrong:
            if _intake(event) is Intake.CLOSED:
                raise EventClosed from None  # nothing there is worth correcting any more
            raise
        return await self._intake.submit(slug, Keyed(key, submission, Source.PHONE))

    async def _form_again(self, request: Request, form: _Form, refusal: Refusal) -> Response:
        if isinstance(refusal, KeyReused | KeyMissing):
            form = replace(form, key=_new_key())
        try:
            return await self._form_page(request, form, refusal=refusal)
        except Refusal as second:
            return _apology(request, second)

    async def _form_page(
        self, request: Request, form: _Form, *, refusal: Refusal | None = None
    ) -> Response:
        snapshot = await self._snapshot(_slug(request))
        language = language_of(request)
        return _page(
            request,
            "ask.html",
            refusal=refusal,
            event=snapshot.event,
            held_at=_local(snapshot.event.held_at, snapshot.event),
            privacy=consent.paragraphs(language),
            agreement=consent.agreement(language),
            form=form,
            errors=_errors(refusal, language),
            notice=_notice(refusal, language),
            personal_is_open=_has_personal(form, refusal),
            is_open=_intake(snapshot.event) is not Intake.CLOSED,
            reopens_at=_reopens_at(snapshot.event),
            longest=submissions.LONGEST,
            replies=snapshot.counts[Status.REPLIED],
            questions=list(_shown(snapshot)),
            labels=labels(language),
            votable=VOTABLE,
            script=_script_data(snapshot, language),
        )

    async def _snapshot(self, slug: str) -> Snapshot:
        """Return the newest board, or the last one seen while the database does not answer."""
        try:
            self._seen[slug] = await threads.read(snapshots.current, slug)
        except UnknownEvent:
            self._seen.pop(slug, None)
            raise
        except (engine.Failure, NotNow) as error:
            _repeated.error(f"the board of {slug} could not be read: {engine.reason(error)}")
            if slug not in self._seen:
                raise NotNow from None
        return self._seen[slug]


VOTABLE = (Status.APPROVED, Status.QUEUED)
"""The states in which a question still collects votes."""


def grouped(code: str) -> str:
    """Write a code in groups of four, as people note it down."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def labels(language: Language) -> dict[Status, str]:
    """Return the name of each state, short enough for a list."""
    _ = language.gettext
    return {
        Status.RECEIVED: _("Waiting to be read"),
        Status.APPROVED: _("Approved"),
        Status.QUEUED: _("Will be asked in the hall"),
        Status.ON_STAGE: _("Being asked now"),
        Status.ANSWERED: _("Answered in the hall"),
        Status.DEFERRED: _("To be answered in writing"),
        Status.REPLIED: _("Answered in writing"),
        Status.REJECTED: _("Not chosen"),
        Status.MERGED: _("Joined with another question"),
    }


def outcomes(language: Language) -> dict[Status, str]:
    """Return what each state means to the asker; `{reason}` and `{number}` are filled in later."""
    _ = language.gettext
    return {
        Status.RECEIVED: _("The organisers have your question and will read it soon."),
        Status.APPROVED: _("Your question is approved. Everybody can read it and support it."),
        Status.QUEUED: _("Your question is on the list to be asked in the hall."),
        Status.ON_STAGE: _("Your question is being asked in the hall right now."),
        Status.ANSWERED: _("Your question has been answered in the hall."),
        Status.DEFERRED: _("Your question will be answered in writing after the event."),
        Status.REPLIED: _("Your question has been answered in writing."),
        Status.REJECTED: _("Thank you for asking. We could not choose this question: {reason}"),
        Status.MERGED: _(
            "Question {number} asks the same, so yours has been joined with it. "
            "What is answered there is your answer too."
        ),
    }


def outcome(question: Question, event: Event, language: Language) -> str:
    """Tell an asker what became of the question."""
    reason = _reasons(event, language).get(question.reason or "", "")
    return outcomes(language)[question.status].format(reason=reason, number=question.merged_into)


def _page(
    request: Request, template: str, *, refusal: Refusal | None = None, **values: Any
) -> HTMLResponse:
    status = problems.status_of(refusal) if refusal else 200
    response = html.page(request, template, status=status, **values)
    if template == "ask.html":
        # The form carries a key of its own, so no two people may get the same copy; the person's
        # own browser may keep it, for the way back to what was typed.
        response.headers["Cache-Control"] = "private, no-cache"
    if status == 503:
        response.headers["Retry-After"] = str(problems.RETRY_AFTER_SECONDS)
    # Before the first vote: two quick ones of a phone without a mark would count as two phones.
    mark = phones.known(request)
    with suppress(TooMany):
        if mark is None:
            budgets.spend_on_mark(request)
        phones.keep(response, request, mark or phones.new())
    return response


def _apology(request: Request, refusal: Refusal) -> Response:
    language, slug = language_of(request), request.path_params["slug"]
    return _page(
        request,
        "apology.html",
        refusal=refusal,
        kind=type(refusal).__name__,
        message=language.gettext(refusal.message).format(**refusal.values),
        # From a rehearsal that is over the way leads to the real event.
        slug=practice.rehearsed(slug) or slug,
    )


def _to_receipt(request: Request, code: str) -> Response:
    slug = quote(request.path_params["slug"], safe="")
    return RedirectResponse(
        under(f"/ask/{slug}/{code}"), status_code=303, headers={"Cache-Control": "no-store"}
    )


async def _sent(request: Request) -> _Form:
    """Read the form from a request.

    Raises:
        WrongType, TooLarge, Malformed: it is not one.
    """
    kind = request.headers.get("content-type", "").split(";")[0].strip().lower()
    if kind != "application/x-www-form-urlencoded":
        raise WrongType
    try:
        received = parse_qs(
            (await bodies.read(request, most=MOST_FORM_BYTES)).decode(),
            keep_blank_values=True,
            errors="replace",
            max_num_fields=MOST_FORM_FIELDS,
        )
    except ValueError:
        raise Malformed from None
    typed = {name: received[name][-1] for name in (*_TEXTS, *_BOXES) if name in received}
    return _Form(typed, received.get("key", [""])[-1])


def _asker(slug: str, number: int) -> Asker | None:
    with engine.current().reading() as session:
        return personal_data.of(session, slug, number)


def _slug(request: Request) -> str:
    slug: str = request.path_params["slug"]
    if not slug.isprintable():
        raise UnknownEvent  # PostgreSQL takes no NUL, so it need not be asked
    return slug


def _plain_code(written: str) -> str:
    """Return a code as it is stored, however somebody grouped or wrote it."""
    return "".join(each for each in written if each.isascii() and each.isalnum()).upper()


def _errors(refusal: Refusal | None, language: Language) -> dict[str, str]:
    if not isinstance(refusal, SubmissionWrong):
        return {}
    said = problems.messages(refusal, language)
    return {each.field: message for each, message in zip(refusal.errors, said, strict=True)}


def _has_personal(form: _Form, refusal: Refusal | None) -> bool:
    """Tell whether the folded part of the form holds anything to see."""
    wrong = (
        {each.field for each in refusal.errors} if isinstance(refusal, SubmissionWrong) else set()
    )
    return any(form.typed.get(name) or name in wrong for name in _PERSONAL)


def _notice(refusal: Refusal | None, language: Language) -> str:
    if refusal is None or isinstance(refusal, SubmissionWrong):
        return ""
    if isinstance(refusal, KeyReused):
        return _send_again(language)
    if isinstance(refusal, KeyMissing):
        return language.gettext("The form arrived incomplete. Please press Send again.")
    return language.gettext(refusal.message).format(**refusal.values)


def _send_again(language: Language) -> str:
    return language.gettext(
        "A question was already sent from this form. To send this one as well, press Send again."
    )


def _intake(event: Event) -> Intake:
    return event.intake_at(datetime.now(UTC))


def _reopens_at(event: Event) -> datetime | None:
    """Return when a paused event takes questions again, in its own time."""
    is_paused = _intake(event) is Intake.PAUSED
    return _local(event.reopens_at, event) if is_paused else None


def _local(moment: Any, event: Event) -> Any:
    return moment.astimezone(ZoneInfo(event.timezone))


def _shown(snapshot: Snapshot) -> Iterator[Question]:
    return islice(snapshot.public, MOST_SHOWN)


def _reasons(event: Event, language: Language) -> dict[str, str]:
    return {each.code: language.pick(each.text, each.text_en) for each in event.reasons}


def _script_data(snapshot: Snapshot, language: Language, *, code: str | None = None) -> Page:
    event = snapshot.event
    shown = [each.number for each in _shown(snapshot)]
    return Page(
        base=base(),
        slug=event.slug,
        code=code,
        language=language.code,
        revision=snapshot.revision,
        oldest=shown[-1] if len(shown) == MOST_SHOWN else 0,
        votable=VOTABLE,
        shortest_text=submissions.SHORTEST_TEXT,
        longest_text=submissions.LONGEST_TEXT,
        districts={each.code: each.short_name for each in event.districts},
        topics={each.code: language.pick(each.name, each.name_en) for each in event.topics},
        reasons=_reasons(event, language),
        labels=labels(language),
        outcomes=outcomes(language),
        words=_words(language),
    )


def _words(language: Language) -> Words:
    _, ngettext = language.gettext, language.ngettext
    return Words(
        sending=_("Sending…"),
        resending=_("Sending again… your question is still safe on this phone."),
        stopped=_("Stopped. Your question is still here: change it, or press Send again."),
        restored=_("This is what you had written. It has not been sent yet."),
        again=_send_again(language),
        check=_("Please check what is marked below."),
        too_short=_("Your question needs at least {least} characters; it has {count}."),
        too_long=_("Your question may have at most {most} characters; it has {count}."),
        district=_("Choose a district from the list."),
        consent=_("Please accept the privacy notice."),
        counter=_("{count} of {most} characters"),
        number=_("Question {number}"),
        new_one=ngettext("{count} new question", "{count} new questions", 1),
        new_many=ngettext("{count} new question", "{count} new questions", 2),
        votes_one=ngettext("{count} supporter", "{count} supporters", 1),
        votes_many=ngettext("{count} supporter", "{count} supporters", 2),
        support=_("Support"),
        supported=_("Supported"),
        vote_failed=_("Your support could not be counted. Please try again."),
        gone=_("This question is not shown any more."),
    )
