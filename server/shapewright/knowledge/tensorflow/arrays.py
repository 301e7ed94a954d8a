"""Functions that arrange the elements of tensors anew, or pick from them; methods of tensors."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import (
    Operand,
    axes_of,
    axis_of,
    chosen_dtype,
    contents,
    elements,
    narrowed,
    one_of_many,
    operand,
    operands,
    plain_sizes,
    size_of,
    sizes_of,
)
from shapewright.knowledge.arrays.dtypes import is_int
from shapewright.knowledge.arrays.shapes import (
    broadcast_to,
    concatenated,
    divided,
    expanded,
    padded,
    repeated,
    reshaped,
    squeezed,
    stacked,
    tiled,
    transposed,
)
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import TRACED, Given, Listed, NotKnown, Result, refuse, sized_by_data
from shapewright.knowledge.tensorflow.common import bracketed, check_updates, dtype_of, of_unknown_rank, refuse_counts
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.tensor import Library


@function("tensorflow.shape")
def shape(input: Any, out_type: Any = None, name: Any = None) -> Result:
    """The sizes, which serve as sizes in other calls.

    >>> {name}(tf.ones((2, 3)))
    >>> tf.ones({name}(tf.ones((2, 3)))[1])
    >>> {name}(tf.ones((2, 3)), out_type=tf.int64)
    """
    if isinstance(input, Given) and input.tensor.shape is None:
        return Result(Shape((sized_by_data(),)), chosen_dtype(out_type, "int32"))
    found = operand(input).shape
    return Result(Shape((found.rank,)), chosen_dtype(out_type, "int32"), content=list(found))


@function("tensorflow.reshape")
def reshape(tensor: Any, shape: Any, name: Any = None) -> Result:
    """The same elements in another shape.

    >>> {name}(tf.ones((2, 3)), (3, -1))
    >>> {name}(tf.ones((2, 3)), [-1])
    >>> {name}(tf.ones((2, 3)), tf.shape(tf.ones((6, 1))))
    >>> {name}(tf.ones((2, 3)), (tf.shape(tf.ones((6, 1)))[0], -1))
    """
    if of_unknown_rank(tensor):
        return Result(_of_some_elements(sizes_of(shape)), dtype_of(tensor))
    found = operand(tensor)
    holds = contents(tensor) if isinstance(tensor, Given) and tensor.tensor.content is not None else None
    result = _reshaped(found.shape, sizes_of(shape))
    return Result(result, narrowed(found), content=holds if holds and result.rank == 1 else None)


def _reshaped(shape: Shape, wanted: Shape) -> Shape:
    """Source: ReshapeShapeFn in tensorflow/core/framework/common_shape_fns.cc: one size at most is worked out, and only
    where all others are known."""
    if TRACED.get() and not _can_hold(shape, wanted):
        raise NotKnown("as many elements")
    if TRACED.get() and None in wanted.sizes:
        open_ = [axis for axis, size in enumerate(wanted.sizes) if size is None or size == -1]
        rest = number_of_elements(dim for axis, dim in enumerate(wanted) if axis not in open_)
        total = number_of_elements(shape)
        if len(open_) == 1 and isinstance(total.size, int) and isinstance(rest.size, int) and rest.size:
            return wanted.replace(open_[0], total // rest)
        return _of_some_elements(wanted)
    if TRACED.get() or not shape.is_known or not wanted.is_known:
        return reshaped(shape, wanted)
    rest = number_of_elements(dim for dim in wanted if dim.size != -1)
    if rest.size == 0 and -1 in wanted.sizes:
        raise NotKnown("how often nothing fits into nothing")
    asked = f"shape has {rest}" if -1 not in wanted.sizes else f"shape requires a multiple of {rest}"
    where = "{{function_node __wrapped__Reshape_device_/job:localhost/replica:0/task:0/device:CPU:0}} "
    text = f"{where}Input to reshape is a tensor with {number_of_elements(shape)} values, but the requested {asked} [Op:Reshape]"
    return reshaped(shape, wanted, text.replace("{", "{{").replace("}", "}}"))


def _can_hold(shape: Shape, wanted: Shape) -> bool:
    """Whether a number of elements that is known can be that of a shape with some open sizes."""
    for known, other in ((shape, wanted), (wanted, shape)):
        total = number_of_elements(known).size
        least = number_of_elements(dim for dim in other if isinstance(dim.size, int) and dim.size != -1).size
        if isinstance(total, int) and total > 0 and isinstance(least, int) and (not least or total % least):
            return False
    return True


def _of_some_elements(wanted: Shape) -> Shape:
    """A shape for a number of elements that is not known."""
    if sum(size == -1 for size in wanted.sizes) > 1:
        raise NotKnown("one -1")
    return Shape(sized_by_data() if dim.size == -1 else dim for dim in wanted)


@function("tensorflow.ensure_shape")
def ensure_shape(x: Any, shape: Any, name: Any = None) -> Result:
    """The shape that is asserted, with what was known before.

    >>> {name}(tf.ones((2, 3)), (None, 3))
    """
    if of_unknown_rank(x):
        return Result(sizes_of(shape), dtype_of(x))
    found, wanted = operand(x), sizes_of(shape)
    if found.shape.rank != wanted.rank:
        raise NotKnown("a shape of that rank")
    if any(same_length(a, b) is False for a, b in zip(found.shape, wanted, strict=True)):
        raise NotKnown("a shape that it can have")
    dims = [a if a.is_known else b for a, b in zip(found.shape, wanted, strict=True)]
    return Result(Shape(dims), narrowed(found))


@function("tensorflow.expand_dims")
def expand_dims(input: Any, axis: Any, name: Any = None) -> Result:
    """A new axis of size 1.

    >>> {name}(tf.ones((2, 3)), 0)
    >>> {name}(tf.ones((2, 3)), axis=-1)
    >>> {name}([1, 2], 1)
    """
    found = operand(input)
    if not isinstance(axis, int):
        raise NotKnown("axis")
    return Result(expanded(found.shape, axis), narrowed(found))


@function("tensorflow.squeeze")
def squeeze(input: Any, axis: Any = None, name: Any = None) -> Result:
    """Without the axes of size 1, or without those named.

    >>> {name}(tf.ones((1, 3, 1)))
    >>> {name}(tf.ones((1, 3, 1)), axis=-1)
    >>> {name}(tf.ones((1, 3, 1)), [0])
    """
    found = operand(input)
    if axis is None and any(dim.is_dynamic for dim in found.shape):
        return Result(None, narrowed(found))  # an axis of unknown size may be one that goes
    return Result(squeezed(found.shape, axis, dynamic=True), narrowed(found))


@function("tensorflow.transpose")
def transpose(a: Any, perm: Any = None, conjugate: Any = False, name: Any = "transpose") -> Result:
    """The axes in another order, reversed unless told.

    >>> {name}(tf.ones((2, 3, 4)))
    >>> {name}(tf.ones((2, 3, 4)), [0, 2, 1])
    """
    found = operand(a)
    return Result(transposed(found.shape, perm), narrowed(found))


@function("tensorflow.linalg.matrix_transpose")
def matrix_transpose(a: Any, name: Any = "matrix_transpose", conjugate: Any = False) -> Result:
    """The last two axes exchanged.

    >>> {name}(tf.ones((2, 3, 4)))
    """
    found = operand(a)
    if found.shape.rank < 2:
        raise NotKnown("a matrix")
    dims = found.shape.dims
    return Result(Shape((*dims[:-2], dims[-1], dims[-2])), narrowed(found))


def _common(parts: list[Operand]) -> str | None:
    """The dtype of joined tensors, which is one."""
    strong = {part.dtype for part in parts if part.library is not None}
    if len({part.dtype for part in parts if part.library is Library.TENSORFLOW} - {None}) > 1:
        raise NotKnown("tensors of one dtype")
    if not strong:
        strong = {narrowed(part) for part in parts}
    return strong.pop() if len(strong) == 1 else None


def _held(value: Any) -> list[Dim] | None:
    """The sizes in one part of a joined shape."""
    if isinstance(value, Given) and value.tensor.content is None and value.library is not Library.NUMPY:
        return [size_of(value)] if value.tensor.shape is not None and not value.rank else None
    if isinstance(value, Given) and value.library is Library.NUMPY:
        return None
    return contents(value)


@function("tensorflow.concat")
def concat(values: Any, axis: Any, name: Any = "concat") -> Result:
    """Alike but for one axis, whose sizes add up.

    >>> {name}([tf.ones((2, 3)), tf.ones((4, 3))], 0)
    >>> {name}([tf.ones((2, 3)), tf.ones((2, 1))], axis=-1)
    >>> tf.ones({name}([tf.shape(tf.ones((2, 3))), [4]], 0))
    >>> {name}([tf.ones(6)], 1)
    """
    if not isinstance(axis, int):
        raise NotKnown("axis")
    if isinstance(values, Given):
        return Result(values.shape, values.dtype)  # one tensor is what it is
    parts = operands(values)
    result = parts[0].shape if len(parts) == 1 else concatenated([part.shape for part in parts], axis)
    dtype = _common(parts)
    held = [_held(v) for v in values] if result.rank == 1 and isinstance(values, (list, tuple)) else [None]
    content = [dim for part in held for dim in part or ()] if dtype == "int32" and None not in held else None
    return Result(result, dtype, content=content)


@function("tensorflow.stack")
def stack(values: Listed, axis: Any = 0, name: Any = "stack") -> Result:
    """Tensors of one shape along a new axis.

    >>> {name}([tf.ones((2, 3)), tf.ones((2, 3))])
    >>> {name}([tf.ones((2, 3)), tf.ones((2, 3))], axis=-1)
    >>> tf.ones({name}([tf.shape(tf.ones((2, 3)))[0], 4]))
    """
    if not isinstance(axis, int):
        raise NotKnown("axis")
    one = one_of_many(values)
    if one is not None and (axis == 0 or one.library is Library.NUMPY):
        count = operand(values).shape[0]
        return Result(one.shape.insert(axis_of(axis, one.shape.rank + 1), count), one.dtype)
    parts = operands(values)
    axis_of(axis, parts[0].shape.rank + 1)
    result = stacked([part.shape for part in parts], axis)
    dtype = _common(parts)
    held = [_held(v) for v in values] if result.rank == 1 and isinstance(values, (list, tuple)) else [None]
    content = [dim for part in held for dim in part or ()] if dtype == "int32" and None not in held else None
    return Result(result, dtype, content=content)


@function("tensorflow.unstack")
def unstack(value: Any, num: Any = None, axis: Any = 0, name: Any = "unstack") -> list[Result]:
    """The parts along an axis.

    >>> {name}(tf.ones((2, 3)))
    >>> {name}(tf.ones((2, 3)), axis=-1)
    """
    found = operand(value)
    at = axis_of(axis, found.shape.rank)
    count = found.shape[at].size if num is None else num
    if not isinstance(count, int) or not 0 < count <= 1000:
        raise NotKnown("how many")
    return [Result(found.shape.without(at), narrowed(found))] * count


@function("tensorflow.split")
def split(value: Any, num_or_size_splits: Any, axis: Any = 0, num: Any = None, name: Any = "split") -> list[Result]:
    """Equal parts along an axis, or parts of given sizes.

    >>> {name}(tf.ones((4, 6)), 2)
    >>> {name}(tf.ones((4, 6)), [1, 5], axis=1)
    >>> {name}(tf.ones((4, 6)), num_or_size_splits=3, axis=-1)
    >>> {name}(tf.ones((4, 6)), [2, -1], -1)
    """
    found = operand(value)
    if isinstance(num_or_size_splits, int):
        return [Result(shape, narrowed(found)) for shape in divided(found.shape, num_or_size_splits, axis)]
    at = axis_of(axis, found.shape.rank)
    sizes = sizes_of(num_or_size_splits)
    rest = found.shape[at]
    for dim in sizes:
        rest = rest if dim.size == -1 else rest - dim
    return [Result(found.shape.replace(at, rest if d.size == -1 else d), narrowed(found)) for d in sizes]


@function("tensorflow.tile")
def tile(input: Any, multiples: Any, name: Any = None) -> Result:
    """Each axis so many times.

    >>> {name}(tf.ones((2, 3)), [2, 1])
    >>> {name}(tf.ones((1, 3)), (tf.shape(tf.ones((5, 3)))[0], 1))
    """
    found = operand(input)
    count, rank = sizes_of(multiples).rank, found.shape.rank
    if count != rank and count and rank:
        text = f"Expected multiples argument to be a vector of length {rank} but got length {count}"
        refuse_counts(found.shape, count, text, f"Shape must be rank {rank} but is rank {count}")
    if count != rank:
        raise NotKnown("a number for each axis")
    return Result(tiled(found.shape, multiples), narrowed(found))


@function("tensorflow.repeat")
def repeat(input: Any, repeats: Any, axis: Any = None, name: Any = None) -> Result:
    """Each element so many times.

    >>> {name}(tf.ones((2, 3)), 2, axis=0)
    >>> {name}(tf.ones((2, 3)), repeats=[3], axis=1)
    >>> {name}(tf.ones((2, 3)), 2)
    """
    found = operand(input)
    if TRACED.get() and repeats == 0:
        raise NotKnown("what a graph works out")
    return Result(repeated(found.shape, elements(repeats), axis), narrowed(found))


@function("tensorflow.broadcast_to")
def broadcast(input: Any, shape: Any, name: Any = None) -> Result:
    """The given shape.

    >>> {name}(tf.ones((1, 3)), (2, 3))
    """
    if of_unknown_rank(input):
        return Result(plain_sizes(shape), dtype_of(input))
    found = operand(input)
    made = broadcast_to(found.shape, plain_sizes(shape))
    rest = made.rank - found.shape.rank
    for axis, dim in enumerate(found.shape, rest):
        if made[axis].size is None and isinstance(dim.size, int) and dim.size != 1:
            made = made.replace(axis, dim)
    return Result(made, narrowed(found))


@function("tensorflow.reverse")
def reverse(tensor: Any, axis: Any, name: Any = None) -> Result:
    """The same shape and dtype; sizes in the other order.

    >>> {name}(tf.ones((2, 3)), axis=[1])
    >>> tf.ones({name}(tf.shape(tf.ones((2, 3))), [0]))
    """
    found = operand(tensor)
    if isinstance(axis, int):
        raise NotKnown("TensorFlow takes a list of axes")
    axes_of(axis if isinstance(axis, (tuple, list)) else [axis], found.shape.rank)
    held = contents(tensor) if isinstance(tensor, Given) and found.shape.rank == 1 else None
    return Result(found.shape, narrowed(found), content=held[::-1] if held and axis in ([0], [-1], (0,)) else None)


@function("tensorflow.roll")
def roll(input: Any, shift: Any, axis: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), 1, axis=0)
    """
    found, by = operand(input), operand(shift)
    axes = axes_of(axis, found.shape.rank)
    if by.shape.rank > 1 or not is_int(by.dtype) or (by.shape[0].size if by.shape.rank else 1) not in (len(axes), None):
        raise NotKnown("how far on each axis")
    return Result(found.shape, narrowed(found))


