"""The shape of `x[index]`, as NumPy's indexing and TensorFlow's tensors define it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Union

from shapewright.knowledge.rule import NotKnown, refuse
from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.dimension import UNNAMED, Dim, same_length
from shapewright.tensors.shape import Shape

IN_GRAPH = "in the graph"
"""A bound of a slice that is only decided when a graph runs."""


@dataclass(frozen=True)
class Picked:
    """`start:stop:step`; a bound that is not known is `UNNAMED`, one that is only decided when a graph runs `IN_GRAPH`."""

    start: int | str | None
    stop: int | str | None
    step: int | str | None
    length: int | None = None  # how much it takes, where that is known though the bounds are not


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


@dataclass(frozen=True)
class Many:
    """An array of integers: its axes stand in place of one. `bounds` are the least and the most, where they are known."""

    shape: Shape
    bounds: tuple[int, int] | None = None


@dataclass(frozen=True)
class Mask:
    """An array of bools: one axis, of those that are true, stands in place of all that it covers."""

    shape: Shape


Index = Union[Picked, NewAxis, Rest, One, Many, Mask]


def indexed(shape: Shape, indices: Sequence[Index]) -> Shape:
    """The shape that indexing gives. Refuses too many indices and one that is out of bounds."""
    if sum(isinstance(i, Rest) for i in indices) > 1:
        raise NotKnown("one `...` at most")
    used = sum(_covers(index) for index in indices)
    if used > shape.rank:
        if not shape.rank:
            raise NotKnown("whether it is a number or an array without axes, which refuse in other words")
        refuse(
            "index",
            f"too many indices for array: array is {shape.rank}-dimensional, but {used} were indexed",
            shape=shape,
        )
    rests = [n for n, i in enumerate(indices) if isinstance(i, Rest)]
    at = rests[0] if rests else len(indices)
    filled = [*indices[:at], *[Picked(None, None, None)] * (shape.rank - used), *indices[at + 1 :]]
    return _advanced(shape, filled) if any(isinstance(i, (Many, Mask)) for i in filled) else _basic(shape, filled)


def _covers(index: Index) -> int:
    """How many axes of the array an index stands for."""
    if isinstance(index, Mask):
        return index.shape.rank
    return int(isinstance(index, (Picked, One, Many)))


def _basic(shape: Shape, filled: Sequence[Index]) -> Shape:
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


def _advanced(shape: Shape, filled: Sequence[Index]) -> Shape:
    """Arrays of positions are broadcast with each other and with single integers. What comes of them stands where they
    stood when they are neighbours, and in front when something stands between them."""
    dims: list[Dim] = []
    together = Shape(())
    places: list[int] = []
    front = 0
    axis = 0
    for place, index in enumerate(filled):
        if isinstance(index, (One, Many, Mask)):
            if not places:
                front = len(dims)
            places.append(place)
            together = _together(together, index, shape, axis)
        elif isinstance(index, NewAxis):
            dims.append(Dim(1))
        elif isinstance(index, Picked):
            dims.append(sliced(shape[axis], index))
        axis += _covers(index)
    neighbours = places == list(range(places[0], places[0] + len(places)))
    at = front if neighbours else 0
    return Shape((*dims[:at], *together, *dims[at:]))


def _together(together: Shape, index: One | Many | Mask, shape: Shape, axis: int) -> Shape:
    if isinstance(index, One):
        _check_bounds(shape, axis, index)
        return together
    if isinstance(index, Many):
        found, size = index.shape, shape[axis].size
        if (
            index.bounds is not None
            and isinstance(size, int)
            and not -size <= index.bounds[0] <= index.bounds[1] < size
        ):
            raise NotKnown("positions within the axis")
    else:
        if any(same_length(a, b) is False for a, b in zip(index.shape, shape.dims[axis:], strict=False)):
            raise NotKnown("a mask of the array's sizes")
        found = Shape((UNNAMED,))
    try:
        return broadcast(together, found)
    except BroadcastError:
        raise NotKnown("positions that broadcast") from None


def sliced(dim: Dim, index: Picked) -> Dim:
    """How much of an axis a slice takes."""
    if index == Picked(None, None, None) or (index == Picked(None, None, -1)):
        return dim
    if index.length is not None:
        return Dim(index.length)
    bounds = (index.start, index.stop, index.step)
    if IN_GRAPH in bounds:
        return Dim(None)
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
