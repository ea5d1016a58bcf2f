"""Words that were retired stay so, and the glossary says what the screens say."""

import re
import tokenize
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
OTHERS = frozenset({".venv", "build", "mutants", "node_modules", "var"})
RETIRED = frozenset(
    {
        *("deed", "deeds", "Deed", "Deeds", "DEEDS"),
        *("Said", "spoken", "Spoken", "Looking", "glance", "Glance", "Drawn"),
        *("promises", "Promises"),
    }
)
# In scripts they mean something else: a list of questions, and what the language itself has.
RETIRED_IN_PYTHON = RETIRED | {"looking", "Board", "boards", "Promise", "Press"}
# Files hold charts as pictures; a screen has scenes.
RETIRED_ON_PAGES = frozenset({"picture", "pictures"})


def retired_in(path: Path, words: frozenset[str]) -> frozenset[str]:
    """Return the retired words of a file: some are so on pages only."""
    is_of_pages = path.relative_to(ROOT).parts[0] == "components"
    return words | RETIRED_ON_PAGES if is_of_pages else words


# What a component is given and sends: each is known by its component's name.
OF_A_COMPONENT = frozenset({"Data", "Frame", "Sent", "Words"})


def files(ending: str) -> Iterator[Path]:
    for path in sorted(ROOT.rglob(f"*{ending}")):
        if not OTHERS & set(path.relative_to(ROOT).parts) and path != Path(__file__):
            yield path


def names(path: Path) -> Iterator[tuple[int, str]]:
    """Give the retired names of a module, also in quotes, as a test's parameter may be named."""
    with path.open("rb") as file:
        for token in tokenize.tokenize(file.readline):
            retired = {tokenize.NAME: RETIRED_IN_PYTHON, tokenize.STRING: RETIRED}
            words = retired_in(path, retired.get(token.type, frozenset()))
            if token.type in retired and token.string.strip("\"'") in words:
                yield token.start[0], token.string


def words(path: Path) -> Iterator[tuple[int, str]]:
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        for word in re.findall(r"\w+", line):
            yield number, word


def test_no_name_in_python_is_a_retired_word() -> None:
    assert [
        f"{path.relative_to(ROOT)}:{line} {name}"
        for path in files(".py")
        for line, name in names(path)
    ] == []


def test_no_script_has_a_retired_word() -> None:
    assert [
        f"{path.relative_to(ROOT)}:{line} {word}"
        for ending in (".js", ".d.ts")
        for path in files(ending)
        for line, word in words(path)
        if word in retired_in(path, RETIRED)
    ] == []


def test_no_two_types_have_one_name() -> None:
    found: dict[str, list[str]] = {}
    for path in files(".py"):
        folder = str(path.parent.relative_to(ROOT))
        if not folder.startswith("tests"):
            for name in re.findall(r"^class ([A-Z]\w+)", path.read_text("utf-8"), re.MULTILINE):
                found.setdefault(name, []).append(f"{folder}/{path.name}")

    twice = {name: places for name, places in found.items() if len(places) > 1}
    assert {name: each for name, each in twice.items() if name not in OF_A_COMPONENT} == {}


def test_nothing_is_sent_under_a_retired_word() -> None:
    """What is said of a command is a notice, and what a list shows are words."""
    assert [
        f"{path.relative_to(ROOT)}: {field}"
        for path in files("messages.d.ts")
        for field in re.findall(r"^  (\w+)\??: ", path.read_text("utf-8"), re.MULTILINE)
        if field in RETIRED | RETIRED_ON_PAGES | {"said"}
    ] == []


def test_the_glossary_says_what_the_screens_say() -> None:
    glossary = (ROOT / "docs" / "glossary.md").read_text("utf-8").split("\n## ")[0]
    catalogue = (ROOT / "locales/vi/LC_MESSAGES/messages.po").read_text("utf-8").casefold()
    rows = [row.split(" | ") for row in glossary.splitlines() if row.startswith("| ")][1:]
    said = [word for row in rows for word in row[2].split("; ") if word != "–"]

    assert len(said) > len(rows) / 2
    assert [word for word in said if word.casefold() not in catalogue] == []