@function("tensorflow.pad")
def pad(tensor: Any, paddings: Any, mode: Any = "CONSTANT", constant_values: Any = 0, name: Any = None) -> Result:
    """So much added before and after each axis.

    >>> {name}(tf.ones((2, 3)), [[1, 1], [0, 2]])
    >>> {name}(tf.ones((2, 3)), ((0, 1), (1, 1)), mode="REFLECT")
    """
    found = operand(tensor)
    if not isinstance(paddings, (list, tuple)) or not all(isinstance(p, (list, tuple)) and len(p) == 2 for p in paddings):
        raise NotKnown("a pair for each axis")
    count, rank = len(paddings), found.shape.rank
    if count != rank and count and mode in ("CONSTANT", "REFLECT", "SYMMETRIC"):
        comma = "" if mode == "CONSTANT" else ","
        text = f"The first dimension of paddings must be the rank of inputs[{count},2]{comma} {bracketed(found.shape.sizes)}"
        refuse_counts(found.shape, count, text, f"Shape must be rank {count} but is rank {rank}")
    if count != rank:
        raise NotKnown("a pair for each axis")
    return Result(padded(found.shape, paddings), narrowed(found))


@function("tensorflow.gather")
def gather(
    params: Any, indices: Any, validate_indices: Any = None, axis: Any = None, batch_dims: Any = 0, name: Any = None
) -> Result:
    """The axes of the indices in place of one axis.

    >>> {name}(tf.ones((5, 3)), [0, 2])
    >>> {name}(tf.ones((5, 3)), 1, axis=1)
    >>> {name}(tf.ones((2, 5, 3)), tf.ones((2, 4), tf.int32), batch_dims=1)
    """
    found, picked = operand(params), operand(indices)
    if not isinstance(batch_dims, int) or not 0 <= batch_dims <= picked.shape.rank:
        raise NotKnown("batch_dims")
    at = axis_of(batch_dims if axis is None else axis, found.shape.rank)
    if at < batch_dims:
        raise NotKnown("axis")
    dims = found.shape.dims
    return Result(Shape((*dims[:at], *picked.shape.dims[batch_dims:], *dims[at + 1 :])), narrowed(found))


