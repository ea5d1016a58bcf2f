"""Refusals as RFC 9457 problem documents, in the caller's language."""

from collections.abc import Sequence
from typing import NotRequired, TypedDict

from starlette.requests import Request
from starlette.responses import JSONResponse

from dialogue import refusals
from dialogue.refusals import FieldsWrong, Refusal
from locales import Language, preferred

RETRY_AFTER_SECONDS = 2
MEDIA_TYPE = "application/problem+json"


class Malformed(Refusal):
    """The request body is not a JSON object in UTF-8."""


class KeyMissing(Refusal):
    """The header Idempotency-Key is required: up to 200 visible ASCII characters."""


class TooLarge(Refusal):
    """The request is too large."""


class WrongType(Refusal):
    """The request body must be application/json."""


class OtherSite(Refusal):
    """This request came from another site."""


class UnknownAddress(Refusal):
    """There is nothing at this address."""


class WrongMethod(Refusal):
    """This address does not take such a request."""


class Broken(Refusal):
    """Something went wrong here. It has been recorded; please try again."""


class Unmarked(Refusal):
    """Your phone has just been given its mark for voting. Please press once more."""


class TooMany(Refusal):
    """Too many requests at once. Please try again in {seconds} seconds."""


STATUSES: dict[type[Refusal], int] = {
    Malformed: 400,
    KeyMissing: 400,
    OtherSite: 403,
    refusals.NotPermitted: 403,
    refusals.SignInRefused: 401,
    refusals.UnknownEvent: 404,
    refusals.NotPractice: 409,
    refusals.UnknownAccount: 404,
    refusals.LinkUsed: 404,
    refusals.AddressTaken: 409,
    refusals.LastAdmin: 409,
    refusals.TooManyAttempts: 429,
    refusals.UnknownQuestion: 404,
    UnknownAddress: 404,
    WrongMethod: 405,
    refusals.EventClosed: 409,
    refusals.EventPaused: 409,
    refusals.KeyReused: 422,
    refusals.UnknownReason: 422,
    refusals.UnknownEntry: 422,
    refusals.EntriesInUse: 409,
    refusals.WrongMergeTarget: 422,
    refusals.WrongText: 422,
    refusals.WrongDue: 422,
    refusals.WrongSplit: 422,
    refusals.Flagged: 409,
    refusals.ReplyChanged: 409,
    refusals.UnknownAnnotation: 404,
    refusals.UnknownBurst: 404,
    refusals.AnotherAccount: 409,
    refusals.AnnotationChanged: 409,
    refusals.NoReply: 409,
    refusals.Held: 409,
    refusals.NothingArmed: 409,
    refusals.ArmedAnew: 409,
    refusals.RundownMoved: 409,
    refusals.NobodyAsks: 409,
    refusals.NothingComing: 409,
    refusals.NothingToUndo: 409,
    refusals.Overtaken: 409,
    TooLarge: 413,
    Unmarked: 409,
    WrongType: 415,
    FieldsWrong: 422,
    TooMany: 429,
    Broken: 500,
    refusals.NotNow: 503,
}


def response(request: Request, refusal: Refusal) -> JSONResponse:
    """Answer a refusal with its problem document."""
    language = preferred(request.headers.get("accept-language", ""))
    return JSONResponse(
        document(refusal, language),
        status_code=status_of(refusal),
        headers={"Content-Language": language.code, "Cache-Control": "no-store"},
        media_type=MEDIA_TYPE,
    )


def waiting(refusal: Refusal) -> dict[str, str]:
    """Return the header that says when to come again, where it is worth a try."""
    if status_of(refusal) not in (429, 503):
        return {}
    return {"Retry-After": str(refusal.values.get("seconds", RETRY_AFTER_SECONDS))}


def status_of(refusal: Refusal) -> int:
    """Return the HTTP status of a refusal."""
    return status_of_kind(type(refusal))


def status_of_kind(kind: type[Refusal]) -> int:
    """Return the HTTP status of a kind of refusal, that of its nearest ancestor in the table."""
    return next(STATUSES[each] for each in kind.__mro__ if each in STATUSES)


class FieldProblem(TypedDict):
    """What is wrong with a field."""

    field: str
    message: str


class Problem(TypedDict):
    """A problem document, in the caller's language."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[Sequence[FieldProblem]]


def document(refusal: Refusal, language: Language) -> Problem:
    """Return the problem document of a refusal."""
    name = type(refusal).__name__
    problem = Problem(
        type=f"urn:doi-thoai:problem:{name}",
        title=language.gettext(refusal.message).format(**refusal.values),
        status=status_of(refusal),
        detail=language.gettext(refusal.message).format(**refusal.values),
    )
    if isinstance(refusal, FieldsWrong):
        problem["errors"] = [
            FieldProblem(field=each.field, message=message)
            for each, message in zip(refusal.errors, messages(refusal, language), strict=True)
        ]
        problem["detail"] = " ".join(messages(refusal, language))
    return problem


def messages(refusal: FieldsWrong, language: Language) -> list[str]:
    """Say what is wrong with each field."""
    return [
        language.gettext(each.message).format(
            **{name: language.number(value) for name, value in each.values}
        )
        for each in refusal.errors
    ]
