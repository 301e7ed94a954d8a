"""One evaluation of one version of a text: the store, the bounds, and the dispatch over kinds of work.

The other files of this folder register how one kind of expression, statement or call is evaluated; they call each
other only through here.
"""

from __future__ import annotations

import ast
import hashlib
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, TypeVar

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.store import Store, Trace
from shapewright.syntax.source import Source
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.table import TableRef
from shapewright.values.tensor import ShapeValue, Tensor
from shapewright.values.value import UNKNOWN, BoundApi, DictRef, ListRef, SetRef, Unknown, Value

if TYPE_CHECKING:
    from shapewright.interpreter.memory import Memory

MAX_STEPS = 400_000
"""How many expressions and statements one analysis evaluates before it shows what it has."""
MAX_DEPTH = 24
"""How deep calls nest before the innermost is given up as unknown."""

SHOWN = (Tensor, ShapeValue, LayerRef, ModelRef, SequentialRef)
"""Kinds of value that have a shape to show."""


class Flow(Enum):
    """How a statement ended."""

    NEXT = auto()
    RETURN = auto()
    BREAK = auto()
    CONTINUE = auto()
    RAISE = auto()


class OutOfSteps(Exception):
    """The step budget is used up."""


Evaluate = Callable[["Run", Any, Frame], Value]
Execute = Callable[["Run", Any, Frame], Flow]
CallIt = Callable[["Run", Any, "Call", Frame], Value]
_EXPRESSIONS: dict[type[ast.expr], Evaluate] = {}
_STATEMENTS: dict[type[ast.stmt], Execute] = {}
_CALLEES: dict[type[Value], CallIt] = {}
_ATTRIBUTES: dict[type[Value], Callable[[Run, Any, str], Value]] = {}
T = TypeVar("T", bound=Callable[..., Any])

COMBINED: dict[type[Value], Callable[[Any, ast.AST, Value, Value], Value]] = {}
"""What arithmetic and comparisons of values of some kinds give: `combine(run, operator, left, right) -> Value`; a sign is
given the value twice."""


def expression(*kinds: type[ast.expr]) -> Callable[[T], T]:
    """Registers how expressions of some kinds are evaluated: `evaluate(run, node, frame) -> Value`."""

    def register(evaluate: T) -> T:
        _EXPRESSIONS.update(dict.fromkeys(kinds, evaluate))
        return evaluate

    return register


def statement(*kinds: type[ast.stmt]) -> Callable[[T], T]:
    """Registers how statements of some kinds are executed: `execute(run, node, frame) -> Flow`."""

    def register(execute: T) -> T:
        _STATEMENTS.update(dict.fromkeys(kinds, execute))
        return execute

    return register


def callee(*kinds: type[Value]) -> Callable[[T], T]:
    """Registers what calling values of some kinds does: `call(run, callee, call, frame) -> Value`."""

    def register(call: T) -> T:
        _CALLEES.update(dict.fromkeys(kinds, call))
        return call

    return register


def attributes(*kinds: type[Value]) -> Callable[[T], T]:
    """Registers how attributes of some kinds of value are looked up: `get(run, value, name) -> Value`."""

    def register(get: T) -> T:
        _ATTRIBUTES.update(dict.fromkeys(kinds, get))
        return get

    return register


class Call:
    """One call: its arguments and where they stand. `node` is `None` for calls that no source spells out."""

    __slots__ = ("args", "certain", "chunk", "complete", "keywords", "node", "rest", "spans")

    def __init__(
        self,
        args: list[Value],
        keywords: dict[str, Value],
        node: ast.expr | ast.stmt | None = None,
        chunk: Any = None,
        spans: dict[int | str, ast.expr] | None = None,
        complete: bool = True,
        certain: int = 0,
        rest: Value = UNKNOWN,
    ) -> None:
        self.args = args
        self.keywords = keywords
        self.node = node
        self.chunk = chunk
        self.spans = spans or {}  # the expression of each argument, by position or keyword
        self.complete = complete  # whether unpacked arguments were all known
        self.certain = certain  # how many of the first arguments are in their place even if not all are known
        self.rest = rest  # what was unpacked, where the arguments that it gives are not known

    def by_name(self, *names: str) -> dict[str, Value]:
        """The arguments by name; `names` are those of the leading parameters."""
        return dict(zip(names, self.args, strict=False)) | self.keywords

    def span(self) -> Any:
        """The whole call in the source."""
        return self.chunk.span(self.node) if self.node is not None and self.chunk is not None else None

    def argument_span(self, key: int | str) -> Any:
        """One argument in the source."""
        node = self.spans.get(key)
        return self.chunk.span(node) if node is not None and self.chunk is not None else None


