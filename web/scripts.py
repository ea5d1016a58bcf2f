"""Puts a module for the browser together with those it imports.

The framework gives a component's script to the browser as one text without an address, from which
no other could be imported; and a phone far from the Wi-Fi waits for one file, not for ten.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import \{([^}]+)\} from "(.+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:class|const|function) (\w+))", re.MULTILINE)


def bundle(module: Path) -> str:
    """Return a module after all that it imports, each once and with a scope of its own.

    What a module exports by name, it declares there: `export class`, `const` or `function`. No two
    import each other.
    """
    imported: dict[Path, str] = {}
    text = _linked(module, imported)
    return "".join([*imported.values(), text])


def _linked(module: Path, imported: dict[Path, str]) -> str:
    """Return a module's text with its imports taken from what stands before it."""

    def take(found: re.Match[str]) -> str:
        names, place = found.groups()
        path = (module.parent / place).resolve()
        if path not in imported:
            scope = _scope(path, imported)
            imported[path] = f"const $module{len(imported)} = {scope};\n"
        taken = names.replace(" as ", ": ")
        return f"const {{{taken}}} = $module{list(imported).index(path)};\n"

    return _IMPORT.sub(take, module.read_text(encoding="utf-8"))


def _scope(module: Path, imported: dict[Path, str]) -> str:
    text = _linked(module, imported)
    exported = ", ".join(_EXPORT.findall(text))
    return f"(() => {{\n{_EXPORT.sub('', text)}return {{ {exported} }};\n}})()"
