"""Names imported from the program's other modules.

A module is evaluated at its first import, as Python does, in the same store: what it bound is found there. Which file an
import means, and which version of that file, is read from the store too, so that a remembered import holds for as long as the
file does.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass

from shapewright.interpreter.chunks import evaluate_chunk
from shapewright.interpreter.frame import Frame, Module
from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Imported, Run, attributes
from shapewright.interpreter.store import MISSING
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
        for chunk in found.source.chunks:
            evaluate_chunk(run, chunk, module)
    return ModuleValue(module)


@attributes(ModuleValue)
def attribute_of_module(run: Run, value: ModuleValue, name: str) -> Value:
    found = run.store.read(value.module, name)
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
        value: Value = MISSING if module is None else run.store.read(module.module, alias.name)
        if value is MISSING:
            inner = import_module(run, frame, node.level, f"{base}.{alias.name}".lstrip("."))
            value = UNKNOWN if inner is None else inner
        frame.bind(run.store, alias.asname or alias.name, value)


def _bind_all(run: Run, module: Module, frame: Frame) -> None:
    listed = run.store.read(module, "__all__")
    names = items_of(run, listed) if isinstance(listed, (Tuple, ListRef)) else None
    wanted = [str_of(name) for name in names] if names is not None else None
    bound = [key for owner, key in run.store.cells if owner is module and not key.startswith(("_", "#", "*"))]
    for name in wanted if wanted is not None else bound:
        value = run.store.read(module, name) if name is not None else MISSING
        if name is not None and value is not MISSING:
            frame.bind(run.store, name, value)
