"""The state of a run, and the record of what a piece of code did to it.

All that can change lives in one table: a *location* is an owner (a module, a frame, a list, a layer) and a key. While
a piece of code is evaluated a `Trace` writes down what it read from the table before it wrote there, and what it
wrote. A trace can later stand in for evaluating that code again: when everything it read is as it was, what it wrote
is still right. That is how work follows the edit.
"""

from __future__ import annotations

import ast
from collections.abc import Hashable, Iterable
from typing import Any

from shapewright.values.value import UNKNOWN, Ref, Value

Location = tuple[Hashable, str]


class Missing(Value):
    """Nothing is at that location."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "MISSING"


MISSING = Missing()
MAYBE = "maybe"
"""In a sequence: what stands before it may not have happened."""


class Trace:
    """What evaluating a piece of code read, wrote, saw and found wrong, the traces of its calls included."""

    __slots__ = (
        "bounds",
        "called",
        "grouped",
        "mismatches",
        "observed",
        "reads",
        "sequence",
        "steps",
        "writes",
        "written",
    )

    def __init__(self) -> None:
        self.reads: dict[Location, Value] = {}
        self.written: set[Location] = set()
        self.writes: dict[Location, Value] = {}
        self.observed: list[tuple[Any, ast.AST, Value]] = []
        self.mismatches: list[Any] = []
        self.called: list[ast.AST] = []
        # calls, the layers and models made, and the nodes of graphs (`History`), in the order they came: Keras numbers its
        # names in that order. `MAYBE` stands behind what a branch did that may not be taken
        self.sequence: list[Any] = []
        self.bounds: list[str] = []
        self.steps = 0
        self.grouped: Any = None  # `observed` by chunk and node, once somebody asked

    def mark(self) -> tuple[int, int, int]:
        """How much was seen so far, for `rewind`."""
        return len(self.observed), len(self.mismatches), len(self.sequence)

    def rewind(self, mark: tuple[int, int, int]) -> None:
        """Forgets what was seen and found wrong since `mark`."""
        del self.observed[mark[0] :], self.mismatches[mark[1] :], self.sequence[mark[2] :]

    def mismatches_since(self, mark: tuple[int, int, int]) -> list[Any]:
        """What was found wrong since `mark`."""
        return self.mismatches[mark[1] :]

    def made_since(self, mark: tuple[int, int, int]) -> set[Ref]:
        """The layers, models and instances that were made since `mark`."""
        made: set[Ref] = set()
        for item in self.sequence[mark[2] :]:
            made.update(item.made() if isinstance(item, Trace) else (item,) if isinstance(item, Ref) else ())
        return made

    def walk(self) -> Iterable[Trace]:
        """This trace and those of all calls below it."""
        yield self
        for item in self.sequence:
            if isinstance(item, Trace):
                yield from item.walk()

    def made(self) -> Iterable[Ref]:
        """The layers, models and instances that were made, in order."""
        for item in self.sequence:
            if isinstance(item, Trace):
                yield from item.made()
            elif isinstance(item, Ref):
                yield item


class Store:
    """The table of locations, read and written through the trace of whatever is being evaluated."""

    def __init__(self) -> None:
        self.cells: dict[Location, Value] = {}
        self.trace = Trace()
        self._log: list[tuple[Location, Value]] | None = None
        self.branches = 0  # how many branches that may be taken back this is in
        self.again = 0  # above 0 while a model is applied again: Keras makes no nodes then

    def read(self, owner: Hashable, key: str) -> Value:
        """The value at a location, or `MISSING`."""
        location = (owner, key)
        value = self.cells.get(location, MISSING)
        trace = self.trace
        if location not in trace.written and location not in trace.reads:
            trace.reads[location] = value
        return value

    def write(self, owner: Hashable, key: str, value: Value) -> None:
        """Puts a value at a location; `MISSING` removes it."""
        location = (owner, key)
        if self._log is not None:
            self._log.append((location, self.read(owner, key)))
        self.trace.written.add(location)
        if value is MISSING:
            self.cells.pop(location, None)
        else:
            self.cells[location] = value

    # -- traces

    def note(self, item: Any) -> None:
        """Puts something into the sequence of what was made."""
        self.trace.sequence.append(item)
        if self.branches:
            self.trace.sequence.append(MAYBE)

    def note_node(self, node: Any) -> None:
        """Notes that a symbolic tensor was made: a node of Keras's graph."""
        if not self.again:
            self.note(node)

    def begin(self) -> Trace:
        """Starts a trace of its own; returns the one to go back to."""
        outer, self.trace = self.trace, Trace()
        return outer

    def end(self, outer: Trace, dead: Hashable | None = None) -> Trace:
        """Ends the current trace as a part of `outer`. `dead` is a frame whose names nobody can see any more."""
        trace = self.trace
        if dead is not None:
            for location in [loc for loc in trace.written if loc[0] is dead]:
                trace.written.discard(location)
                self.cells.pop(location, None)
            for location in [loc for loc in trace.reads if loc[0] is dead]:
                del trace.reads[location]
        trace.writes = {location: self.cells.get(location, MISSING) for location in trace.written}
        self.trace = outer
        self._absorb(trace, keep_log=False)
        return trace

    def can_replay(self, trace: Trace) -> bool:
        """Whether all that a trace read is as it was then."""
        cells = self.cells
        for location, value in trace.reads.items():
            now = cells.get(location, MISSING)
            if now is not value and now != value:
                return False
        return True

    def replay(self, trace: Trace) -> None:
        """Does again what a trace did, without evaluating anything."""
        self._absorb(trace, keep_log=True)

    def _absorb(self, trace: Trace, keep_log: bool) -> None:
        outer, cells = self.trace, self.cells
        for location, value in trace.reads.items():
            if location not in outer.written and location not in outer.reads:
                outer.reads[location] = value
        if keep_log:
            if self._log is not None:
                for location in trace.writes:
                    self._log.append((location, self.read(*location)))
            for location, value in trace.writes.items():
                if value is MISSING:
                    cells.pop(location, None)
                else:
                    cells[location] = value
        outer.written |= trace.written
        self.note(trace)
        outer.mismatches += trace.mismatches
        outer.steps += trace.steps

    # -- branches

    def fork(self) -> list[tuple[Location, Value]] | None:
        """Starts a branch that can be taken back; returns what `undo` needs."""
        outer, self._log = self._log, []
        self.branches += 1
        return outer

    def undo(self, outer: list[tuple[Location, Value]] | None) -> dict[Location, Value]:
        """Takes back all writes since `fork` and returns what the branch left at each location."""
        log = self._log or []
        left = {location: self.cells.get(location, MISSING) for location, _ in log}
        for location, value in reversed(log):
            if value is MISSING:
                self.cells.pop(location, None)
            else:
                self.cells[location] = value
        self._log = outer
        self.branches -= 1
        return left

    def apply(self, changes: dict[Location, Value]) -> None:
        """Writes what a branch left."""
        for (owner, key), value in changes.items():
            self.write(owner, key, value)

    def forget(self, locations: Iterable[Location]) -> None:
        """Makes locations unknown, after something happened to them that could not be followed."""
        for owner, key in locations:
            self.write(owner, key, UNKNOWN)
