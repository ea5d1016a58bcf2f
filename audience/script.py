"""What the phone page's script is told, every word of it in the page's language."""

from collections.abc import Mapping, Sequence
from typing import TypedDict

from audience import board, outcomes
from data_access.questions.cached.snapshots import Snapshot
from dialogue import submissions
from dialogue.lifecycle import Status
from locales import Language
from web.addresses import base


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


def data(snapshot: Snapshot, language: Language, *, code: str | None = None) -> Page:
    """Return what the script of an event's page is told; `code` is that of a receipt."""
    event = snapshot.event
    shown = [each.number for each in board.shown(snapshot)]
    return Page(
        base=base(),
        slug=event.slug,
        code=code,
        language=language.code,
        revision=snapshot.revision,
        oldest=shown[-1] if len(shown) == board.MOST_SHOWN else 0,
        votable=board.VOTABLE,
        shortest_text=submissions.SHORTEST_TEXT,
        longest_text=submissions.LONGEST_TEXT,
        districts={each.code: each.short_name for each in event.districts},
        topics={each.code: language.pick(each.name, each.name_en) for each in event.topics},
        reasons=outcomes.reasons(event, language),
        labels=outcomes.labels(language),
        outcomes=outcomes.outcomes(language),
        words=_words(language),
    )


def send_again(language: Language) -> str:
    """Say that the form's key was used already, by the page before this one."""
    return language.gettext(
        "A question was already sent from this form. To send this one as well, press Send again."
    )


def _words(language: Language) -> Words:
    _, ngettext = language.gettext, language.ngettext
    return Words(
        sending=_("Sending…"),
        resending=_("Sending again… your question is still safe on this phone."),
        stopped=_("Stopped. Your question is still here: change it, or press Send again."),
        restored=_("This is what you had written. It has not been sent yet."),
        again=send_again(language),
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