@function("tensorflow.gather_nd")
def gather_nd(params: Any, indices: Any, batch_dims: Any = 0, name: Any = None, **_: Any) -> Result:
    """The last axis of the indices names so many leading axes.

    >>> {name}(tf.ones((5, 3, 2)), tf.ones((7, 2), tf.int32))
    >>> {name}(tf.ones((5,)), tf.ones((7, 1), tf.int32))
    """
    found, picked = operand(params), operand(indices).shape
    depth = picked[-1].size if picked.rank else None
    if batch_dims == 0 and isinstance(depth, int) and depth > found.shape.rank and found.library is not Library.KERAS:
        text = f"index innermost dimension length must be <= params rank; saw: {depth} vs. {found.shape.rank}"
        if TRACED.get():
            text = "indices.shape[-1] must be <= params.rank, but saw indices shape: "
            text += f"{bracketed(picked.sizes)} and params shape: {bracketed(found.shape.sizes)}"
        refuse("index-depth", text, shape=found.shape, depth=depth, indices=picked)
    if batch_dims != 0 or not isinstance(depth, int) or depth > found.shape.rank:
        raise NotKnown("how many axes are indexed")
    return Result(Shape((*picked.dims[:-1], *found.shape.dims[depth:])), narrowed(found))


@function("tensorflow.linalg.band_part")
def band_part(input: Any, num_lower: Any, num_upper: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((3, 3)), -1, 0)
    """
    found = operand(input)
    return Result(found.shape, narrowed(found))


@function("tensorflow.tensor_scatter_nd_update")
def scatter_update(tensor: Any, indices: Any, updates: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((3, 3)), [[0]], tf.ones((1, 3)))
    """
    found = operand(tensor)
    check_updates(found.shape, operand(indices).shape, operand(updates).shape)
    return Result(found.shape, narrowed(found))


