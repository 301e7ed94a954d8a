"""The modules of a program's own that it imports, as texts: what goes along when it is run where its folder cannot be read.

Those are files of the project, and of packages that are installed to be edited. Texts that are open in the editor count as they
are there.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shapewright.interpreter.run import Find, Imported
from shapewright.syntax.source import Source
from shapewright.workspace.packages import is_installed

MOST_MODULES = 300
MOST_TEXT = 4_000_000
"""No more modules, and no more characters, go along."""


@dataclass(frozen=True)
class OwnModule:
    """The text of a module; the body of a package's `__init__.py`."""

    text: str
    is_package: bool = False


def own_modules(source: Source, path: str, find: Find) -> dict[str, OwnModule]:
    """The modules that a program imports, directly or not, by the name under which Python knows them."""
    found: dict[str, OwnModule] = {}
    waiting = [(source, path, "")]  # a text, its file, and the package that it belongs to
    characters = 0
    while waiting:
        importer, file, package = waiting.pop()
        for level, name, absolute in _imports(importer, package):
            if absolute in found or len(found) >= MOST_MODULES:
                continue
            module = find(file, level, name)
            if module is None or is_installed(Path(module.path)):
                continue
            text = module.source.parsed_text()
            characters += len(text)
            if characters > MOST_TEXT:
                return found
            own = OwnModule(text, _is_package(module))
            found[absolute] = own
            waiting.append((module.source, module.path, absolute if own.is_package else absolute.rpartition(".")[0]))
    return found


def _imports(source: Source, package: str) -> Iterator[tuple[int, str, str]]:
    """What a text imports: level and name as the import has them, and the whole name.

    `from a.b import c` may mean the module `a.b.c`, and `a` and `a.b` are imported for it.
    """
    for chunk in source.chunks:
        for node in ast.walk(chunk.tree):
            if isinstance(node, ast.Import):
                for alias in node.names:
                    yield from ((0, name, name) for name in _prefixes(alias.name))
            elif isinstance(node, ast.ImportFrom):
                base = _base(package, node.level)
                if base is None:
                    continue
                names = [*_prefixes(node.module or ""), *(_joined(node.module, alias.name) for alias in node.names)]
                yield from ((node.level, name, _joined(base, name)) for name in names)
                # The packages on the way there are imported, too.
                yield from ((0, name, name) for name in _prefixes(base))


def _base(package: str, level: int) -> str | None:
    """The package that the dots of an import mean; `None` where they lead out of what is known.

    >>> _base("a.b", 0), _base("a.b", 1), _base("a.b", 2), _base("", 1)
    ('', 'a.b', 'a', None)
    """
    parts = package.split(".") if package else []
    if level == 0:
        return ""
    return ".".join(parts[: len(parts) - level + 1]) if 0 < level <= len(parts) else None


def _prefixes(name: str) -> list[str]:
    """
    >>> _prefixes("a.b.c")
    ['a', 'a.b', 'a.b.c']
    """
    parts = name.split(".") if name else []
    return [".".join(parts[: n + 1]) for n in range(len(parts))]


def _joined(first: str | None, second: str) -> str:
    return ".".join(part for part in (first, second) if part and part != "*")


def _is_package(module: Imported) -> bool:
    return Path(module.path).name == "__init__.py"
