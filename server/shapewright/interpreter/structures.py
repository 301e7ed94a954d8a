"""Nested tuples, lists and dicts of tensors, as Keras and `tf.data` take and return them."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from shapewright.interpreter.iteration import items_of
from shapewright.interpreter.run import Run
from shapewright.values.tensor import Tensor
from shapewright.values.value import UNKNOWN, DictItems, DictRef, ListRef, Tuple, Value

Leaf = Callable[[Value, int], Value]
"""What becomes of one leaf, and which of all leaves it is."""


def map_structure(run: Run, value: Value, leaf: Leaf) -> Value:
    """A structure of the same form, every leaf replaced; `UNKNOWN` in place of a list or dict that is not known."""
    counter = iter(range(1_000_000))
    return _mapped(run, value, leaf, counter)


def _mapped(run: Run, value: Value, leaf: Leaf, counter: Iterator[int]) -> Value:
    if isinstance(value, Tuple):
        return Tuple(tuple(_mapped(run, item, leaf, counter) for item in value.items))
    if isinstance(value, ListRef):
        items = items_of(run, value)
        if items is None:
            return UNKNOWN
        made = ListRef()
        run.store.write(made, "items", Tuple(tuple(_mapped(run, item, leaf, counter) for item in items)))
        return made
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        if not isinstance(state, DictItems):
            return UNKNOWN
        copy = DictRef()
        pairs = tuple((key, _mapped(run, item, leaf, counter)) for key, item in state.items)
        rest = state.rest if state.rest is UNKNOWN else _mapped(run, state.rest, leaf, counter)
        run.store.write(copy, "items", DictItems(pairs, state.complete, rest))
        return copy
    return leaf(value, next(counter))


def leaves(run: Run, value: Value) -> list[Value]:
    """All leaves of a structure, in order."""
    found: list[Value] = []

    def keep(leaf: Value, _: int) -> Value:
        found.append(leaf)
        return leaf

    map_structure(run, value, keep)
    return found


def flatten(run: Run, value: Value) -> list[Tensor]:
    """The tensors in a structure of tuples, lists and dicts, in order."""
    if isinstance(value, Tensor):
        return [value]
    if isinstance(value, (Tuple, ListRef)):
        return [t for item in items_of(run, value) or () for t in flatten(run, item)]
    if isinstance(value, DictRef):
        state = run.store.read(value, "items")
        return [t for _, item in state.items for t in flatten(run, item)] if isinstance(state, DictItems) else []
    return []
