"""How a server's process begins: forked off one that has already imported what it needs."""

import ast
import os
import resource
import runpy
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

# What the framework and the first page import later than `app.py` does.
_LATER = ("streamlit.web.cli", "streamlit.web.bootstrap", "pandas", "pyarrow")


def imported_by(script: Path) -> list[str]:
    """Name the modules that a script imports; some of the names are of what is in a module."""
    names = list(_LATER)
    for each in ast.walk(ast.parse(script.read_text(encoding="utf-8"))):
        if isinstance(each, ast.Import):
            names += [alias.name for alias in each.names]
        if isinstance(each, ast.ImportFrom):
            names += [f"{each.module}.{alias.name}" for alias in each.names]
    return names


def run(
    command: Sequence[str],
    folder: Path,
    environment: Mapping[str, str],
    out: Path,
    errors: Path,
    files: tuple[int, int] | None,
) -> None:
    """Become `python -m` with this command, that writes to these files, or to one."""
    for descriptor, file in ((1, out), (2, errors)):
        opened = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o666)
        os.dup2(opened, descriptor)
    sys.stdout = os.fdopen(1, "w", buffering=1)
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(folder)
    if files is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, files)
    sys.argv = list(command)
    runpy.run_module(command[0], run_name="__main__", alter_sys=True)