@dataclass(frozen=True)
class Imported:
    """A module of the program that was found: where, which version of it, and its source."""

    path: str
    version: int | str
    source: Source
    installed: bool = False  # whether it belongs to an installed package: then only what is asked for is evaluated
    editable: bool = False  # whether it is a file of the project, which a fix may change

    def edited(self, text: str) -> Imported:
        """The same module with another text."""
        version = hashlib.sha1(text.encode("utf-8", "surrogatepass"), usedforsecurity=False).hexdigest()
        return replace(self, version=f"edited {version}", source=Source(text, self.source))


Import = tuple[str, int, str]
"""What an import statement asks for: the importing file, how many dots are in front, and the name."""
Find = Callable[[str, int, str], Imported | None]
"""`find(importer, level, name)`: the module that an import statement means; `level` counts the dots in front."""


def find_nothing(importer: str, level: int, name: str) -> Imported | None:
    """For programs of one file."""
    return None


class Run:
    """The state of one evaluation."""

    def __init__(self, memory: Memory, find: Find = find_nothing) -> None:
        self.find = find
        self.imported: dict[Import, Imported] = {}  # what was found so far
        self.store = Store()
        self.memory = memory
        self.steps_left = MAX_STEPS
        self.call_stack: list[Any] = []  # the calls that lead here, outermost first

    def evaluate(self, node: ast.expr, frame: Frame) -> Value:
        """What an expression is worth."""
        self.step()
        handler = _EXPRESSIONS.get(type(node))
        value = handler(self, node, frame) if handler else UNKNOWN
        self._see(frame, node, value)
        return value

    def execute(self, body: list[ast.stmt], frame: Frame) -> Flow:
        """Executes statements in order until one leaves the block."""
        for node in body:
            self.step()
            handler = _STATEMENTS.get(type(node))
            flow = handler(self, node, frame) if handler else Flow.NEXT
            if flow is not Flow.NEXT:
                return flow
        return Flow.NEXT

    def call(self, function: Value, call: Call, frame: Frame) -> Value:
        """What a call gives."""
        handler = _CALLEES.get(type(function))
        if handler is not None:
            return handler(self, function, call, frame)
        for given in (*call.args, *call.keywords.values()):
            if isinstance(given, BoundApi) and isinstance(given.owner, (ListRef, DictRef, SetRef)):
                self.store.write(given.owner, "items", UNKNOWN)  # `words.apply(found.update)`
            if isinstance(given, TableRef):
                self.store.write(given, "columns", UNKNOWN)
        return UNKNOWN

    def attribute(self, value: Value, name: str) -> Value:
        """What an attribute of a value is."""
        handler = _ATTRIBUTES.get(type(value))
        return handler(self, value, name) if handler else UNKNOWN

    def observe(self, frame: Frame, node: ast.AST, value: Value) -> None:
        """Remembers what a name that is assigned, or a parameter, is worth."""
        self._see(frame, node, value)

    def _see(self, frame: Frame, node: ast.AST, value: Value) -> None:
        if isinstance(value, SHOWN):
            self.store.trace.observed.append((frame.chunk, node, value))
        elif isinstance(value, Unknown):
            self.store.trace.observed.append((frame.chunk, node, UNKNOWN))

    def report(self, mismatch: Mismatch) -> None:
        """Records that something here does not fit."""
        self.store.trace.mismatches.append(mismatch)

    def replay(self, trace: Trace) -> None:
        """Does again what a remembered piece of code did; it costs as many steps as evaluating it did."""
        self.steps_left -= trace.steps
        self.store.replay(trace)

    def step(self) -> None:
        self.steps_left -= 1
        self.store.trace.steps += 1
        if self.steps_left < 0:
            raise OutOfSteps
