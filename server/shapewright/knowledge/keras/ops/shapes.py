"""Functions that rearrange, join and cut. Source: keras/src/ops/numpy.py, keras/src/ops/core.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.arrays import shapes
from shapewright.knowledge.arrays.arguments import Operand, axes_of, axis_of, narrowed, operand, promoted, size_of
from shapewright.knowledge.arrays.dtypes import is_int
from shapewright.knowledge.keras.ops.joining import joined
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Given, Misfit, NotKnown, Result, refuse
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.tensor import Library


def _alike(x: Any, change: Any) -> Result:
    found = operand(x)
    return Result(change(found.shape), narrowed(found))


def _all(xs: Any) -> list[Operand]:
    if not isinstance(xs, (tuple, list)):
        raise NotKnown("a list of tensors")
    return [operand(x) for x in xs]


@function("keras.ops.reshape")
def reshape(x: Any, newshape: Any) -> Result:
    """The same elements in another shape.

    >>> {name}(Input((4, 3)), (-1, 6))
    >>> {name}(np.ones((2, 6), "float32"), (3, -1))
    >>> {name}(Input((4, 3)), (-1, 12))
    """
    return _alike(x, lambda shape: shapes.reshaped(shape, newshape))


@function("keras.ops.expand_dims")
def expand_dims(x: Any, axis: Any) -> Result:
    """A new axis of size 1.

    >>> {name}(Input((4, 3)), -1)
    >>> {name}(np.ones((2, 6), "float32"), (0, 2))
    >>> {name}(3, -1)
    """
    return _alike(x, lambda shape: shapes.expanded(shape, axis))


@function("keras.ops.squeeze")
def squeeze(x: Any, axis: Any = None) -> Result:
    """Without the axes of size 1, or without those named.

    >>> {name}(Input((4, 1)), -1)
    >>> {name}(np.ones((1, 6, 1), "float32"))
    """
    if isinstance(x, (int, float)):
        raise NotKnown("a tensor")
    found = operand(x)
    several = isinstance(axis, (list, tuple)) or (isinstance(axis, int) and not -1 <= axis < found.shape.rank)
    try:
        return _alike(x, lambda shape: shapes.squeezed(shape, axis))
    except Misfit:
        if several and found.library is not Library.KERAS:
            raise NotKnown("words that are known") from None
        raise


@function("keras.ops.transpose")
def transpose(x: Any, axes: Any = None) -> Result:
    """The axes in another order, reversed unless told.

    >>> {name}(Input((4, 3)), (0, 2, 1))
    >>> {name}(np.ones((2, 6), "float32"))
    """
    if not isinstance(x, Given) and axes is not None:
        raise NotKnown("a tensor")
    return _alike(x, lambda shape: shapes.transposed(shape, axes))


@function("keras.ops.swapaxes")
def swapaxes(x: Any, axis1: Any, axis2: Any) -> Result:
    """Two axes exchanged.

    >>> {name}(Input((4, 3)), 1, 2)
    """
    return _alike(x, lambda shape: shapes.swapped(shape, axis1, axis2))


@function("keras.ops.moveaxis")
def moveaxis(x: Any, source: Any, destination: Any) -> Result:
    """Axes moved to other places.

    >>> {name}(Input((4, 3)), 1, -1)
    """
    return _alike(x, lambda shape: shapes.moved(shape, source, destination))


@function("keras.ops.ravel")
def ravel(x: Any) -> Result:
    """One axis with all elements.

    >>> {name}(Input((4, 3)))
    >>> {name}(np.ones((2, 3), "float32"))
    """
    return _alike(x, lambda shape: Shape((number_of_elements(shape),)))


@function("keras.ops.flip")
def flip(x: Any, axis: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)), axis=1)
    >>> {name}(np.ones((4, 3)), axis=-2)
    """
    if axis is not None and not (isinstance(x, Given) and x.library is Library.KERAS):
        axes_of(axis, operand(x).shape.rank)
    return _alike(x, lambda shape: shape)


