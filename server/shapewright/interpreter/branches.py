"""Conditions that are known or not, and what is known after both ways."""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.joins import join, join_at
from shapewright.interpreter.run import Call, Flow, Run, attributes, callee
from shapewright.interpreter.store import MISSING, Location
from shapewright.values.callable import Class, Function, OneOf
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef
from shapewright.values.tensor import ShapeValue, Tensor
from shapewright.values.value import UNKNOWN, DictItems, DictRef, ListRef, Literal, Tuple, Value


def truth(run: Run, value: Value) -> bool | None:
    """Whether a value counts as true; `None` where that is not known."""
    if isinstance(value, Literal):
        return bool(value.value)
    if isinstance(value, Tensor) and isinstance(value.content, Literal):
        return bool(value.content.value)
    if isinstance(value, Tuple):
        return bool(value.items)
    if isinstance(value, ShapeValue):
        return bool(value.shape.rank)
    if isinstance(value, ListRef):
        items = run.store.read(value, "items")
        return bool(items.items) if isinstance(items, Tuple) else None
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        return bool(state.items) if isinstance(state, DictItems) and state.complete else None
    if isinstance(value, (Function, Class, LayerRef, ModelRef, SequentialRef)):
        return True
    return None


def either(run: Run, ways: list[Callable[[], Flow]]) -> Flow:
    """Goes several ways from the same state, and goes on with what all those that go on agree on.

    A way that leaves the block by `return`, `break` or `continue` takes no part in the state after it. What it did
    elsewhere before it left may be seen later, so those locations are unknown from then on.
    """
    store = run.store
    results: list[tuple[Flow, dict[Location, Value]]] = []
    for way in ways:
        outer = store.fork()
        try:
            flow = way()
        finally:
            changes = store.undo(outer)
        results.append((flow, changes))
    going = [changes for flow, changes in results if flow is Flow.NEXT]
    left = [changes for flow, changes in results if flow not in (Flow.NEXT, Flow.RAISE)]
    touched = dict.fromkeys(location for changes in going for location in changes)
    for location in touched:
        before = store.read(*location)
        values = [changes.get(location, before) for changes in going]
        joined = values[0]
        for value in values[1:]:
            joined = join_at(location[0], joined, value)
        store.write(*location, UNKNOWN if joined is MISSING and any(v is not MISSING for v in values) else joined)
    store.forget(loc for changes in left for loc in changes if not _is_local(loc) and loc not in touched)
    if going:
        return Flow.NEXT
    flows = [flow for flow, _ in results if flow is not Flow.RAISE]
    return flows[0] if flows else Flow.RAISE


@callee(OneOf)
def call_one_of(run: Run, choice: OneOf, call: Call, frame: Frame) -> Value:
    """What all that may be called give."""
    results: list[Value] = []

    def way(option: Value) -> Flow:
        results.append(run.call(option, call, frame))
        return Flow.NEXT

    either(run, [lambda o=option: way(o) for option in choice.options])  # type: ignore[misc]
    return reduce(join, results)


@attributes(OneOf)
def attribute_of_one_of(run: Run, choice: OneOf, name: str) -> Value:
    return reduce(join, [run.attribute(option, name) for option in choice.options])


def _is_local(location: Location) -> bool:
    return isinstance(location[0], Frame)
