"""What an analysis found, for one version of a text. Hover, hints, findings and the command line are views of this."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import Any

from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.naming import Names
from shapewright.interpreter.run import Import, Imported
from shapewright.interpreter.store import Trace
from shapewright.interpreter.view import View
from shapewright.syntax.chunk import Chunk, Span
from shapewright.syntax.source import Place, Source
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import UNKNOWN, Value

MAX_VALUES = 8
"""How many different shapes of one place are kept."""


Nodes = dict[ast.AST, list[Value]]
"""What was seen of each expression of a chunk, in order."""


@dataclass(frozen=True)
class Fact:
    """What one expression or assigned name was worth, over all evaluations: the distinct values in order."""

    span: Span
    place: Place
    node: ast.AST
    values: tuple[Value, ...]

    @property
    def is_target(self) -> bool:
        """Whether this is a name (or attribute) that is assigned here, or a parameter."""
        return isinstance(self.node, ast.arg) or isinstance(getattr(self.node, "ctx", None), ast.Store)

    @property
    def is_global(self) -> bool:
        """Whether it stands outside of functions and classes."""
        inner = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
        return not any(isinstance(statement, inner) for statement in self.span.chunk.tree.body)


class Facts:
    """The facts of one version of a text.

    `executed` are the traces of what the program does, `uncalled` those of functions that nothing calls, which were
    evaluated with their defaults alone: they tell of places that the program itself does not reach. `path` is the file of the
    text, `imported` what was found for the imports of the program.
    """

    def __init__(
        self,
        source: Source,
        executed: list[Trace],
        uncalled: list[Trace],
        view: View,
        path: str = "",
        imported: Mapping[Import, Imported] = MappingProxyType({}),
    ) -> None:
        own = {module.path: module.source for module in imported.values() if module.editable and module.path != path}
        self.source = source.with_others(own) if own else source
        self.path = path
        self.imported = imported
        self.view = view
        self._executed = executed
        self._uncalled = uncalled
        self._traces = executed + uncalled

    @cached_property
    def mismatches(self) -> list[Mismatch]:
        """All that does not fit, each once, in the order of the text."""
        found: dict[tuple[Any, str], Mismatch] = {}
        for trace in self._traces:  # a trace has the mismatches of its calls, too
            for mismatch in trace.mismatches:
                found.setdefault((mismatch.span, mismatch.kind), mismatch)
        places = {m: self.source.place(m.span) for m in found.values() if m.span is not None}
        known = [(place.line, place.column, n, m) for n, (m, place) in enumerate(places.items()) if place is not None]
        return [m for *_, m in sorted(known, key=lambda item: item[:3])]

    @cached_property
    def bounds(self) -> list[str]:
        """The bounds that were met, for the log."""
        return list(dict.fromkeys(bound for trace in self._traces for part in trace.walk() for bound in part.bounds))

    def arrays(self) -> Iterator[tuple[ast.AST, Span, Tensor]]:
        """The NumPy arrays that were seen anywhere: the expression, where it stands, and the array."""
        for trace in self._traces:
            for chunk, nodes in _grouped(trace).items():
                for node, values in nodes.items():
                    for value in values:
                        if isinstance(value, Tensor) and value.library is Library.NUMPY and self.source.holds(chunk):
                            yield node, chunk.span(node), value

    def symbolic_values(self) -> Iterator[Value]:
        """The symbolic tensors, layers and models that were seen, each once, in the order they were first seen."""
        seen: set[int] = set()
        for trace in self._traces:
            for part in trace.walk():
                for _, _, value in part.observed:
                    if isinstance(value, (LayerRef, ModelRef, SequentialRef)) or (
                        isinstance(value, Tensor) and value.history is not None
                    ):
                        if id(value) not in seen:
                            seen.add(id(value))
                            yield value

    def models(self) -> Iterator[ModelRef | SequentialRef]:
        """The functional and Sequential models that were made."""
        for trace in self._traces:
            for made in trace.made():
                if isinstance(made, (ModelRef, SequentialRef)):
                    yield made

    def gives_models(self, span: Span) -> bool:
        """Whether every evaluation of a call made a model."""
        seen = [*self._observed.get(span.chunk, ()), *self._observed_uncalled.get(span.chunk, ())]
        kinds = (ModelRef, SequentialRef)
        candidates = {node for nodes in seen for node, values in nodes.items() if isinstance(values[-1], kinds)}
        node = next((n for n in candidates if isinstance(n, ast.Call) and span.chunk.span(n) == span), None)
        return all(isinstance(value, kinds) for nodes in seen for value in nodes.get(node, ())) if node else False

    def in_lines(self, first: int, last: int) -> Iterator[Fact]:
        """The facts of the chunks that touch some lines of the buffer (from 0, both included)."""
        for chunk, start in zip(self.source.chunks, self.source.first_lines, strict=True):
            if start <= last and start + len(chunk.lines) > first:
                yield from self._facts_of(chunk)

    def all(self) -> Iterator[Fact]:
        """All facts, in the order of the text."""
        return self.in_lines(0, len(self.source.lines))

    def at(self, line: int, column: int) -> Fact | None:
        """The innermost fact at a position of the buffer."""
        found = self.source.chunk_at(line)
        if found is None:
            return None
        chunk, inner = found
        holding = [fact for fact in self._facts_of(chunk) if fact.span.holds(inner, column)]
        return min(holding, key=lambda f: (_size(f.span), not f.is_target), default=None)

    def exactly(self, span: Span) -> Fact | None:
        """The fact about an expression that is read at just this place."""
        return next((f for f in self._facts_of(span.chunk) if f.span == span and not f.is_target), None)

    def assigned(self, span: Span) -> Fact | None:
        """The fact about a name that is assigned at just this place."""
        return next((f for f in self._facts_of(span.chunk) if f.span == span and f.is_target), None)

    def _facts_of(self, chunk: Chunk) -> list[Fact]:
        by_node = self._values_by_node(self._observed.get(chunk, []))
        for node, kept in self._values_by_node(self._observed_uncalled.get(chunk, [])).items():
            by_node.setdefault(node, kept)
        facts = []
        for node, kept in by_node.items():
            span = chunk.span(node)
            place = self.source.place(span)
            if place is not None:
                facts.append(Fact(span, place, node, tuple(kept.values())))
        facts.sort(key=lambda f: (f.span.line, f.span.column, f.span.end_line, f.span.end_column))
        return facts

    def _values_by_node(self, seen: list[Nodes]) -> dict[ast.AST, dict[Any, Value]]:
        """The distinct values of each expression over all traces that saw it."""
        by_node: dict[ast.AST, dict[Any, Value]] = {}
        unknown: set[ast.AST] = set()
        for nodes in seen:
            for node, values in nodes.items():
                if all(value is UNKNOWN for value in values) and node not in by_node:
                    unknown.add(node)
                    continue
                kept = by_node.setdefault(node, {})
                if node in unknown:
                    kept[None] = UNKNOWN
                for value in values:
                    if len(kept) < MAX_VALUES:
                        kept.setdefault(self.view.key(value), value)
        return by_node

    @cached_property
    def _observed(self) -> dict[Chunk, list[Nodes]]:
        """What the statements saw. The program ends at the first refusal: what is not known after it may only be a
        consequence, and takes nothing away from what is known."""
        refused = (n for n, trace in enumerate(self._executed, 1) if any(m.message for m in trace.mismatches))
        end = next(refused, len(self._executed))
        seen = _by_chunk(self._executed[:end])
        for chunk, later in _by_chunk(self._executed[end:]).items():
            before = seen.setdefault(chunk, [])
            before += map(self._known, later) if len(before) + len(later) > 1 else later
        return seen

    def _known(self, nodes: Nodes) -> Nodes:
        """What was seen, without what tells nothing."""
        shows = self.view.shows
        return {node: known for node, values in nodes.items() if (known := [v for v in values if shows(v)])}

    @cached_property
    def _observed_uncalled(self) -> dict[Chunk, list[Nodes]]:
        return _by_chunk(self._uncalled)

    @cached_property
    def layer_names(self) -> dict[Value, str]:
        """The name that Keras most likely gives to each layer and model."""
        return self.view.names(self._traces).likely

    def names_for(self, model: Value) -> Names:
        """The names in the program that makes a model; for a model of a function that nothing calls, as if it were called
        in the end."""
        for trace in self._uncalled:
            if any(made is model for made in trace.made()):
                return self.view.names([*self._executed, trace])
        return self._names

    @cached_property
    def _names(self) -> Names:
        return self.view.names(self._executed)


def _by_chunk(traces: list[Trace]) -> dict[Chunk, list[Nodes]]:
    """By chunk, what each trace saw there."""
    by_chunk: dict[Chunk, list[Nodes]] = {}
    for trace in traces:
        for chunk, nodes in _grouped(trace).items():
            by_chunk.setdefault(chunk, []).append(nodes)
    return by_chunk


def _grouped(trace: Trace) -> dict[Chunk, Nodes]:
    """What a trace and its calls saw, by chunk and node; kept with the trace, which does not change any more."""
    if trace.grouped is None:
        grouped: dict[Chunk, Nodes] = {}
        for part in trace.walk():
            for chunk, node, value in part.observed:
                grouped.setdefault(chunk, {}).setdefault(node, []).append(value)
        trace.grouped = grouped
    kept: dict[Chunk, Nodes] = trace.grouped
    return kept


def _size(span: Span) -> tuple[int, int]:
    lines = span.end_line - span.line
    return (lines, span.end_column - (span.column if lines == 0 else 0))
