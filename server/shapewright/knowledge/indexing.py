"""The shape of `x[index]`, as NumPy's basic indexing and TensorFlow's tensors define it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

from shapewright.knowledge.rule import NotKnown, refuse
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape


@dataclass(frozen=True)
class Picked:
    """`start:stop:step`; a bound that is not known is `UNNAMED`."""

    start: int | str | None
    stop: int | str | None
    step: int | str | None


@dataclass(frozen=True)
class NewAxis:
    """`None` or `np.newaxis`."""


@dataclass(frozen=True)
class Rest:
    """`...`: all axes that the other indices leave."""


@dataclass(frozen=True)
class One:
    """An integer: the axis goes away. `number` is `None` where it is not known."""

    number: int | None


Index = Union[Picked, NewAxis, Rest, One]


def indexed(shape: Shape, indices: Sequence[Index]) -> Shape:
    """The shape that basic indexing gives. Refuses too many indices and one that is out of bounds."""
    used = sum(isinstance(i, (Picked, One)) for i in indices)
    if used > shape.rank:
        refuse(
            "index",
            f"too many indices for array: array is {shape.rank}-dimensional, but {used} were indexed",
            shape=shape,
        )
    rests = [n for n, i in enumerate(indices) if isinstance(i, Rest)]
    if len(rests) > 1:
        raise NotKnown("one `...` at most")
    at = rests[0] if rests else len(indices)
    filled = [*indices[:at], *[Picked(None, None, None)] * (shape.rank - used), *indices[at + 1 :]]
    dims: list[Dim] = []
    axis = 0
    for index in filled:
        if isinstance(index, NewAxis):
            dims.append(Dim(1))
            continue
        if isinstance(index, Picked):
            dims.append(sliced(shape[axis], index))
        elif isinstance(index, One):
            _check_bounds(shape, axis, index)
        axis += 1
    return Shape(dims)


def sliced(dim: Dim, index: Picked) -> Dim:
    """How much of an axis a slice takes."""
    if index == Picked(None, None, None):
        return dim
    bounds = (index.start, index.stop, index.step)
    if any(isinstance(b, str) for b in bounds):
        return dim.derive(UNNAMED)
    if isinstance(dim.size, int):
        return dim.derive(len(range(*slice(*bounds).indices(dim.size))))
    return Dim(None if dim.size is None else UNNAMED)


def _check_bounds(shape: Shape, axis: int, index: One) -> None:
    size = shape[axis].size
    if isinstance(size, int) and index.number is not None and not -size <= index.number < size:
        refuse(
            "index", f"index {index.number} is out of bounds for axis {axis} with size {size}", shape=shape, axis=axis
        )
