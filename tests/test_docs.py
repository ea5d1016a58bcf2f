"""What the documents say is what the code does."""

import re
from pathlib import Path

import pytest

import settings
from dialogue import replies
from dialogue.lifecycle import TRANSITIONS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_lifecycle_is_printed_as_it_is_enforced() -> None:
    section = text("docs/architecture.md").split("## Lifecycle")[1].split("\n## ")[0]
    printed = [
        tuple(re.findall(r"`([a-z_]+)`", row))
        for row in section.splitlines()
        if row.startswith("| `")
    ]

    assert printed == [
        (each.action, each.origin, each.target, *sorted(each.roles)) for each in TRANSITIONS
    ]


def test_the_way_of_a_reply_is_printed_as_it_is_enforced() -> None:
    section = text("docs/architecture.md").split("## Written replies")[1].split("\n## ")[0]
    printed = [
        tuple(re.findall(r"`([a-z_]+)`", row))
        for row in section.splitlines()
        if row.startswith("| `")
    ]

    assert printed == [
        (each.action, each.origin, each.target, *sorted(each.roles)) for each in replies.TRANSITIONS
    ]


def test_every_setting_is_in_the_readme() -> None:
    for name, field in settings.Settings.model_fields.items():
        variable = field.validation_alias or f"DIALOGUE_{name.upper()}"
        assert f"`{variable}`" in text("README.md")


def test_every_command_of_the_readme_exists() -> None:
    targets = set(re.findall(r"^([a-z-]+):", text("Makefile"), re.MULTILINE))

    assert set(re.findall(r"`make ([a-z-]+)", text("README.md"))) <= targets
    assert {"run", "test", "bench", "rehearse"} <= targets


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_of_a_document_leads_somewhere(document: Path) -> None:
    for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", document.read_text("utf-8")):
        assert (document.parent / target).exists(), target
