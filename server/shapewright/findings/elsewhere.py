"""Names that come from other files of the project, followed to where those make them.

Only a name that is used once in the project, as far as is known, is followed: an edit in another file must not change what a
third one means.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from shapewright.interpreter.facts import Facts
from shapewright.syntax.chunk import Chunk
from shapewright.syntax.source import Source

UsedElsewhere = Callable[[str, str, str], bool]
"""Whether other files of the project than these two use a name of a file: `used(name, file, user)`."""
_MOST_FILES = 8
"""Through how many files a name is followed."""


@dataclass(frozen=True)
class Made:
    """The expression that a name of another file stands for."""

    chunk: Chunk
    value: ast.expr


class Elsewhere:
    """Follows names into the other files of the project that a fix may edit."""

    def __init__(self, facts: Facts, used_elsewhere: UsedElsewhere) -> None:
        self._facts = facts
        self._used_elsewhere = used_elsewhere
        self._paths = {chunk: path for path, text in facts.source.others.items() for chunk in text.chunks}

    def holds(self, chunk: Chunk) -> bool:
        """Whether a piece of source is of another file."""
        return chunk in self._paths

    def imported(self, node: ast.ImportFrom, name: str) -> Made | None:
        """What `from module import name` gives, in the text."""
        return self._imported(self._facts.path, node, name, self._facts.path, _MOST_FILES)

    def attribute(self, chunks: list[Chunk], node: ast.Attribute) -> Made | None:
        """What `module.name` gives, in the text."""
        *path, name = ast.unparse(node).split(".")
        imports = [found for chunk in chunks for found in _imports(chunk.tree, path[0])]
        if len(imports) != 1:
            return None
        level, module, parts = imports[0]
        for count in range(len(parts), len(path) + 1):  # `import a.b` binds `a`
            asked = ".".join([*([module] if module else []), *path[count:]])
            found = self._named(self._facts.path, level, asked, name, self._facts.path, _MOST_FILES)
            if found is not None:
                same = [n for c in chunks for n in ast.walk(c.tree) if isinstance(n, ast.Attribute) and n.attr == name]
                return found if len(same) == 1 else None
        return None

    def local(self, chunk: Chunk, name: str) -> Made | None:
        """What a name of another file stands for there."""
        path = self._paths[chunk]
        return self._made(path, self._facts.source.others[path], name, path, _MOST_FILES, uses=1)

    def _imported(self, importer: str, node: ast.ImportFrom, name: str, user: str, steps: int) -> Made | None:
        original = next((alias.name for alias in node.names if (alias.asname or alias.name) == name), None)
        return None if original is None else self._named(importer, node.level, node.module or "", original, user, steps)

    def _named(self, importer: str, level: int, module: str, name: str, user: str, steps: int) -> Made | None:
        found = self._facts.imported.get((importer, level, module))
        source = None if found is None else self._facts.source.others.get(found.path)
        return None if found is None or source is None else self._made(found.path, source, name, user, steps, uses=0)

    def _made(self, path: str, source: Source, name: str, user: str, steps: int, uses: int) -> Made | None:
        """The one assignment of a name of a module; `uses` is how many uses in its file are none besides the one followed."""
        bound = [(chunk, node) for chunk in source.chunks for node in _binding(chunk.tree, name)]
        if len(bound) != 1 or not steps:
            return None
        chunk, node = bound[0]
        if isinstance(node, ast.ImportFrom):
            return self._imported(path, node, name, user, steps - 1)
        if not isinstance(node, (ast.Assign, ast.AnnAssign)) or node not in chunk.tree.body or node.value is None:
            return None
        targets = node.targets if isinstance(node, ast.Assign) else [node.target]
        if len(targets) != 1 or not isinstance(targets[0], ast.Name):
            return None
        loads = sum(_is_use(n, name) for c in source.chunks for n in ast.walk(c.tree))
        shared = loads > uses or self._used_elsewhere(name, path, user)
        return None if shared else Made(chunk, node.value)


def _is_use(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name and isinstance(node.ctx, ast.Load)


def _binding(tree: ast.Module, name: str) -> Iterator[ast.stmt]:
    """The statements of a module, however deep, that bind a name."""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            if any((alias.asname or alias.name.partition(".")[0]) in (name, "*") for alias in node.names):
                yield node
        elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
            if node.name == name:
                yield node
        elif isinstance(node, ast.stmt) and not hasattr(node, "body"):
            if any(isinstance(n, ast.Name) and n.id == name and isinstance(n.ctx, ast.Store) for n in ast.walk(node)):
                yield node
        elif isinstance(node, ast.For) and any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(node.target)):
            yield node


def _imports(tree: ast.Module, name: str) -> Iterator[tuple[int, str, list[str]]]:
    """How a name came to be a module: level, module, and the parts of the path that stand for it."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.asname == name:
                    yield 0, alias.name, [name]
                elif alias.asname is None and alias.name.partition(".")[0] == name:
                    yield 0, alias.name, alias.name.split(".")
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                if (alias.asname or alias.name) == name:
                    module = f"{node.module}.{alias.name}" if node.module else alias.name
                    yield node.level, module, [name]
