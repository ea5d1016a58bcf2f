"""The form without a script: what somebody typed, and what it is given back with."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs

from starlette.requests import Request

from audience.script import send_again
from dialogue.refusals import KeyReused, Refusal, SubmissionWrong
from dialogue.submissions import BOXES, LONGEST, PERSONAL
from locales import Language
from web import bodies, problems
from web.problems import KeyMissing, Malformed, WrongType

# A form writes most Vietnamese letters as nine bytes for the three that JSON needs, so the
# limit of the contract is three times as long here. It leaves room to give a text that is far
# too long back to its author.
MOST_FORM_BYTES = 3 * bodies.MOST_BYTES
MOST_FORM_FIELDS = 30
_TEXTS = ("text", "district", "topic", *LONGEST)
_BOXES = (*BOXES, "consent")


def new_key() -> str:
    """Make the key under which a form is sent."""
    return secrets.token_urlsafe(24)


@dataclass(frozen=True, slots=True)
class AskForm:
    """What somebody typed, by the fields' names, and the key under which it is sent."""

    typed: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default_factory=new_key)

    def fields(self) -> dict[str, Any]:
        """Return what `submissions.read` checks."""
        texts = {name: self.typed.get(name, "") for name in _TEXTS}
        return {**texts, **{name: name in self.typed for name in _BOXES}}


async def read(request: Request) -> AskForm:
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
    return AskForm(typed, received.get("key", [""])[-1])


def errors(refusal: Refusal | None, language: Language) -> dict[str, str]:
    """Return what is wrong with a form, by field."""
    if not isinstance(refusal, SubmissionWrong):
        return {}
    told = problems.messages(refusal, language)
    return {each.field: message for each, message in zip(refusal.errors, told, strict=True)}


def has_personal(form: AskForm, refusal: Refusal | None) -> bool:
    """Tell whether the folded part of the form holds anything to see."""
    wrong = (
        {each.field for each in refusal.errors} if isinstance(refusal, SubmissionWrong) else set()
    )
    return any(form.typed.get(name) or name in wrong for name in PERSONAL)


def notice(refusal: Refusal | None, language: Language) -> str:
    """Say why a form comes back, where no field of it is wrong."""
    if refusal is None or isinstance(refusal, SubmissionWrong):
        return ""
    if isinstance(refusal, KeyReused):
        return send_again(language)
    if isinstance(refusal, KeyMissing):
        return language.gettext("The form arrived incomplete. Please press Send again.")
    return language.gettext(refusal.message).format(**refusal.values)
