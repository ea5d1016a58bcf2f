"""What askers are asked of themselves, as a phone says it and as the desk does."""

from typing import NamedTuple

from locales import Language


class FieldWords(NamedTuple):
    """A field's name on a phone and at the desk; `hint` stands beside it on a phone.

    `autocomplete` is what a browser may fill in, by the names of the HTML standard.
    """

    asked: str
    typed: str
    hint: str = ""
    autocomplete: str = "off"


def personal(language: Language) -> dict[str, FieldWords]:
    """Return the words of each field of `submissions.PERSONAL`, in the order of the form."""
    _ = language.gettext
    return {
        "name": FieldWords(_("Your name"), _("Name"), autocomplete="name"),
        "organisation": FieldWords(
            _("School, workplace or group"), _("Organisation"), autocomplete="organization"
        ),
        "contact": FieldWords(_("Phone number or e-mail"), _("Contact")),
        "show_name": FieldWords(
            _("Show my name with the question"),
            _("The asker agrees to be named"),
            hint=_("If you are under 16, ask your parents or guardian first."),
        ),
        "contact_me": FieldWords(
            _("Contact me with the answer"), _("The asker wants to be contacted")
        ),
    }
