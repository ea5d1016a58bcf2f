"""The two languages of the screens: words from gettext catalogues, numbers and dates from CLDR."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path

from babel import Locale
from babel.dates import format_date
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

FOLDER = Path(__file__).parent
CODES = ("vi", "en")
DEFAULT = "vi"


@dataclass(frozen=True, slots=True)
class Language:
    """A language of the screens; `code` is one of `CODES`."""

    code: str
    translations: NullTranslations = field(repr=False, compare=False)
    locale: Locale = field(repr=False, compare=False)

    def gettext(self, message: str) -> str:
        """Return the words for an English message."""
        return self.translations.gettext(message)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """Return the words for a counted English message."""
        return self.translations.ngettext(singular, plural, count)

    def pick(self, vietnamese: str, english: str) -> str:
        """Return one of two texts of the event's own data, Vietnamese where English is empty."""
        return english if self.code == "en" and english else vietnamese

    def number(self, value: float, *, decimals: int = 0) -> str:
        """Write a number with this language's separators: 1.234,5 in Vietnamese."""
        pattern = "#,##0" + ("." + "0" * decimals if decimals else "")
        return format_decimal(value, format=pattern, locale=self.locale)

    def date(self, value: date) -> str:
        """Write a day: 10/11/2022 in Vietnamese, 10 Nov 2022 in English."""
        pattern = "dd/MM/yyyy" if self.code == "vi" else "d MMM y"
        return format_date(value, pattern, locale=self.locale)

    def time(self, value: datetime) -> str:
        """Write the hour and minute of an aware time in the zone it carries."""
        return f"{value:%H:%M}"

    def date_time(self, value: datetime) -> str:
        """Write the hour, minute and day of an aware time in the zone it carries."""
        return f"{self.time(value)} {self.date(value)}"


def language(code: str) -> Language:
    """Return the language of a code, the default one for a code we do not speak."""
    return _language(code if code in CODES else DEFAULT)


def preferred(accept_language: str) -> Language:
    """Return the language that an `Accept-Language` header asks for, else the default one."""
    weighed = []
    for position, part in enumerate(accept_language.split(",")):
        tag, _, weight = part.strip().partition(";q=")
        code = tag.split("-")[0].lower()
        try:
            weighed.append((-float(weight or 1), position, code))
        except ValueError:
            continue
    return language(next((code for _, _, code in sorted(weighed) if code in CODES), DEFAULT))


@cache
def _language(code: str) -> Language:
    return Language(code, _translations(code), Locale(code))


def _translations(code: str) -> NullTranslations:
    path = FOLDER / code / "LC_MESSAGES" / "messages.po"
    if not path.exists():
        return NullTranslations()  # English is the language of the messages themselves
    with path.open("rb") as file:
        catalogue = read_po(file, locale=code)
    compiled = BytesIO()
    write_mo(compiled, catalogue)
    compiled.seek(0)
    return GNUTranslations(compiled)
