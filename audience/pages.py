"""The phone page: ask, follow and read; complete before any script runs, and without one."""

import logging
from contextlib import suppress
from dataclasses import replace
from typing import Any
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response
from starlette.routing import Route

import words.submissions
from audience import board, consent, forms, leading, outcomes, receipts, script, times
from audience.api import erase, idempotency_key
from audience.catalogue import Catalogue
from audience.forms import AskForm
from audience.intake import SubmissionWriter
from data_access import engine
from data_access.questions.cached.snapshots import Snapshot
from data_access.questions.writing.submissions import Keyed
from dialogue import practice, submissions
from dialogue.events import Intake
from dialogue.lifecycle import Status
from dialogue.questions import Receipt, Source
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
from live import snapshots
from web import budgets, html, phones, problems, threads
from web.addresses import under
from web.html import language_of
from web.problems import KeyMissing, TooMany
from web.repeated import Repeated

_repeated = Repeated(logging.getLogger(__name__))
# On these the person gets the form back, with all that was typed.
_FORM_REFUSALS = (SubmissionWrong, KeyReused, KeyMissing, EventClosed, EventPaused, Unavailable)


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
        code = receipts.plain_code(request.query_params.get("code", ""))
        if code:
            return _to_receipt(request, code)
        try:
            return await self._form_page(request, AskForm())
        except Refusal as refusal:
            return _apology(request, refusal)

    async def send(self, request: Request) -> Response:
        """Take what the form sent; 303 to the receipt means that it is on disk."""
        form = AskForm()
        try:
            phones.require_same_site(request)
            form = await forms.read(request)
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
            slug, code = _slug(request), receipts.plain_code(request.path_params["code"])
            found, told = await threads.for_reading(receipts.read, slug, code)
            snapshot = await self._snapshot(slug)
        except Refusal as refusal:
            return _apology(request, refusal)
        except engine.Failure as error:
            _repeated.error(f"a receipt of {slug} could not be read: {engine.reason(error)}")
            return _apology(request, NotNow())
        values = receipts.values(found, told, snapshot, language_of(request))
        return _page(request, "receipt.html", **values)

    async def erase(self, request: Request) -> Response:
        """Erase what the asker told of themselves, and show the receipt without it."""
        try:
            phones.require_same_site(request)
            slug, code = _slug(request), receipts.plain_code(request.path_params["code"])
            await threads.for_writing(erase, slug, code)
        except Refusal as refusal:
            return _apology(request, refusal)
        return _to_receipt(request, code)

    async def _submit(self, slug: str, form: AskForm) -> Receipt:
        try:
            event = await self._catalogue.event(slug)
        except engine.Failure as error:
            _repeated.error(f"the catalogue of {slug} could not be read: {engine.reason(error)}")
            raise Unavailable from None
        key = idempotency_key(form.key)
        try:
            submission = submissions.read(form.fields(), event)
        except SubmissionWrong:
            if times.intake(event) is Intake.CLOSED:
                raise EventClosed from None  # nothing there is worth correcting any more
            raise
        return await self._intake.submit(slug, Keyed(key, submission, Source.PHONE))

    async def _form_again(self, request: Request, form: AskForm, refusal: Refusal) -> Response:
        if isinstance(refusal, KeyReused | KeyMissing):
            form = replace(form, key=forms.new_key())
        try:
            return await self._form_page(request, form, refusal=refusal)
        except Refusal as second:
            return _apology(request, second)

    async def _form_page(
        self, request: Request, form: AskForm, *, refusal: Refusal | None = None
    ) -> Response:
        snapshot = await self._snapshot(_slug(request))
        language = language_of(request)
        return _page(
            request,
            "ask.html",
            refusal=refusal,
            event=snapshot.event,
            held_at=times.local(snapshot.event.held_at, snapshot.event),
            privacy=consent.paragraphs(language),
            agreement=consent.agreement(language),
            form=form,
            errors=forms.errors(refusal, language),
            notice=forms.notice(refusal, language),
            personal_is_open=forms.has_personal(form, refusal),
            is_open=times.intake(snapshot.event) is not Intake.CLOSED,
            reopens_at=times.reopens_at(snapshot.event),
            longest=submissions.LONGEST,
            personal=words.submissions.personal(language),
            replies=snapshot.counts[Status.REPLIED],
            questions=list(board.shown(snapshot)),
            labels=outcomes.labels(language),
            votable=board.VOTABLE,
            script=script.data(snapshot, language),
        )

    async def _snapshot(self, slug: str) -> Snapshot:
        """Return the newest snapshot, or the last one seen while the database does not answer."""
        try:
            self._seen[slug] = await threads.for_reading(snapshots.current, slug)
        except UnknownEvent:
            self._seen.pop(slug, None)
            raise
        except (engine.Failure, NotNow) as error:
            _repeated.error(f"the snapshot of {slug} could not be read: {engine.reason(error)}")
            if slug not in self._seen:
                raise NotNow from None
        return self._seen[slug]


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


def _slug(request: Request) -> str:
    slug: str = request.path_params["slug"]
    if not slug.isprintable():
        raise UnknownEvent  # PostgreSQL takes no NUL, so it need not be asked
    return slug
