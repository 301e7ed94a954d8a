"""Labels of which it is known that they are the numbers from 0 to `n - 1`, and that each is there: those of Keras's data sets.

What is made of their number: `to_categorical(y)` has `n` columns, `np.unique(y)` has `n` elements, `y.max()` is `n - 1`.
As elements are, they are in the store, because an array can be changed in place.
"""

from __future__ import annotations

from dataclasses import replace

from shapewright.interpreter.run import Run
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Tensor
from shapewright.values.value import ListRef, Literal, Tuple, Value, int_of

_KEY = "labels"
_KEEP = frozenset(
    [
        *(f"ndarray.{name}" for name in ("astype", "copy", "flatten", "ravel", "reshape", "squeeze")),
        *(f"numpy.{name}" for name in ("array", "asarray", "copy", "expand_dims", "ravel", "reshape", "squeeze")),
    ]
)
"""What gives all the elements again, in some shape."""
_LARGEST = frozenset(["ndarray.max", "numpy.max", "numpy.amax"])
_COUNT = frozenset(["keras.utils.to_categorical", "numpy.unique", "numpy.bincount"])
"""What has an axis as long as there are labels, where nothing else says how long."""


def with_labels(run: Run, labels: Tensor, count: int) -> Tensor:
    """An array that holds the numbers from 0 to `count - 1`, and no others."""
    held = ListRef()
    run.store.write(held, _KEY, Literal(count))
    return replace(labels, labels=held)


def made_of_labels(run: Run, name: str, given: Tensor, value: Value) -> Value:
    """What a function gave for an array, with what follows from the labels in it."""
    count = int_of(run.store.read(given.labels, _KEY)) if given.labels is not None else None
    if count is None:
        return value
    if name in _KEEP and isinstance(value, Tensor) and (value.dtype or "").startswith(("int", "uint", "float")):
        return replace(value, labels=given.labels)
    if name in _LARGEST and isinstance(value, Tensor) and value.shape == Shape(()):
        return replace(value, content=Literal(count - 1))
    if name not in _COUNT:
        return value
    if isinstance(value, Tuple):
        return replace(value, items=tuple(_counted(item, count) for item in value.items))
    return _counted(value, count)


def _counted(value: Value, count: int) -> Value:
    """An array whose last axis is one place for each label."""
    if not isinstance(value, Tensor) or not value.shape or value.shape[-1].size != UNNAMED:
        return value
    return replace(value, shape=Shape((*value.shape.dims[:-1], Dim(count))))
