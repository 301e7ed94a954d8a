"""Functions that pick elements of tensors, or put them in: slices, masks, scattering."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import axis_of, chosen_dtype, contents, narrowed, operand, size_of, sizes_of
from shapewright.knowledge.arrays.dtypes import is_int
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result, sized_by_data
from shapewright.knowledge.tensorflow.common import alike, check_updates
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN


@function("tensorflow.slice")
def slice_(input_: Any, begin: Any, size: Any, name: Any = None) -> Result:
    """So much of each axis, all that is left for -1.

    >>> {name}(tf.ones((5, 6)), [1, 2], [3, -1])
    >>> {name}(tf.ones((5, 6)), [0, 0], [tf.shape(tf.ones((2, 3)))[0], 4])
    """
    found = operand(input_)
    if size is UNKNOWN or (isinstance(size, Given) and contents(size) is None):
        return Result(Shape([sized_by_data()] * found.shape.rank), narrowed(found))
    starts, sizes = contents(begin), sizes_of(size)
    if sizes.rank != found.shape.rank:
        raise NotKnown("a size for each axis")
    dims = []
    for axis, dim in enumerate(sizes):
        if dim.size != -1:
            dims.append(dim)
        elif starts is not None and starts[axis].size == 0:
            dims.append(found.shape[axis])
        elif starts is not None and starts[axis].is_known and found.shape[axis].is_known:
            dims.append(found.shape[axis] - starts[axis])
        else:
            dims.append(sized_by_data())
    return Result(Shape(dims), narrowed(found))


@function("tensorflow.boolean_mask")
def boolean_mask(tensor: Any, mask: Any, axis: Any = None, name: Any = "boolean_mask") -> Result:
    """Those that the mask says, in one axis in place of those of the mask.

    >>> {name}(tf.ones((5, 6)), tf.ones((5,), "bool"))
    >>> {name}(tf.ones((5, 6, 2)), tf.ones((6, 2), "bool"), axis=1)
    """
    found, picks = operand(tensor), operand(mask).shape
    at = 0 if axis is None else axis_of(axis, found.shape.rank)
    if not picks.rank or at + picks.rank > found.shape.rank:
        raise NotKnown("a mask of some axes")
    dims = found.shape.dims
    if any(same_length(a, b) is False for a, b in zip(dims[at : at + picks.rank], picks, strict=True)):
        raise NotKnown("a mask that fits")
    return Result(Shape((*dims[:at], sized_by_data(), *dims[at + picks.rank :])), narrowed(found))


@function("tensorflow.sequence_mask")
def sequence_mask(lengths: Any, maxlen: Any = None, dtype: Any = "bool", name: Any = None) -> Result:
    """A new last axis of `maxlen`, or as long as the longest.

    >>> {name}([1, 3], 5)
    >>> {name}([1, 3])
    >>> {name}(tf.ones((2, 3), tf.int32), maxlen=4, dtype=tf.float32)
    """
    size = sized_by_data() if maxlen is None else size_of(maxlen)
    return Result(Shape((*operand(lengths).shape, size)), chosen_dtype(dtype, None))


@function("tensorflow.meshgrid")
def meshgrid(*args: Any, **named: Any) -> list[Result]:
    """The coordinates of a grid.

    >>> {name}(tf.range(3), tf.range(4))
    >>> {name}(tf.range(3), tf.range(4), tf.range(5), indexing="ij")
    """
    parts = [operand(arg) for arg in args]
    indexing = named.get("indexing", "xy")
    if not parts or any(part.shape.rank > 1 for part in parts) or indexing not in ("xy", "ij"):
        raise NotKnown("axes")
    if len({narrowed(part) for part in parts if part.library is not Library.NUMPY}) > 1:
        raise NotKnown("numbers of one dtype")
    dims = [part.shape[0] if part.shape.rank else Dim(1) for part in parts]
    if indexing == "xy" and len(dims) > 1:
        dims[0], dims[1] = dims[1], dims[0]
    return [Result(Shape(dims), narrowed(part)) for part in parts]


@function("tensorflow.scatter_nd")
def scatter_nd(indices: Any, updates: Any, shape: Any, *_: Any, **__: Any) -> Result:
    """The given shape.

    >>> {name}([[0], [2]], tf.ones((2, 4)), [5, 4])
    """
    wanted, found = sizes_of(shape), operand(updates)
    if not operand(indices).shape.rank:
        raise NotKnown("positions")
    check_updates(wanted, operand(indices).shape, found.shape)
    return Result(wanted, narrowed(found))


@function(*spelled("tensorflow.tensor_scatter_nd_", "add sub max min"))
def tensor_scatter(tensor: Any, indices: Any, updates: Any, *_: Any, **__: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((3, 3)), [[0]], tf.ones((1, 3)))
    """
    check_updates(operand(tensor).shape, operand(indices).shape, operand(updates).shape)
    return alike(operand(tensor))