@function("keras.ops.roll")
def roll(x: Any, shift: Any, axis: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)), 1, axis=1)
    """
    places = [] if axis is None else axes_of(axis, operand(x).shape.rank)
    if axis is not None and (len(places) if isinstance(axis, (tuple, list)) else 0) != (
        len(shift) if isinstance(shift, (tuple, list)) else 0
    ):
        raise NotKnown("a shift for each axis")
    return _alike(x, lambda shape: shape)


@function(*spelled("keras.ops.", "tril triu"))
def triangle(x: Any, k: Any = 0) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    axis_of(-2, operand(x).shape.rank)
    return _alike(x, lambda shape: shape)


@function("keras.ops.broadcast_to")
def broadcast_to(x: Any, shape: Any) -> Result:
    """The target shape.

    >>> {name}(np.ones((1, 3), "float32"), (4, 3))
    """
    if isinstance(shape, (int, Dim)):
        raise NotKnown("a size for each axis")
    return _alike(x, lambda given: shapes.broadcast_to(given, shape))


@function("keras.ops.concatenate")
def concatenate(xs: Any, axis: Any = 0) -> Result:
    """Alike but for `axis`, whose sizes add up.

    >>> {name}([Input((4, 3)), Input((4, 2))], axis=-1)
    >>> {name}([np.ones((2, 3), "float32"), np.ones((1, 3), "float32")])
    """
    found = _all(xs)
    given = [x.shape for x in found]
    if len(found) == 1 and isinstance(axis, int) and not (isinstance(xs[0], Given) and xs[0].library is Library.KERAS):
        return Result(given[0], promoted("keras", *found))  # TensorFlow hands on one tensor without a look at the axis
    if axis is None and any(x.library is Library.KERAS for x in found):
        raise NotKnown("an axis")
    made = shapes.concatenated(given, axis)
    return Result(made if axis is None else joined(made, found, given, axis), promoted("keras", *found))


@function("keras.ops.stack")
def stack(x: Any, axis: Any = 0) -> Result:
    """Tensors of one shape along a new axis.

    >>> {name}([Input((4, 3)), Input((4, 3))], axis=1)
    """
    found = _all(x)
    return Result(shapes.stacked([x.shape for x in found], axis), promoted("keras", *found))


@function("keras.ops.unstack")
def unstack(x: Any, num: Any = None, axis: Any = 0) -> Sequence[Result]:
    """The parts along an axis.

    >>> {name}(Input((3, 4)), axis=1)
    """
    found = operand(x)
    parts = found.shape[axis].size if isinstance(axis, int) and -found.shape.rank <= axis < found.shape.rank else None
    if not isinstance(parts, int) or parts > 1000:
        raise NotKnown("the number of parts")
    return [Result(found.shape.without(axis), narrowed(found))] * parts


@function("keras.ops.split")
def split(x: Any, indices_or_sections: Any, axis: Any = 0) -> Sequence[Result]:
    """An axis cut into equal parts, or at some positions.

    >>> {name}(Input((4, 6)), 3, axis=-1)
    >>> {name}(np.ones((6, 2), "float32"), [1, 4])
    """
    found = operand(x)
    return [Result(part, narrowed(found)) for part in shapes.divided(found.shape, indices_or_sections, axis)]


@function("keras.ops.tile")
def tile(x: Any, repeats: Any) -> Result:
    """Each axis so many times.

    >>> {name}(np.ones((2, 3), "float32"), (2, 2))
    >>> {name}(Input((4, 3)), (1, 2, 3))
    """
    return _alike(x, lambda shape: shapes.tiled(shape, repeats))


@function("keras.ops.repeat")
def repeat(x: Any, repeats: Any, axis: Any = None) -> Result:
    """Each element so many times.

    >>> {name}(Input((4, 3)), 2, axis=1)
    >>> {name}(np.ones((2, 3), "float32"), 2)
    """
    if repeats == 0:
        raise NotKnown("an amount")  # of an open size Keras makes an open one
    return _alike(x, lambda shape: shapes.repeated(shape, repeats, axis))


def known_widths(widths: Any) -> bool:
    """Whether all the numbers are known, as Keras prints them."""
    return all(isinstance(number, int) for pair in widths for number in pair)


@function("keras.ops.pad")
def pad(x: Any, pad_width: Any, mode: Any = "constant", constant_values: Any = None) -> Result:
    """So much added before and after each axis. One pair is for every axis, which only Keras tensors take.

    >>> {name}(Input((4, 3)), ((0, 0), (1, 2), (0, 0)))
    >>> {name}(Input((4, 3)), ((1, 2),))
    >>> {name}(np.ones((2, 3), "float32"), [[1, 1], [0, 2]])
    """
    if not isinstance(pad_width, (tuple, list)) or not all(isinstance(pair, (tuple, list)) for pair in pad_width):
        raise NotKnown("a pair for each axis")
    shape = operand(x).shape
    if len(pad_width) == 1 and shape.rank != 1:
        if operand(x).library is not Library.KERAS:
            raise NotKnown("a pair for each axis")
        pad_width = list(pad_width) * shape.rank
    if len(pad_width) != shape.rank and all(len(pair) == 2 for pair in pad_width) and known_widths(pad_width):
        text = f"`pad_width` must have the same length as `x.shape`. Received: pad_width={pad_width} (of length "
        text += f"{len(pad_width)}) and x.shape={shape} (of length {shape.rank})"
        refuse("counts", text, shape=shape, given=len(pad_width))
    if len(pad_width) != shape.rank or mode not in ("constant", "reflect", "symmetric"):
        raise NotKnown("a pair for each axis")
    if constant_values is not None and mode != "constant":
        raise NotKnown("constant_values")
    return _alike(x, lambda shape: shapes.padded(shape, pad_width))


@function("keras.ops.take")
def take(x: Any, indices: Any, axis: Any = None) -> Result:
    """The indices' axes in place of one axis.

    >>> {name}(Input((4, 3)), [0, 2], axis=1)
    >>> {name}(np.ones((2, 3), "float32"), 1, axis=0)
    """
    places = operand(indices)
    if Library.KERAS not in (operand(x).library, places.library) and not is_int(narrowed(places)):
        raise NotKnown("whole numbers")
    if not isinstance(x, Given) and places.library is Library.KERAS:
        raise NotKnown("a tensor")
    if operand(x).library is not Library.KERAS and not _are_on(operand(x).shape, indices, axis):
        raise NotKnown("places on the axis")
    return _alike(x, lambda shape: shapes.taken(shape, places.shape, axis))


def _are_on(shape: Shape, indices: Any, axis: Any) -> bool:
    """Whether the places that a list says are on the axis."""
    size = number_of_elements(shape).size if axis is None else shape[axis].size if isinstance(axis, int) else None
    places = indices if isinstance(indices, (list, tuple)) else [indices]
    known = [place for place in places if isinstance(place, int)]
    return not isinstance(size, int) or all(-size <= place < size for place in known)


@function("keras.ops.take_along_axis")
def take_along_axis(x: Any, indices: Given, axis: Any = None) -> Result:
    """The shape of the indices.

    >>> {name}(np.ones((2, 3), "float32"), np.zeros((2, 1), "int32"), axis=1)
    """
    found, places = operand(x), indices.shape
    if places.rank != found.shape.rank or any(
        n != axis_of(axis, found.shape.rank) and d.size != places[n].size for n, d in enumerate(found.shape)
    ):
        raise NotKnown("indices that fit")
    return Result(places, narrowed(found))


@function(*spelled("keras.ops.", "diagonal"))
def diagonal(x: Any, offset: Any = 0, axis1: Any = 0, axis2: Any = 1) -> Result:
    """Without two axes, and their diagonal last.

    >>> {name}(np.ones((2, 3, 4), "float32"))
    """
    return _alike(x, lambda shape: shapes.diagonal(shape, offset, axis1, axis2))


@function("keras.ops.slice")
def slice_(inputs: Any, start_indices: Any, shape: Any) -> Result:
    """The shape that is asked for.

    >>> {name}(np.ones((4, 5), "float32"), (0, 1), (2, 3))
    """
    if not isinstance(shape, (tuple, list)):
        raise NotKnown("shape")
    found, wanted = operand(inputs), [size_of(size) for size in shape]
    starts = len(start_indices) if isinstance(start_indices, (tuple, list)) else len(wanted)
    if any(dim.size == -1 for dim in wanted) or len(wanted) != found.shape.rank or starts != found.shape.rank:
        raise NotKnown("sizes")
    begins = start_indices if isinstance(start_indices, (tuple, list)) else ()
    for begin, dim, whole in zip(begins, wanted, found.shape, strict=False):
        if all(isinstance(n, int) for n in (begin, dim.size, whole.size)) and begin + dim.size > whole.size:
            raise NotKnown("a part of it")
    return Result(Shape(wanted), narrowed(found))


@function("keras.ops.meshgrid")
def meshgrid(*x: Any, indexing: Any = "xy") -> Sequence[Result]:
    """One grid for each axis.

    >>> {name}(np.ones((2,), "float32"), np.ones((3,), "float32"))
    >>> {name}(np.ones((2,), "float32"), np.ones((3,), "float32"), indexing="ij")
    """
    found = [operand(part) for part in x]
    if any(part.shape.rank != 1 for part in found) or indexing not in ("xy", "ij"):
        raise NotKnown("vectors")
    dims = [part.shape[0] for part in found]
    if indexing == "xy" and len(dims) > 1:
        dims[0], dims[1] = dims[1], dims[0]
    return [Result(Shape(dims), narrowed(part)) for part in found]
