"""Writes what Python and the browser tell each other as declarations for the browser's half.

`python -m tests.messages` writes a `messages.d.ts` beside each component's script, from the types
that its package declares: every TypedDict and every union of such. `make lint` checks scripts
against these, and `tests/test_messages.py` that they are up to date.
"""

import importlib
import inspect
import os
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from types import ModuleType, NoneType, UnionType
from typing import Any, Literal, NotRequired, Union, get_args, get_origin, is_typeddict

import locales
import words.followup
from components.chair import view
from components.desk.stage_control import labels as control
from components.questions import labels as board
from locales import Language

ROOT = Path(__file__).parents[1]
# What has scripts.
FOLDERS = (ROOT / "audience", ROOT / "components", ROOT / "web")
HEAD = "// Written by `python -m tests.messages` from the types beside it: change those.\n"
# What a component may say, by the function that names it all: so a script can ask for no other.
LABELS: Mapping[str, Callable[[Language], Mapping[str, str]]] = {
    "components.chair.tablet": view.labels,
    "components.questions.question_board": board.board_labels,
    "components.followup.reply_form": words.followup.form,
    "components.desk.stage_control": control.control_labels,
}
PLAIN: Mapping[Any, str] = {
    str: "string",
    int: "number",
    float: "number",
    bool: "boolean",
    NoneType: "null",
    None: "null",
    Any: "unknown",
    object: "unknown",
}


def written() -> list[Path]:
    """List the files that are there."""
    return sorted(path for folder in FOLDERS for path in folder.rglob("messages.d.ts"))


def declared() -> Iterator[tuple[Path, str]]:
    """Give each file with what is to stand in it."""
    for package in (path.parent for folder in FOLDERS for path in folder.rglob("__init__.py")):
        if text := declarations(package):
            yield package / "messages.d.ts", text


def declarations(folder: Path) -> str:
    """Return what the modules of a folder declare; nothing where nothing is sent."""
    modules = [importlib.import_module(_module(each)) for each in sorted(folder.glob("*.py"))]
    blocks = [block for module in modules for block in _blocks(module)]
    return "\n".join([HEAD, *blocks]) if blocks else ""


def _blocks(module: ModuleType) -> Iterator[str]:
    for name, each in vars(module).items():
        if name.startswith("_"):
            continue
        if is_typeddict(each) and getattr(each, "__module__", None) == module.__name__:
            yield _interface(each, module)
        elif _home(each) == module.__name__:
            yield f"export type {name} = {_union(get_args(each), module)};\n"
    if module.__name__ in LABELS:
        known = LABELS[module.__name__](locales.language(locales.DEFAULT))
        yield f"export type Labels = Record<{_literals(sorted(known))}, string>;\n"


def _module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if path.stem == "__init__" else parts)


def _interface(each: Any, module: ModuleType) -> str:
    doc = "".join(f" * {line}".rstrip() + "\n" for line in (inspect.getdoc(each) or "").split("\n"))
    fields = "".join(
        f"  {name}{'' if name in each.__required_keys__ else '?'}: {_field(name, kind, module)};\n"
        for name, kind in inspect.get_annotations(each, eval_str=True).items()
    )
    return f"/**\n{doc} */\nexport interface {each.__name__} {{\n{fields}}}\n"


def _field(name: str, kind: Any, module: ModuleType) -> str:
    if name == "labels" and module.__name__ in LABELS:
        return "Labels"
    return _type(kind, module)


def _type(kind: Any, module: ModuleType) -> str:
    """Return a type of Python's as the browser's half writes it."""
    if kind in PLAIN:
        return PLAIN[kind]
    origin, inside = get_origin(kind), get_args(kind)
    if is_typeddict(kind):
        return _reference(kind.__name__, kind.__module__, module)
    if origin is NotRequired:
        return _type(inside[0], module)
    if home := _home(kind):
        names = [name for name, each in vars(sys.modules[home]).items() if each == kind]
        return _reference(names[0], home, module)
    if origin in (UnionType, Union):
        return _union(inside, module)
    if origin is Literal:
        return _literals(inside)
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _literals([each.value for each in kind])
    if origin is tuple:
        return f"[{', '.join(_type(each, module) for each in inside)}]"
    if origin in (list, Sequence):
        element = _type(inside[0], module)
        return f"({element})[]" if " | " in element else f"{element}[]"
    if origin in (dict, Mapping):
        return f"Record<{_type(inside[0], module)}, {_type(inside[1], module)}>"
    raise TypeError(f"{module.__name__} tells the browser of {kind}")


def _union(kinds: Sequence[Any], module: ModuleType) -> str:
    return " | ".join(_type(each, module) for each in kinds)


def _literals(values: Sequence[str]) -> str:
    return " | ".join(f'"{each}"' for each in values)


def _home(kind: object) -> str | None:
    """Return the module of a named union, all of whose types are declared there."""
    inside = get_args(kind) if isinstance(kind, UnionType) else ()
    homes = {each.__module__ for each in inside if is_typeddict(each)}
    return homes.pop() if len(homes) == 1 and all(map(is_typeddict, inside)) else None


def _reference(name: str, home: str, module: ModuleType) -> str:
    here, there = _folder(module.__name__), _folder(home)
    if here == there:
        return name
    place = os.path.relpath(there, here)
    path = place if place.startswith(".") else f"./{place}"
    return f'import("{path}/messages.js").{name}'


def _folder(module: str) -> Path:
    path = ROOT.joinpath(*module.split("."))
    return path if path.is_dir() else path.parent


if __name__ == "__main__":
    for path in written():
        path.unlink()
    for path, text in declared():
        path.write_text(text, encoding="utf-8")
