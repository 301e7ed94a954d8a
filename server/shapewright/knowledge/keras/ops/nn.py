"""Convolutions, poolings, normalizations and losses as functions. Source: keras/src/ops/nn.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import Operand, axes_of, axis_of, narrowed, operand, promoted
from shapewright.knowledge.arrays.shapes import broadcasted
from shapewright.knowledge.keras.layers.convolutional import spread_size
from shapewright.knowledge.keras.layers.windows import channels_last, per_axis, window_size
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Misfit, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim, same_length
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library

# -- poolings and convolutions


def _spatial(shape: Shape) -> int:
    """How many axes there are besides batch and channels."""
    if not 3 <= shape.rank <= 5:
        raise NotKnown("a batch of signals, images or volumes")
    return shape.rank - 2


def _of_size(sizes: list[Dim]) -> list[Dim]:
    if any(isinstance(dim.size, int) and dim.size <= 0 for dim in sizes):
        raise NotKnown("an output that has a size")
    return sizes


def _put(shape: Shape, sizes: list[Dim], channels: Dim, last: bool) -> Shape:
    return Shape((shape[0], *sizes, channels) if last else (shape[0], channels, *sizes))


@function(*spelled("keras.ops.", "max_pool average_pool"))
def pool(inputs: Any, pool_size: Any, strides: Any = None, padding: Any = "valid", data_format: Any = None) -> Result:
    """(batch, ..., channels) with windows moved over the axes between.

    >>> {name}(Input((8, 9, 3)), 2)
    >>> {name}(np.ones((2, 8, 3), "float32"), 3, strides=2, padding="same")
    """
    found = operand(inputs)
    spatial, last = _spatial(found.shape), channels_last(data_format)
    windows = per_axis(pool_size, spatial)
    steps = windows if strides is None else per_axis(strides, spatial)
    if not isinstance(padding, str):
        raise NotKnown("padding")
    first = 1 if last else 2
    sizes = [window_size(found.shape[first + n], windows[n], steps[n], padding.lower()) for n in range(spatial)]
    return Result(_put(found.shape, _of_size(sizes), found.shape[-1 if last else 1], last), narrowed(found))


@function(*spelled("keras.ops.", "adaptive_average_pool adaptive_max_pool"))
def adaptive_pool(inputs: Any, output_size: Any, data_format: Any = None) -> Result:
    """(batch, ..., channels) -> (batch, *output_size, channels), for tensors of TensorFlow alone.

    >>> {name}(keras.ops.ones((2, 8, 9, 3)), (2, 3))
    >>> {name}(keras.ops.ones((2, 8, 3)), 4)
    """
    found = operand(inputs)
    if found.library is not Library.TENSORFLOW:
        raise NotKnown(
            "a tensor with values"
        )  # Keras 3.15 counts the axes of Keras tensors wrong, and fails for arrays
    last = channels_last(data_format)
    sizes = [Dim(n) for n in per_axis(output_size, _spatial(found.shape))]
    return Result(_put(found.shape, sizes, found.shape[-1 if last else 1], last), narrowed(found))


def _convolved(
    found: Operand, kernel: Shape, filters: Dim, strides: Any, padding: Any, data_format: Any, dilation_rate: Any
) -> Shape:
    spatial, last = _spatial(found.shape), channels_last(data_format)
    steps, dilation = per_axis(strides, spatial), per_axis(dilation_rate, spatial)
    if min(dilation) < 1 or kernel.rank != found.shape.rank:
        raise NotKnown("a kernel that fits")
    if not isinstance(padding, str) or (max(steps) > 1 and max(dilation) > 1):
        raise NotKnown("a kernel that fits")
    first, sizes = (1 if last else 2), []
    for n in range(spatial):
        window = kernel[n].size
        if not isinstance(window, int):
            raise NotKnown("the kernel")
        sizes.append(window_size(found.shape[first + n], window, steps[n], padding.lower(), dilation[n]))
    return _put(found.shape, _of_size(sizes), filters, last)


def _kernel(value: Any, found: Operand) -> Operand:
    """A kernel of the rank that the input asks for."""
    filter_ = operand(value)
    if filter_.shape.rank != found.shape.rank or _spatial(found.shape) < 1:
        raise NotKnown("a kernel that fits")
    return filter_


def _channels(found: Operand, data_format: Any) -> Dim:
    return found.shape[-1 if channels_last(data_format) else 1]


@function("keras.ops.conv")
def conv(
    inputs: Any,
    kernel: Any,
    strides: Any = 1,
    padding: Any = "valid",
    data_format: Any = None,
    dilation_rate: Any = 1,
) -> Result:
    """(batch, ..., channels) and a kernel (..., channels / groups, filters).

    >>> {name}(np.ones((2, 8, 9, 3), "float32"), np.ones((3, 3, 3, 4), "float32"))
    >>> {name}(np.ones((2, 8, 3), "float32"), np.ones((3, 3, 4), "float32"), 2, "same")
    """
    found = operand(inputs)
    filter_ = _kernel(kernel, found)
    shape = _convolved(found, filter_.shape, filter_.shape[-1], strides, padding, data_format, dilation_rate)
    have, want = _channels(found, data_format).size, filter_.shape[-2].size
    if not isinstance(have, int) or not isinstance(want, int) or not want or have % want:
        raise NotKnown("channels that fit")
    return Result(shape, promoted("keras", found, filter_))


@function("keras.ops.depthwise_conv")
def depthwise_conv(
    inputs: Any,
    kernel: Any,
    strides: Any = 1,
    padding: Any = "valid",
    data_format: Any = None,
    dilation_rate: Any = 1,
) -> Result:
    """(batch, ..., channels) and a kernel (..., channels, multiplier).

    >>> {name}(np.ones((2, 8, 9, 3), "float32"), np.ones((3, 3, 3, 4), "float32"))
    """
    found = operand(inputs)
    filter_ = _kernel(kernel, found)
    made = filter_.shape[-2] * filter_.shape[-1]
    if same_length(_channels(found, data_format), filter_.shape[-2]) is not True:
        raise NotKnown("channels that fit")
    shape = _convolved(found, filter_.shape, made, strides, padding, data_format, dilation_rate)
    return Result(shape, promoted("keras", found, filter_))


@function("keras.ops.separable_conv")
def separable_conv(
    inputs: Any,
    depthwise_kernel: Any,
    pointwise_kernel: Any,
    strides: Any = 1,
    padding: Any = "valid",
    data_format: Any = None,
    dilation_rate: Any = 1,
) -> Result:
    """A depthwise convolution, then one over single positions.

    >>> d, p = ops.ones((3, 3, 3, 2)), ops.ones((1, 1, 6, 5)); {name}(ops.ones((2, 8, 9, 3)), d, p)
    """
    depthwise = depthwise_conv(inputs, depthwise_kernel, strides, padding, data_format, dilation_rate)
    point, last = operand(pointwise_kernel), channels_last(data_format)
    assert depthwise.shape is not None
    if point.shape.rank != depthwise.shape.rank:
        raise NotKnown("a kernel that fits")
    if same_length(depthwise.shape[-1 if last else 1], point.shape[-2]) is not True:
        raise NotKnown("channels that fit")
    return Result(depthwise.shape.replace(-1 if last else 1, point.shape[-1]), depthwise.dtype)


@function("keras.ops.conv_transpose")
def conv_transpose(
    inputs: Any,
    kernel: Any,
    strides: Any = 1,
    padding: Any = "valid",
    output_padding: Any = None,
    data_format: Any = None,
    dilation_rate: Any = 1,
) -> Result:
    """(batch, ..., channels) and a kernel (..., filters, channels).

    >>> {name}(np.ones((2, 4, 5, 3), "float32"), np.ones((3, 3, 6, 3), "float32"), 2)
    >>> {name}(np.ones((2, 4, 3), "float32"), np.ones((3, 6, 3), "float32"), 2, padding="same")
    """
    found = operand(inputs)
    filter_ = _kernel(kernel, found)
    spatial, last = _spatial(found.shape), channels_last(data_format)
    steps = per_axis(strides, spatial)
    fits = filter_.shape.rank == found.shape.rank and same_length(_channels(found, data_format), filter_.shape[-1])
    if output_padding is not None or dilation_rate != 1 or padding not in ("same", "valid") or fits is not True:
        raise NotKnown("a kernel that fits")
    first, sizes = (1 if last else 2), []
    for n in range(spatial):
        window = filter_.shape[n].size
        if not isinstance(window, int):
            raise NotKnown("the kernel")
        sizes.append(spread_size(found.shape[first + n], window, steps[n], padding, None, 1))
    return Result(_put(found.shape, sizes, filter_.shape[-2], last), promoted("keras", found, filter_))


# -- normalizations and attention


@function("keras.ops.batch_normalization")
def batch_normalization(
    x: Any, mean: Any, variance: Any, axis: Any, offset: Any = None, scale: Any = None, epsilon: Any = 0.001
) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((3,), "float32"), np.ones((3,), "float32"), -1)
    """
    found = operand(x)
    size = found.shape[axis_of(axis, found.shape.rank)]
    given = [operand(part) for part in (mean, variance, offset, scale) if part is not None]
    if any(part.shape.rank != 1 or same_length(part.shape[0], size) is False for part in given):
        raise NotKnown("parts that fit")
    return Result(found.shape, narrowed(found))


