"""Modules of the user's program, from the texts that came with the request. Their files cannot be read here, and need not be."""

from __future__ import annotations

import importlib.abc
import importlib.machinery
import linecache
import sys
import types
from collections.abc import Sequence
from typing import Any


class OwnModules(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Finds them before others of the same name, as the folder of a program comes first. What the worker has imported for
    itself stays what it is.

    Args:
        texts: By name, the text of a module and whether it is a package.
    """

    def __init__(self, texts: dict[str, tuple[str, bool]]) -> None:
        self.texts = texts
        # Folders without an __init__.py are packages without a text.
        self.folders = {name[:dot] for name in texts for dot, letter in enumerate(name) if letter == "."} - set(texts)

    def install(self) -> None:
        if self.texts:
            sys.meta_path.insert(0, self)

    def find_spec(self, name: str, path: Sequence[str] | None, target: Any = None) -> Any:
        if name in self.folders:
            return importlib.machinery.ModuleSpec(name, None, is_package=True)
        if name in self.texts:
            return importlib.machinery.ModuleSpec(name, self, origin=_file(name), is_package=self.texts[name][1])
        return None

    def create_module(self, spec: Any) -> None:
        return None

    def exec_module(self, module: types.ModuleType) -> None:
        name = module.__name__
        text, file = self.texts[name][0], _file(name)
        module.__file__ = file
        # `inspect` finds the source here; TensorFlow reads that of functions which it makes graphs of.
        linecache.cache[file] = (len(text), None, text.splitlines(keepends=True), file)
        exec(compile(text, file, "exec", dont_inherit=True), vars(module))


def _file(name: str) -> str:
    """
    >>> _file("a.b")
    'a/b.py'
    """
    return name.replace(".", "/") + ".py"
