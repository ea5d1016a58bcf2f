"""What says on each page that it is a rehearsal, and where its pages and the real ones are."""

from urllib.parse import urlencode

from components.shell import session_language
from locales import Language


def mark(language: Language) -> str:
    """Return the words that mark every screen of a rehearsal."""
    return language.gettext("REHEARSAL – not real questions")


def address(place: str, slug: str) -> str:
    """Return the address of an event's page, to be loaded anew.

    What a page still holds of the real event must not meet the rehearsal, nor the other way.
    """
    return f"/{place}?{urlencode({'event': slug, 'lang': session_language.current().code})}"
