"""Names imported from the program's other modules.

A module is evaluated at its first import, as Python does, in the same store: what it bound is found there. Which file an
import means, and which version of that file, is read from the store too, so that a remembered import holds for as long as the
file does. Of a module of an installed package only those statements are evaluated that bind a name somebody asks for.
"""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import lru_cache

from shapewright.interpreter.chunks import evaluate_chunk
from shapewright.interpreter.frame import Frame, Module
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Imported, Run, attributes
from shapewright.interpreter.store import MISSING
from shapewright.knowledge.names import is_library
from shapewright.syntax.chunk import Chunk
from shapewright.syntax.scopes import assigned_names
from shapewright.syntax.source import Source
from shapewright.values.value import NONE, UNKNOWN, ListRef, Literal, Tuple, Value, str_of

_IMPORTS = "imports"
"""The owner of what the imports mean in this run."""
_LOADED = "#loaded"
MAX_MODULES = 200
"""How many modules of a program are followed."""


@dataclass(frozen=True, slots=True)
class ModuleValue(Value):
    """A module of the program."""

    module: Module


def note_imports(run: Run) -> None:
    """Looks where the imports of earlier runs lead now."""
    for importer, level, name in run.memory.imports:
        _note(run, importer, level, name, run.find(importer, level, name))


def _note(run: Run, importer: str, level: int, name: str, found: Imported | None) -> None:
    if found is not None:
        run.imported[(importer, level, name)] = found
    value = NONE if found is None else Literal(f"{found.path}@{found.version}")
    run.store.cells[(_IMPORTS, f"{importer}:{level}:{name}")] = value


def import_module(run: Run, frame: Frame, level: int, name: str) -> ModuleValue | None:
    """The module that an import in a frame means, evaluated; `None` where it is not one of the program."""
    importer = frame.module.path
    found = run.find(importer, level, name)
    key = (importer, level, name)
    if key not in run.memory.imports:
        run.memory.imports[key] = None
        _note(run, importer, level, name, found)
    run.store.read(_IMPORTS, f"{importer}:{level}:{name}")
    if found is None or (found.path not in run.memory.modules and len(run.memory.modules) > MAX_MODULES):
        return None
    module = run.memory.module_of(found.path)
    if module is not run.memory.module and run.store.read(module, _LOADED) is MISSING:
        run.store.write(module, _LOADED, Literal(True))
        module.unread = found.source if found.installed else None
        for chunk in found.source.chunks if not found.installed else ():
            evaluate_chunk(run, chunk, module)
    return ModuleValue(module)


def global_name(run: Run, module: Module, name: str) -> Value:
    """A global name of a module, `MISSING` where it has none. In a module of an installed package the statements that bind
    the name, or change what it stands for, are evaluated now."""
    value = run.store.read(module, name)
    tried = f"#tried {name}"
    if value is not MISSING or module.unread is None or run.store.read(module, tried) is not MISSING:
        return value
    run.store.write(module, tried, Literal(True))
    statements = statements_about(module.unread, name)
    for chunk in statements:
        evaluate_chunk(run, chunk, module)
    if not statements:
        for chunk in module.unread.chunks:
            if _imports_all(chunk.tree) and run.store.read(module, name) is MISSING:
                _bind_from_all(run, chunk.tree.body[0], name, Frame(module, chunk))
    return run.store.read(module, name)


def _imports_all(tree: ast.Module) -> bool:
    node = tree.body[0] if tree.body else None
    return isinstance(node, ast.ImportFrom) and node.names[0].name == "*"


def _bind_from_all(run: Run, node: ast.stmt, name: str, frame: Frame) -> None:
    """`from module import *`, for one name."""
    assert isinstance(node, ast.ImportFrom)
    if not node.level and is_library(node.module or ""):
        return
    module = import_module(run, frame, node.level, node.module or "")
    value = MISSING if module is None else global_name(run, module.module, name)
    if value is not MISSING:
        frame.bind(run.store, name, value)


@lru_cache(maxsize=2048)
def statements_about(source: Source, name: str) -> tuple[Chunk, ...]:
    """The top-level statements of a module that bind a name or may change what it stands for, when any binds it."""
    found = [chunk for chunk in source.chunks if name in _words(chunk)]
    binding = [chunk for chunk in found if name in assigned_names(chunk.tree.body)]
    return tuple(c for c in found if c in binding or _may_change(c)) if binding else ()


@lru_cache(maxsize=16384)
def _words(chunk: Chunk) -> frozenset[str]:
    return frozenset(re.findall(r"[A-Za-z_]\w*", "\n".join(chunk.lines)))


def _may_change(chunk: Chunk) -> bool:
    """Whether a statement does something besides defining and importing."""
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Import, ast.ImportFrom)
    return any(not isinstance(node, kinds) for node in chunk.tree.body)


@attributes(ModuleValue)
def attribute_of_module(run: Run, value: ModuleValue, name: str) -> Value:
    found = global_name(run, value.module, name)
    return UNKNOWN if found is MISSING else found


def bind_import(run: Run, alias: ast.alias, frame: Frame) -> None:
    """`import package.module [as name]`."""
    parts = alias.name.split(".")
    modules = [import_module(run, frame, 0, ".".join(parts[: n + 1])) for n in range(len(parts))]
    for outer, inner, name in zip(modules, modules[1:], parts[1:], strict=False):
        if outer is not None and inner is not None:
            run.store.write(outer.module, name, inner)
    bound = modules[-1] if alias.asname else modules[0]
    frame.bind(run.store, alias.asname or parts[0], UNKNOWN if bound is None else bound)


def bind_from_import(run: Run, node: ast.ImportFrom, frame: Frame) -> None:
    """`from .module import name [as other]`, `from . import module`, `from module import *`."""
    base = node.module or ""
    module = import_module(run, frame, node.level, base)
    for alias in node.names:
        if alias.name == "*":
            if module is not None:
                _bind_all(run, module.module, frame)
            continue
        value: Value = MISSING if module is None else global_name(run, module.module, alias.name)
        if value is MISSING:
            inner = import_module(run, frame, node.level, f"{base}.{alias.name}".lstrip("."))
            value = UNKNOWN if inner is None else inner
        frame.bind(run.store, alias.asname or alias.name, value)


def _bind_all(run: Run, module: Module, frame: Frame) -> None:
    listed = global_name(run, module, "__all__")
    names = items_of(run, listed) if isinstance(listed, (Tuple, ListRef)) else None
    wanted = [str_of(name) for name in names] if names is not None else None
    if module.unread is not None:
        bound = [n for chunk in module.unread.chunks for n in assigned_names(chunk.tree.body) if n[:1] not in "_"]
    else:
        bound = [key for owner, key in run.store.cells if owner is module and not key.startswith(("_", "#", "*"))]
    for name in wanted if wanted is not None else bound:
        value = global_name(run, module, name) if name is not None else MISSING
        if name is not None and value is not MISSING:
            frame.bind(run.store, name, value)
