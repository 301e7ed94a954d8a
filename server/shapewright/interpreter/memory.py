"""What an analysis remembers for the next one.

Top-level statements are remembered by what they read from the state before them, calls of functions by the values they
were called with and what they read besides. What was made in a call has an identity (a model, a layer, a list), so a
remembered call stands for one call of a run, never for two: after `a = build(); b = build()` there are two models.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from shapewright.interpreter.frame import Module
from shapewright.interpreter.store import Store, Trace
from shapewright.values.callable import Function
from shapewright.values.value import Value

MAX_TRACES = 4
"""How many evaluations of one statement are kept: the last ones, and those of texts with a fix applied."""
MAX_CALLS = 48
"""How many calls of one function are kept."""
KEPT_RUNS = 8
"""After how many runs that did not use it a piece of code is forgotten."""


@dataclass(eq=False, slots=True)
class RememberedCall:
    """A call of a function: what it was given, and what came of it."""

    function: Function
    bound: dict[str, Value]
    result: Value
    trace: Trace


class Memory:
    """Lives as long as a buffer is open; one run at a time uses it."""

    def __init__(self, path: str = "") -> None:
        self.module = Module(path)
        self.modules: dict[str, Module] = {path: self.module}
        self.imports: dict[tuple[str, int, str], None] = {}
        self.keras_2: bool | None = None  # whether the environment has Keras 2, once somebody asked
        self._traces: dict[Hashable, list[Trace]] = {}
        self._calls: dict[Hashable, list[RememberedCall]] = {}
        self._last_used: dict[Hashable, int] = {}
        self._used: set[int] = set()  # the traces that this run has used or made, by identity
        self._run = 0

    def module_of(self, path: str) -> Module:
        """The module of a file; it stays the same from run to run."""
        return self.modules.setdefault(path, Module(path))

    def start_run(self) -> None:
        """Everything remembered can be used again, once. What no recent run has used is forgotten."""
        self._used.clear()
        self._run += 1
        for code in [code for code, run in self._last_used.items() if self._run - run > KEPT_RUNS]:
            del self._last_used[code]
            self._traces.pop(code, None)
            self._calls.pop(code, None)

    def recall_trace(self, code: Hashable, store: Store) -> Trace | None:
        """An evaluation of a statement, or of an uncalled function, that still holds."""
        self._last_used[code] = self._run
        for trace in reversed(self._traces.get(code, ())):
            if store.can_replay(trace) and self._use(trace):
                return trace
        return None

    def remember_trace(self, code: Hashable, trace: Trace) -> None:
        """Keeps an evaluation of a statement or of an uncalled function."""
        kept = self._traces.setdefault(code, [])
        kept.append(trace)
        del kept[:-MAX_TRACES]
        self._used.add(id(trace))

    def recall(self, function: Function, bound: dict[str, Value], store: Store) -> RememberedCall | None:
        """A call of the function with equal arguments that still holds and that this run has not used yet."""
        self._last_used[function.node] = self._run
        for call in reversed(self._calls.get(function.node, ())):
            known = call.function
            same = known.node is function.node and known.closure is function.closure and call.bound == bound
            if same and store.can_replay(call.trace) and self._use(call.trace):
                return call
        return None

    def remember(self, function: Function, bound: dict[str, Value], result: Value, trace: Trace) -> None:
        """Keeps a call."""
        kept = self._calls.setdefault(function.node, [])
        kept.append(RememberedCall(function, bound, result, trace))
        del kept[:-MAX_CALLS]
        self._used.add(id(trace))

    def _use(self, trace: Trace) -> bool:
        """Marks a trace and the calls in it as used; false when one of them was used already."""
        parts = [id(part) for part in trace.walk()]
        if not self._used.isdisjoint(parts):
            return False
        self._used.update(parts)
        return True
