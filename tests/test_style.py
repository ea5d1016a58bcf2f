"""Modules stay short enough to read in one go."""

from pathlib import Path

ROOT = Path(__file__).parent.parent
# What is not ours, and tests: a table of many cases of one thing may be long.
OTHERS = frozenset({".venv", "build", "mutants", "node_modules", "var", "test-results", "tests"})
MOST_LINES = 400
# Written by a program, or once and never again.
EXCEPTED = ("data_access/migrations/versions/*", "messages.d.ts")


def modules() -> list[Path]:
    found = [
        each.relative_to(ROOT)
        for ending in ("*.py", "*.js", "*.ts", "*.css")
        for each in ROOT.rglob(ending)
    ]
    ours = [each for each in found if not OTHERS & set(each.parts)]
    return [each for each in ours if not any(each.match(one) for one in EXCEPTED)]


def test_no_module_is_longer_than_one_reads() -> None:
    lines = {str(each): len((ROOT / each).read_text("utf-8").splitlines()) for each in modules()}

    assert len(lines) > 300
    assert {name: count for name, count in lines.items() if count > MOST_LINES} == {}
