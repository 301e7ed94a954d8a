"""The elements of small arrays, as far as they are known.

An array can be changed in place, and what views share with it changes too. So the elements of an array are not in the
value but in the store, under a list of their own; a list names those that it was made from, and holds no longer than they.
"""

from __future__ import annotations

from dataclasses import replace

from shapewright.interpreter.run import Run
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import UNKNOWN, ListRef, Literal, Size, Tuple, Value

_SOURCES = "made from"


NUMBERS = "numbers"
"""The key in the store under which a list says that it holds numbers, or lists of them, that are not known."""


def contents_of(run: Run, tensor: Tensor) -> Value | None:
    """The elements: one number, or a tuple of them for each axis."""
    held = tensor.content
    if not isinstance(held, ListRef):
        return held
    items = run.store.read(held, "items")
    return items if isinstance(items, Tuple) and all(_holds(run, ref) for ref in _sources(run, held)) else None


def _holds(run: Run, held: Value) -> bool:
    return isinstance(run.store.read(held, "items"), Tuple) and all(_holds(run, ref) for ref in _sources(run, held))


def _sources(run: Run, held: Value) -> tuple[Value, ...]:
    found = run.store.read(held, _SOURCES)
    return found.items if isinstance(found, Tuple) else ()


def with_contents(run: Run, tensor: Tensor, content: Value | None, sources: list[Tensor]) -> Tensor:
    """An array with its elements; `sources` are the arrays that it may share them with."""
    if tensor.library is not Library.NUMPY or not isinstance(content, Tuple):
        return replace(tensor, content=content if isinstance(content, (Literal, Size, Tuple)) else None)
    held = ListRef()
    run.store.write(held, "items", content)
    refs = tuple(dict.fromkeys(t.content for t in sources if isinstance(t.content, ListRef)))
    if refs:
        run.store.write(held, _SOURCES, Tuple(refs))
    return replace(tensor, content=held)


def seen(run: Run, tensor: Tensor) -> Tensor:
    """The array with its elements as they are now."""
    return replace(tensor, content=contents_of(run, tensor)) if isinstance(tensor.content, ListRef) else tensor


def changed(run: Run, value: Value) -> None:
    """An array, or arrays in a list, is changed in place: its elements and those of what shares them are not known any more."""
    if isinstance(value, Tensor) and isinstance(value.content, ListRef):
        _forget(run, value.content)
    if isinstance(value, Tensor) and value.labels is not None:
        run.store.write(value.labels, "labels", UNKNOWN)


def _forget(run: Run, held: Value) -> None:
    run.store.write(held, "items", UNKNOWN)
    for source in _sources(run, held):
        _forget(run, source)
