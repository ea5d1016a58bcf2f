"""What the parts of the review are called in a language."""

from functools import cache

from dialogue.annotations import Subject
from locales import Language


@cache
def subjects(language: Language) -> dict[str, str]:
    """Name what an annotation can be on, by the values of `Subject`, as the review heads it."""
    _ = language.gettext
    return {
        Subject.DISTRICTS: _("By district"),
        Subject.WAITING: _("Waiting now"),
        Subject.TOPICS: _("By topic"),
        Subject.TIME: _("Over time"),
        Subject.BALANCE: _("Balance of voice"),
        Subject.MATRIX: _("District and topic"),
        Subject.PATH: _("The path of the questions"),
        Subject.REPLAY: _("Replay"),
        Subject.DELAYS: _("How long questions waited"),
        Subject.PACE: _("The desk's pace"),
        Subject.SOURCES: _("Phones, portal and paper"),
        Subject.TERMS: _("Terms"),
        Subject.OUTCOMES: _("Without an outcome yet"),
        Subject.COMPARISON: _("Comparison"),
    }