@function("keras.ops.layer_normalization")
def layer_normalization(
    x: Any, gamma: Any = None, beta: Any = None, axis: Any = -1, epsilon: Any = None, **_: Any
) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    found = operand(x)
    if axis is None:
        raise NotKnown("axes")
    axes_of(axis, found.shape.rank)
    if gamma is not None or beta is not None:
        for part in (gamma, beta):
            try:
                fits = part is None or broadcasted("keras", found.shape, operand(part).shape) == found.shape
            except Misfit:
                fits = False
            if not fits:
                raise NotKnown("parts that fit")
    return Result(found.shape, "float32" if narrowed(found) == "float32" else None)


@function("keras.ops.rms_normalization")
def rms_normalization(x: Any, scale: Any = None, axis: Any = -1, epsilon: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(Input((4, 3)))
    """
    return layer_normalization(x, scale, None, axis)


@function("keras.ops.dot_product_attention")
def dot_product_attention(
    query: Any,
    key: Any,
    value: Any,
    bias: Any = None,
    mask: Any = None,
    scale: Any = None,
    is_causal: Any = False,
    flash_attention: Any = None,
    attn_logits_soft_cap: Any = None,
) -> Result:
    """(batch, targets, heads, size) for a query of that shape.

    >>> {name}(Input((4, 2, 8)), Input((5, 2, 8)), Input((5, 2, 8)))
    """
    q, k, v = operand(query), operand(key), operand(value)
    if q.shape.rank != 4 or k.shape.rank != 4 or v.shape.rank != 4:
        raise NotKnown("(batch, steps, heads, size)")
    if same_length(k.shape[1], v.shape[1]) is False or same_length(q.shape[-1], k.shape[-1]) is False:
        raise NotKnown("keys and values that fit")
    return Result(q.shape, "float32" if {narrowed(x) for x in (q, k, v)} == {"float32"} else None)


# -- losses and what they are made from


@function("keras.ops.binary_crossentropy")
def binary_crossentropy(target: Any, output: Any, from_logits: Any = False) -> Result:
    """One number for each element.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((2, 3), "float32"))
    """
    a, b = operand(target), operand(output)
    if a.shape.rank != b.shape.rank or any(same_length(p, q) is False for p, q in zip(a.shape, b.shape, strict=True)):
        raise NotKnown("one shape")
    if Library.KERAS in (a.library, b.library) and a.shape.sizes != b.shape.sizes:
        raise NotKnown("one shape")
    return Result(b.shape, "float32" if narrowed(b) == "float32" else None)


@function("keras.ops.categorical_crossentropy")
def categorical_crossentropy(target: Any, output: Any, from_logits: Any = False, axis: Any = -1) -> Result:
    """Without the axis of the classes.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((2, 3), "float32"))
    """
    made = binary_crossentropy(target, output)
    assert made.shape is not None
    axis = axis_of(axis, made.shape.rank)
    if operand(target).library is Library.KERAS or operand(output).library is Library.KERAS:
        axis = -1  # for Keras tensors Keras takes away the last axis
    return Result(made.shape.without(axis), made.dtype)


@function("keras.ops.sparse_categorical_crossentropy")
def sparse_categorical_crossentropy(target: Any, output: Any, from_logits: Any = False, axis: Any = -1) -> Result:
    """(batch, ...) and (batch, ..., classes) -> (batch, ...).

    >>> {name}(np.ones((2,), "int32"), np.ones((2, 3), "float32"))
    """
    a, b = operand(target), operand(output)
    rest = b.shape.without(axis_of(axis, b.shape.rank))
    wanted = a.shape.without(-1) if a.shape.rank == b.shape.rank and a.shape[-1].size == 1 else a.shape
    if axis not in (-1, b.shape.rank - 1) or wanted.rank != rest.rank:
        raise NotKnown("targets that fit")
    if any(same_length(p, q) is False for p, q in zip(wanted, rest, strict=True)):
        raise NotKnown("targets that fit")
    if Library.KERAS in (a.library, b.library) and wanted.sizes != rest.sizes:
        raise NotKnown("targets that fit")
    return Result(rest, "float32" if narrowed(b) == "float32" else None)


@function("keras.ops.ctc_loss")
def ctc_loss(target: Any, output: Any, target_length: Any, output_length: Any, mask_index: Any = 0) -> Result:
    """One number for each sample.

    >>> {name}(np.ones((2, 3), "int32"), np.ones((2, 5, 4), "float32"), np.array([3, 3]), np.array([5, 5]))
    """
    a, b = operand(target), operand(output)
    if a.shape.rank != 2 or b.shape.rank != 3:
        raise NotKnown("(batch, length) and (batch, steps, classes)")
    return Result(Shape((b.shape[0],)), "float32" if narrowed(b) == "float32" else None)


@function("keras.ops.ctc_decode")
def ctc_decode(
    inputs: Any,
    sequence_lengths: Any,
    strategy: Any = "greedy",
    beam_width: Any = 100,
    top_paths: Any = 1,
    merge_repeated: Any = True,
    mask_index: Any = 0,
) -> tuple[Result, Result]:
    """The decoded sequences (paths, batch, steps) and how likely they are (batch, paths).

    >>> {name}(np.ones((2, 5, 4), "float32"), np.array([5, 5], "int32"))
    """
    found = operand(inputs)
    if found.shape.rank != 3 or strategy != "greedy":
        raise NotKnown("strategy")
    return Result(Shape((1, *found.shape.dims[:2])), "int32"), Result(Shape((found.shape[0], 1)), narrowed(found))


@function("keras.ops.multi_hot")
def multi_hot(
    inputs: Any, num_classes: Any = None, axis: Any = -1, dtype: Any = None, sparse: Any = False, **_: Any
) -> Result:
    """(batch, n) -> (batch, num_classes), or (n,) -> (num_classes,).

    >>> {name}(np.array([[0, 1], [1, 2]]), 4)
    >>> {name}(np.array([0, 2]), 4)
    """
    found = operand(inputs)
    if not isinstance(num_classes, int) or axis != -1 or sparse is not False or found.shape.rank not in (1, 2):
        raise NotKnown("num_classes")
    floats = dtype is None and found.library is not Library.KERAS
    return Result(Shape((*found.shape.dims[:-1], num_classes)), "float32" if floats else None)


# -- blocks of an image as channels


def _block(x: Any, block_size: Any, data_format: Any) -> tuple[Shape, int, str | None]:
    found = operand(x)
    if found.shape.rank != 4 or data_format != "channels_last" or not isinstance(block_size, int) or block_size < 1:
        raise NotKnown("(batch, height, width, channels)")
    return found.shape, block_size, narrowed(found)


def _divided(dim: Dim, by: int) -> Dim:
    if isinstance(dim.size, int):
        if dim.size % by:
            raise NotKnown("a size that can be divided")
        return dim.derive(dim.size // by)
    return Dim(None if dim.is_dynamic else UNNAMED)


@function("keras.ops.depth_to_space")
def depth_to_space(x: Any, block_size: Any, data_format: Any = "channels_last") -> Result:
    """(batch, height, width, channels) -> (batch, height * block, width * block, channels / block²).

    >>> {name}(np.ones((1, 2, 3, 8), "float32"), 2)
    """
    shape, size, dtype = _block(x, block_size, data_format)
    return Result(Shape((shape[0], shape[1] * size, shape[2] * size, _divided(shape[3], size * size))), dtype)


@function("keras.ops.space_to_depth")
def space_to_depth(x: Any, block_size: Any, data_format: Any = "channels_last") -> Result:
    """(batch, height, width, channels) -> (batch, height / block, width / block, channels * block²).

    >>> {name}(np.ones((1, 4, 6, 3), "float32"), 2)
    """
    shape, size, dtype = _block(x, block_size, data_format)
    return Result(Shape((shape[0], _divided(shape[1], size), _divided(shape[2], size), shape[3] * size * size)), dtype)
