"""What the documents say is what the code does."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest

import settings
from dialogue import replies
from dialogue.event_keys import LISTS
from dialogue.events import Department, District, Part, Reason, Topic
from dialogue.lifecycle import TRANSITIONS

ROOT = Path(__file__).parent.parent
DOCUMENTS = [*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("*/README.md")]
FOLDERS = {
    *tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"][
        "root_packages"
    ],
    *("deploy", "docs", "events", "tests"),
}
# What an operator makes.
MADE_LATER = {".streamlit/secrets.toml"}


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def test_the_lifecycle_is_printed_as_it_is_enforced() -> None:
    section = text("docs/places/questions.md").split("## Lifecycle")[1].split("\n## ")[0]
    printed = [
        tuple(re.findall(r"`([a-z_]+)`", row))
        for row in section.splitlines()
        if row.startswith("| `")
    ]

    assert printed == [
        (each.action, each.origin, each.target, *sorted(each.roles)) for each in TRANSITIONS
    ]


def test_the_way_of_a_reply_is_printed_as_it_is_enforced() -> None:
    section = text("docs/places/followup.md").split("## Written replies")[1].split("\n## ")[0]
    printed = [
        tuple(re.findall(r"`([a-z_]+)`", row))
        for row in section.splitlines()
        if row.startswith("| `")
    ]

    assert printed == [
        (each.action, each.origin, each.target, *sorted(each.roles)) for each in replies.TRANSITIONS
    ]


def test_each_field_of_a_catalogue_may_stand_in_an_event_file_and_is_described() -> None:
    described = text("docs/event-files.md")
    for name, entry in (
        *(("districts", District), ("departments", Department), ("topics", Topic)),
        *(("reasons", Reason), ("rundown", Part)),
    ):
        [row] = [line for line in described.splitlines() if line.startswith(f"| `[[{name}]]`")]
        assert set(LISTS[name]) == {each.name for each in fields(entry)}, name
        assert set(LISTS[name]) <= set(re.findall(r"`(\w+)`", row)), name


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


def paths(document: str) -> set[str]:
    """List what is named in backticks as a file or a folder of ours, but no pattern of several."""
    prose = re.sub(r"^```.*?^```$", "", document, flags=re.DOTALL | re.MULTILINE)
    named = re.findall(r"`([\w.-]+/[\w./-]*)`", prose)
    ours = (".js", ".md", ".py", ".toml")
    return {each for each in named if each.endswith(ours) or each.split("/")[0] in FOLDERS}


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_path_that_a_document_names_is_there(document: Path) -> None:
    named = paths(document.read_text("utf-8")) - MADE_LATER

    assert [each for each in sorted(named) if not (ROOT / each).exists()] == []


def test_paths_are_told_from_addresses_and_patterns() -> None:
    document = "`pages/desk.py` `/desk/x` `events/…toml` `desk/x.js` `live/`\n```\n`a/b.py`\n```"

    assert paths(document) == {"pages/desk.py", "desk/x.js", "live/"}
