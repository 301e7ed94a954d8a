"""A buffer and its analyses: one text after another, each analysed from what the last one taught."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from shapewright.findings.explain import explain
from shapewright.findings.finding import Finding
from shapewright.interpreter.engine import analyse
from shapewright.interpreter.facts import Facts
from shapewright.interpreter.memory import Memory
from shapewright.interpreter.run import Imported
from shapewright.syntax.source import Source
from shapewright.workspace.modules import Modules
from shapewright.workspace.own_modules import OwnModule, own_modules
from shapewright.workspace.ran import Ran

MAX_TEXT = 4_000_000
"""Texts of more characters than this are not analysed: they are data, not programs."""
_STACK = 256 * 1024 * 1024
_RECURSION_LIMIT = 12_000
T = TypeVar("T")


class Analysis:
    """What is known of one version of a text."""

    def __init__(self, buffer: Buffer, facts: Facts, version: int | None) -> None:
        self._buffer = buffer
        self.facts = facts
        self.version = version
        self.ran: Ran | None = None  # what running the file told, where that was asked for

    @cached_property
    def findings(self) -> list[Finding]:
        """The findings with their proven fixes. Proving takes further analyses, so this is not on the way of a hover."""
        return explain(self.facts, self._buffer)

    def own_modules(self) -> dict[str, OwnModule]:
        """The modules of the program's own that the text imports, directly or not."""
        return self._buffer.own_modules_of(self.facts.source)


class Buffer:
    """A text that changes, and what was learnt from its versions. Not thread-safe: one thread at a time."""

    def __init__(self, path: Path | None = None, modules: Modules | None = None) -> None:
        self._memory = Memory("" if path is None else str(path))
        self._modules = modules or Modules()
        self._find = self._modules.find
        self._source: Source | None = None

    def follows(self, path: str) -> bool:
        """Whether the text imports from a file, directly or not."""
        return path in self._memory.modules

    @property
    def followed(self) -> tuple[str, ...]:
        """The files that the text imports from, directly or not."""
        return tuple(self._memory.modules)

    def analyse(self, text: str, version: int | None = None, cancelled: Callable[[], bool] = lambda: False) -> Analysis:
        """Analyses a version of the text. Raises `Cancelled` when `cancelled` says so meanwhile."""
        self._source = Source(text if len(text) <= MAX_TEXT else "", self._source)
        return Analysis(self, analyse(self._source, self._memory, cancelled, self._find), version)

    def own_modules_of(self, source: Source) -> dict[str, OwnModule]:
        """The modules of the program's own that a version of the text imports, directly or not."""
        return own_modules(source, self._memory.module.path, self._find)

    def analyse_variant(self, text: str, others: Mapping[str, str] = MappingProxyType({})) -> Facts:
        """The facts of the text with an edit applied that nobody has made yet; `others` are edited texts of other files."""

        def find(importer: str, level: int, name: str) -> Imported | None:
            found = self._find(importer, level, name)
            return found if found is None or found.path not in others else found.edited(others[found.path])

        return analyse(Source(text, self._source), self._memory, find=find if others else self._find)

    def is_used_elsewhere(self, name: str, file: str, user: str) -> bool:
        """Whether, as far as is known, other files of the project than these two use a name of a file."""
        return self._modules.is_used_elsewhere(name, file, user)


def analyse_text(text: str, path: Path | None = None, modules: Modules | None = None) -> Analysis:
    """The analysis of a text that is looked at once; `path` is where it stands, for what it imports."""
    return Buffer(path, modules).analyse(text)


def with_deep_stack(work: Callable[[], T]) -> T:
    """Runs something in a thread whose stack holds deeply nested programs, and returns what it returns."""
    result: list[T] = []
    failure: list[BaseException] = []

    def target() -> None:
        try:
            result.append(work())
        except BaseException as error:
            failure.append(error)

    start_deep_thread(target, "shapewright").join()
    if failure:
        raise failure[0]
    return result[0]


def start_deep_thread(target: Callable[[], None], name: str) -> threading.Thread:
    """Starts a thread that has room for deeply nested programs: the size that holds when it starts is the one it gets."""
    sys.setrecursionlimit(max(sys.getrecursionlimit(), _RECURSION_LIMIT))
    thread = threading.Thread(target=target, name=name, daemon=True)
    before = threading.stack_size(_STACK)
    try:
        thread.start()
        return thread
    finally:
        threading.stack_size(before)
