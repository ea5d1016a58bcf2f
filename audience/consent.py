"""The privacy notice: what an asker reads, agrees to, and what is kept of that."""

from functools import cache

import locales
import settings
from locales import Language


def paragraphs(language: Language) -> list[str]:
    """Return the notice, a paragraph a purpose."""
    _ = language.gettext
    days = language.number(settings.current().keep_contacts_days)
    return [
        _(
            "Your question, district and topic go to the leaders and departments that answer. "
            "They may be read out in the hall and published."
        ),
        _(
            "Name, contact and organisation are up to you. They are kept apart from the question. "
            "Your name and organisation are read by those who lead the dialogue, and in the hall "
            "only if you tick it; your contact is used only if you tick that."
        ),
        _(
            "They are erased {days} days after the event. With the code of your question you can "
            "see and erase them at any time before; the organisers correct them for you."
        ).format(days=days),
    ]


def agreement(language: Language) -> str:
    """Return what stands beside the box that an asker ticks."""
    return language.gettext("I have read this and agree.")


@cache
def texts() -> dict[str, str]:
    """Return what is kept of it, by language."""
    languages = [locales.language(code) for code in locales.CODES]
    return {each.code: "\n".join([*paragraphs(each), agreement(each)]) for each in languages}
