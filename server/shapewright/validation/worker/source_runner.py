"""Source mode: a program is run statement by statement, and what shapes it has seen is told.

Only under all locks, and without what `cut_off.py` takes away.
"""

from __future__ import annotations
import __future__

import ast
import builtins
import contextlib
import linecache
import signal
import sys
import traceback
import types
from collections.abc import Iterator
from typing import Any

from .cut_off import cut_off
from .instrument import SEE, Instrument
from .library import Library
from .own_modules import OwnModules
from .recorder import Recorder
from .requests import Request
from .values import message_of
from .weights import light

FILE = "<program>"
SHARE_OF_TIME = 0.85  # of the seconds that the validation has; the rest is for telling what was seen


class TimeIsUp(BaseException):
    """Not an Exception, so that a program that catches all errors does not catch it."""


def run(library: Library, request: Request) -> dict[str, Any]:
    """Runs a program.

    Returns:
        "places" with their shapes, and the first "error".
    """
    text, seconds = request.text, request.seconds
    try:
        tree = ast.parse(text, FILE)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        return {"places": [], "error": {**message_of(error), "line": getattr(error, "lineno", None)}}
    recorder = Recorder(library)
    instrument = Instrument(text, request.skip)
    cut_off(library, recorder)
    OwnModules(request.modules).install()
    program = Program(recorder, text, _future_flags(tree))
    with light(library), _alarm(seconds * SHARE_OF_TIME):
        try:
            for statement in tree.body:
                program.run(instrument, statement)
        except SystemExit:
            pass  # the program ends here
        except TimeIsUp:
            program.first_error = program.first_error or {
                "type": "TimeoutError",
                "message": f"The program takes longer than {seconds:g} seconds",
                "line": program.line,
            }
    return {"places": recorder.result(instrument.places), "error": program.first_error}


class Program:
    """A program that is run one statement after the other, in one module."""

    def __init__(self, recorder: Recorder, text: str, flags: int) -> None:
        self.flags = flags
        self.first_error: dict[str, Any] | None = None
        self.line = 0
        self.module = types.ModuleType("__main__")
        self.names = vars(self.module)
        self.names.update(__file__="program.py", __builtins__=builtins)
        self.names[SEE] = recorder
        sys.modules["__main__"] = self.module  # where classes of the program are looked up
        # `inspect` finds the source here; TensorFlow reads that of functions which it makes graphs of.
        linecache.cache[FILE] = (len(text), None, text.splitlines(keepends=True), FILE)

    def run(self, instrument: Instrument, statement: ast.stmt) -> None:
        self.line = statement.lineno
        names = _names_of(statement)
        try:
            body = instrument.changed(statement)
            if body:
                tree = ast.Module(body, [])
                exec(compile(tree, FILE, "exec", flags=self.flags, dont_inherit=True), self.names)
        except (SystemExit, TimeIsUp):
            raise
        except BaseException as error:
            self._failed(error, names, statement)

    def _failed(self, error: BaseException, names: list[ast.Name], statement: ast.stmt) -> None:
        """The program goes on without what this statement was about: it is in no known state."""
        if self.first_error is None:
            self.first_error = {**message_of(error), "line": _line_of(error) or statement.lineno}
        for node in names:
            if node.id in self.names and (
                isinstance(node.ctx, ast.Store) or self._may_have_changed(self.names[node.id])
            ):
                del self.names[node.id]

    def _may_have_changed(self, value: Any) -> bool:
        """Whether a statement that failed may have left something half done in a value."""
        stays = (types.ModuleType, type, types.FunctionType, int, float, str, bytes, tuple, type(None), Recorder)
        return not isinstance(value, stays) and self.names[SEE].kind(value) not in (
            "tensor",
            "array",
            "shape",
            "dataset",
        )


def _names_of(statement: ast.stmt) -> list[ast.Name]:
    """The names that a statement assigns or uses."""
    return [node for node in ast.walk(statement) if isinstance(node, ast.Name)]


def _line_of(error: BaseException) -> int | None:
    """The line of the program, not of a library, that was being run."""
    lines = [line for frame, line in traceback.walk_tb(error.__traceback__) if frame.f_code.co_filename == FILE]
    return lines[-1] if lines else getattr(error, "lineno", None)


def _future_flags(tree: ast.Module) -> int:
    flags = 0
    for statement in tree.body:
        if isinstance(statement, ast.ImportFrom) and statement.module == "__future__":
            for alias in statement.names:
                flags |= getattr(getattr(__future__, alias.name, None), "compiler_flag", 0)
    return flags


@contextlib.contextmanager
def _alarm(seconds: float) -> Iterator[None]:
    if not hasattr(signal, "setitimer"):  # Windows; the server ends the worker when the time is over
        yield
        return

    def ring(number: int, frame: Any) -> None:
        raise TimeIsUp

    signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
