"""What Python and the browser tell each other is declared once, in Python."""

from tests import messages


def test_the_declarations_for_the_browser_are_those_of_python() -> None:
    declared = dict(messages.declared())
    written = {each: each.read_text("utf-8") for each in messages.written()}

    assert written == declared, "write them again: python -m tests.messages"