@function("tensorflow.reverse_sequence")
def reverse_sequence(
    input: Any, seq_lengths: Any, seq_axis: Any = None, batch_axis: Any = None, name: Any = None
) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), [1, 2], seq_axis=1, batch_axis=0)
    """
    found, lengths = operand(input), operand(seq_lengths).shape
    if lengths.rank != 1 or axis_of(seq_axis, found.shape.rank) == axis_of(batch_axis or 0, found.shape.rank):
        raise NotKnown("a length for each sequence")
    if same_length(lengths[0], found.shape[batch_axis or 0]) is False:
        raise NotKnown("a length for each sequence")
    longest = found.shape[seq_axis].size
    known = [n for n in (seq_lengths if isinstance(seq_lengths, (list, tuple)) else ()) if isinstance(n, int)]
    if isinstance(longest, int) and any(n > longest for n in known):
        raise NotKnown("lengths of the axis")
    return alike(found)


@function("tensorflow.identity_n")
def identity_n(input: Any, name: Any = None) -> list[Result]:
    """The tensors as they are.

    >>> {name}([tf.ones((2, 3)), tf.ones((2,))])
    """
    if not isinstance(input, (list, tuple)):
        raise NotKnown("a list of tensors")
    return [alike(operand(value)) for value in input]


@function("tensorflow.shape_n")
def shape_n(input: Any, out_type: Any = "int32", name: Any = None) -> list[Result]:
    """The sizes of each.

    >>> {name}([tf.ones((2, 3)), tf.ones((2,))])
    """
    if not isinstance(input, (list, tuple)):
        raise NotKnown("a list of tensors")
    shapes = [operand(value).shape for value in input]
    return [Result(Shape((s.rank,)), chosen_dtype(out_type, None), content=list(s)) for s in shapes]


@function("tensorflow.dynamic_partition")
def dynamic_partition(data: Any, partitions: Any, num_partitions: Any, name: Any = None) -> list[Result]:
    """The rows of each part.

    >>> {name}(tf.ones((4, 3)), [0, 1, 1, 0], 2)
    """
    found, parts = operand(data), operand(partitions).shape
    if not isinstance(num_partitions, int) or not 0 < num_partitions <= 64 or parts.rank > found.shape.rank:
        raise NotKnown("how many parts")
    rest = found.shape.dims[parts.rank :]
    return [Result(Shape((sized_by_data(), *rest)), narrowed(found)) for _ in range(num_partitions)]


@function("tensorflow.unravel_index")
def unravel_index(indices: Any, dims: Any, name: Any = None) -> Result:
    """A row for each axis.

    >>> {name}([3, 4, 5], [2, 3])
    >>> {name}(3, [2, 3])
    """
    found = operand(indices)
    sizes = sizes_of(dims)
    if any(isinstance(size, int) and size < 0 for size in sizes.sizes) or not is_int(found.dtype):
        raise NotKnown("sizes, and whole numbers")
    if found.shape.rank > 1 or not sizes.rank:
        raise NotKnown("one position, or some in a row")
    return Result(Shape((sizes.rank, *found.shape)), narrowed(found))


@function("tensorflow.histogram_fixed_width")
def histogram_fixed_width(
    values: Any, value_range: Any, nbins: Any = 100, dtype: Any = "int32", name: Any = None
) -> Result:
    """A number for each bin.

    >>> {name}(tf.ones((5,)), [0.0, 5.0], nbins=7)
    """
    to = chosen_dtype(dtype, None)
    dtypes = {narrowed(operand(values)), narrowed(operand(value_range))}
    if to not in ("int32", "int64") or len(dtypes) > 1 or nbins == 0:
        raise NotKnown("whole numbers, and one dtype")
    return Result(Shape((size_of(nbins),)), to)


@function("tensorflow.is_tensor")
def is_tensor(x: Any) -> bool:
    """Whether something is a tensor.

    >>> {name}(tf.ones((2,)))
    >>> {name}(3)
    """
    if x is UNKNOWN or not isinstance(x, (Given, int, float, str, list, tuple)) or _is_array(x):
        raise NotKnown("what it is")
    return isinstance(x, Given)


def _is_array(x: Any) -> bool:
    return isinstance(x, Given) and x.library.value == "array"