@method("tensor.numpy")
def numpy(self: Given) -> Result:
    """The array with the same elements.

    >>> tf.ones((2, 3)).{name}()
    """
    if TRACED.get():
        raise NotKnown("no values in a graph")
    return Result(self.shape, self.dtype, Library.NUMPY)


@method("tensor.assign", "tensor.assign_add", "tensor.assign_sub")
def assign(self: Given, value: Any, *_: Any, **__: Any) -> Result:
    """The variable, which keeps its shape.

    >>> tf.Variable(tf.ones((2, 3))).{name}(tf.ones((2, 3)))
    """
    given = operand(value)
    if given.shape.rank != self.rank or any(
        isinstance(a, int) and isinstance(b, int) and a != b
        for a, b in zip(given.shape.sizes, self.shape.sizes, strict=True)
    ):
        raise NotKnown("a variable takes its own shape")
    kinds = {(dtype or "?").rstrip("0123456789") for dtype in (given.dtype, self.dtype)} - {"?"}
    if given.library is Library.TENSORFLOW and len(kinds) > 1:  # of two floats a weight of Keras's converts one
        raise NotKnown("a variable takes its own dtype")
    return Result(self.shape, self.dtype)


@method("tensor.read_value", "tensor.value")
def read_value(self: Given) -> Result:
    """What the variable holds.

    >>> tf.Variable(tf.ones((2, 3))).{name}()
    """
    return Result(self.shape, self.dtype)


@method("tensor.get_shape")
def get_shape(self: Given) -> Shape:
    """The sizes.

    >>> tf.ones((2, 3)).{name}()
    """
    return self.shape
