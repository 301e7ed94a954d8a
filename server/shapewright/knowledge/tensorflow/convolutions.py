"""`tf.nn`: convolutions and poolings, whose windows move over the axes. Source: tensorflow/python/ops/nn_ops.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import narrowed, operand, sizes_of
from shapewright.knowledge.arrays.dtypes import is_float
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import TRACED, Given, NotKnown, Result, refuse
from shapewright.knowledge.tensorflow.common import alike_shapes, bracketed, refuse_rank
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape

_CHANNELS_FIRST = ("NCW", "NCHW", "NCDHW")


def axes_of(shape: Shape, count: int, data_format: Any) -> tuple[list[int], int]:
    """The spatial axes and the axis of the channels."""
    if shape.rank != count + 2:
        raise NotKnown(f"{count} spatial axes")
    if data_format is not None and not isinstance(data_format, str):
        raise NotKnown("data_format")
    if data_format in _CHANNELS_FIRST:
        return list(range(2, shape.rank)), 1
    return list(range(1, shape.rank - 1)), shape.rank - 1


def spatial(value: Any, count: int, data_format: Any = None) -> list[int]:
    """A number for each spatial axis: given as one, as one each, or as one for every axis."""
    if isinstance(value, int) and not isinstance(value, bool):
        return [value] * count
    if not isinstance(value, (list, tuple)) or not all(isinstance(v, int) for v in value):
        raise NotKnown("numbers")
    if len(value) == 1:
        return [value[0]] * count
    if len(value) == count + 2:
        return list(value[2:] if data_format in _CHANNELS_FIRST else value[1:-1])
    if len(value) != count:
        raise NotKnown("a number for each axis")
    return list(value)


def windows(dim: Dim, size: int, stride: int, dilation: int, padding: Any) -> Dim:
    """How many windows fit on an axis."""
    if stride < 1:
        raise NotKnown("a stride")
    if padding in ("SAME", "same"):
        return dim.ceil_div(stride)
    if padding not in ("VALID", "valid"):
        raise NotKnown("padding")
    extent = (size - 1) * dilation
    if isinstance(dim.size, int):
        left = dim.size - extent
        if left < 1:
            raise NotKnown("a window that fits")
        return dim.derive(-(-left // stride))
    if not extent and stride == 1:
        return dim
    return Dim(None if dim.is_dynamic else UNNAMED)


def _kernel(filters: Any, count: int) -> tuple[Shape, list[int]]:
    kernel = operand(filters).shape
    sizes = [dim.size for dim in kernel.dims[:count]]
    if kernel.rank != count + 2 or not all(isinstance(size, int) for size in sizes):
        raise NotKnown("a kernel")
    return kernel, [size for size in sizes if isinstance(size, int)]


def _all_numbers(value: Any) -> list[int]:
    return [n for n in (value if isinstance(value, (list, tuple)) else [value]) if isinstance(n, int)]


def _refuse_filtered(shape: Shape, count: int, exact: bool) -> None:
    """A convolution of fewer axes than a batch, its spatial axes and channels; that over one axis works on two.

    Other functions that convolve look at more before, and say something else.
    """
    sizes = shape.sizes if count == 2 else (1, *shape.sizes)
    text = (
        "input must be 5-dimensional" if count == 3 else f"convolution input must be 4-dimensional: {bracketed(sizes)}"
    )
    refuse_rank(shape, count + 2, text if exact else "")


def exact_depth(input: Any, filters: Any) -> bool:
    """Whether the channels are what TensorFlow looks at: both tensors of floats, and none of Keras's placeholders."""
    return all(
        isinstance(given, Given) and is_float(given.dtype) and not given.tensor.is_symbolic for given in (input, filters)
    )


def _convolved(
    input: Any,
    filters: Any,
    strides: Any,
    padding: Any,
    data_format: Any,
    dilations: Any,
    count: int | None = None,
    exact: bool = False,
    grouped: bool = True,
    plain: bool = True,
) -> Result:
    """`exact`: whether few axes are refused in the words of `_refuse_filtered`; `grouped`: whether the filters may have a part of
    the channels; `plain`: whether another number of channels is refused by the convolution itself."""
    found = operand(input)
    if dilations is not None and any(n < 1 for n in _all_numbers(dilations)):
        raise NotKnown("steps between the numbers of a filter")
    if count is None:
        count = found.shape.rank - 2
        if count not in (1, 2, 3):
            raise NotKnown("one to three axes beside the batch and the channels")
    elif found.shape.rank < count + 2:
        _refuse_filtered(found.shape, count, exact and isinstance(input, Given) and is_float(found.dtype))
    axes, channels = axes_of(found.shape, count, data_format)
    kernel, sizes = _kernel(filters, count)
    given, taken = found.shape[channels].size, kernel[-2].size
    if grouped and isinstance(given, int) and isinstance(taken, int):
        groups = given // taken if taken and given % taken == 0 else None
        made = kernel[-1].size
        if groups is None and taken and plain and exact_depth(input, filters):
            text = f"input depth must be evenly divisible by filter depth: {given} vs {taken}"
            if count == 3:
                text = f"input and filter must have the same depth: {given} vs {taken}"
            if TRACED.get():
                text = f"Depth of input ({given}) is not a multiple of input depth of filter ({taken})"
            refuse("depth", text, shapes=(found.shape, kernel), given=given, taken=taken)
        if groups is None or (isinstance(made, int) and made % max(1, groups)):
            raise NotKnown("filters of so many channels")
    steps = spatial(1 if strides is None else strides, count, data_format)
    rates = spatial(1 if dilations is None else dilations, count, data_format)
    shape = found.shape.replace(channels, kernel[-1])
    for axis, size, step, rate in zip(axes, sizes, steps, rates, strict=True):
        shape = shape.replace(axis, windows(shape[axis], size, step, rate, padding))
    return Result(shape, narrowed(found))


@function("tensorflow.nn.conv1d")
def conv1d(
    input: Any,
    filters: Any,
    stride: Any,
    padding: Any,
    data_format: Any = "NWC",
    dilations: Any = None,
    name: Any = None,
) -> Result:
    """Filters over one axis.

    >>> {name}(tf.ones((2, 10, 3)), tf.ones((3, 3, 8)), 2, "SAME")
    >>> {name}(tf.ones((2, 10, 3)), tf.ones((3, 3, 8)), stride=1, padding="VALID")
    """
    if operand(input).shape.rank < 2:
        raise NotKnown("sequences")
    return _convolved(input, filters, stride, padding, data_format, dilations, 1, not TRACED.get())


@function("tensorflow.nn.conv2d")
def conv2d(
    input: Any,
    filters: Any,
    strides: Any,
    padding: Any,
    data_format: Any = "NHWC",
    dilations: Any = None,
    name: Any = None,
) -> Result:
    """Filters over two axes.

    >>> {name}(tf.ones((2, 10, 12, 3)), tf.ones((3, 3, 3, 8)), 2, "SAME")
    >>> {name}(tf.ones((2, 10, 12, 3)), tf.ones((3, 3, 3, 8)), strides=[1, 2, 3, 1], padding="VALID")
    >>> {name}(tf.ones((2, 10, 12, 3)), tf.ones((3, 3, 3, 8)), 1, "VALID", dilations=2)
    """
    return _convolved(input, filters, strides, padding, data_format, dilations, 2, True)


@function("tensorflow.nn.conv3d")
def conv3d(
    input: Any,
    filters: Any,
    strides: Any,
    padding: Any,
    data_format: Any = "NDHWC",
    dilations: Any = None,
    name: Any = None,
) -> Result:
    """Filters over three axes.

    >>> {name}(tf.ones((2, 6, 7, 8, 3)), tf.ones((3, 3, 3, 3, 5)), [1, 2, 2, 2, 1], "SAME")
    """
    exact = isinstance(strides, (list, tuple)) and len(strides) == 5
    return _convolved(input, filters, strides, padding, data_format, dilations, 3, exact)


@function("tensorflow.nn.convolution")
def convolution(
    input: Any,
    filters: Any,
    strides: Any = None,
    padding: Any = "VALID",
    data_format: Any = None,
    dilations: Any = None,
    name: Any = None,
) -> Result:
    """Filters over all axes but the first and the last.

    >>> {name}(tf.ones((2, 10, 12, 3)), tf.ones((3, 3, 3, 8)))
    >>> {name}(tf.ones((2, 10, 3)), tf.ones((3, 3, 8)), strides=2, padding="SAME")
    """
    return _convolved(input, filters, strides, padding, data_format, dilations)


@function("tensorflow.nn.atrous_conv2d")
def atrous_conv2d(value: Any, filters: Any, rate: Any, padding: Any, name: Any = None) -> Result:
    """Filters with holes over two axes.

    >>> {name}(tf.ones((2, 10, 12, 3)), tf.ones((3, 3, 3, 8)), 2, "VALID")
    """
    return _convolved(value, filters, 1, padding, None, rate, 2, plain=False)


@function("tensorflow.nn.depthwise_conv2d")
def depthwise_conv2d(
    input: Any,
    filter: Any,
    strides: Any,
    padding: Any,
    data_format: Any = None,
    dilations: Any = None,
    name: Any = None,
) -> Result:
    """Filters over two axes, each of one channel.

    >>> {name}(tf.ones((2, 10, 12, 3)), tf.ones((3, 3, 3, 2)), [1, 2, 2, 1], "SAME")
    """
    shape = operand(input).shape
    if not isinstance(strides, (list, tuple)) or len(strides) != 4 or isinstance(dilations, int):
        raise NotKnown("a step for each axis")
    if shape.rank == 3:
        refuse_rank(shape, 4, f"input must be 4-dimensional{bracketed(shape.sizes)}")
    result = _convolved(input, filter, strides, padding, data_format, dilations, 2, grouped=False)
    kernel = operand(filter).shape
    alike_shapes(Shape((shape[axes_of(shape, 2, data_format)[1]],)), Shape((kernel[2],)))
    assert result.shape is not None
    channels = axes_of(result.shape, 2, data_format)[1]
    return Result(result.shape.replace(channels, kernel[2] * kernel[3]), result.dtype)


@function("tensorflow.nn.separable_conv2d")
def separable_conv2d(
    input: Any,
    depthwise_filter: Any,
    pointwise_filter: Any,
    strides: Any,
    padding: Any,
    data_format: Any = None,
    dilations: Any = None,
    name: Any = None,
) -> Result:
    """Filters of each channel, and of all channels of each place.

    >>> {name}(tf.ones((2, 10, 12, 3)), tf.ones((3, 3, 3, 2)), tf.ones((1, 1, 6, 5)), [1, 1, 1, 1], "VALID")
    """
    if not isinstance(strides, (list, tuple)) or len(strides) != 4 or isinstance(dilations, int):
        raise NotKnown("a step for each axis")
    result = _convolved(input, depthwise_filter, strides, padding, data_format, dilations, 2, grouped=False)
    assert result.shape is not None
    channels = axes_of(result.shape, 2, data_format)[1]
    depth, point = operand(depthwise_filter).shape, operand(pointwise_filter).shape
    alike_shapes(Shape((operand(input).shape[channels], depth[2] * depth[3])), Shape((depth[2], point[2])))
    alike_shapes(Shape((1, 1)), Shape(point.dims[:2]))
    return Result(result.shape.replace(channels, operand(pointwise_filter).shape[-1]), result.dtype)


def _transposed(input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any, rank: int, more: Any) -> Result:
    """The given shape, from which the convolution gives the input."""
    found, shape, kernel = operand(input), sizes_of(output_shape), operand(filters).shape
    if not rank == shape.rank == found.shape.rank == kernel.rank or any(value is not None for value in more):
        raise NotKnown("a size for each axis")
    if (rank == 3 and isinstance(strides, (list, tuple)) and len(strides) == 2) or None in shape.sizes:
        raise NotKnown("steps")
    back = [shape[0], *shape.dims[1:-1], kernel[-1]]
    sizes, steps = kernel.dims[: rank - 2], spatial(strides, rank - 2)
    for axis, (size, step) in enumerate(zip(sizes, steps, strict=True), 1):
        if not isinstance(size.size, int):
            raise NotKnown("the filter")
        back[axis] = windows(shape[axis], size.size, step, 1, padding)
    alike_shapes(Shape(back), found.shape)
    alike_shapes(Shape((shape[-1],)), Shape((kernel[-2],)))
    return Result(shape, narrowed(found))


@function("tensorflow.nn.conv1d_transpose")
def conv1d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", *_: Any, **__: Any
) -> Result:
    """The given shape.

    >>> {name}(tf.ones((2, 5, 3)), tf.ones((3, 8, 3)), (2, 10, 8), 2)
    """
    return _transposed(input, filters, output_shape, strides, padding, 3, (*_, *__.values()))


@function("tensorflow.nn.conv2d_transpose")
def conv2d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", *_: Any, **__: Any
) -> Result:
    """The given shape.

    >>> {name}(tf.ones((2, 5, 6, 3)), tf.ones((3, 3, 8, 3)), (2, 10, 12, 8), 2)
    """
    return _transposed(input, filters, output_shape, strides, padding, 4, (*_, *__.values()))


@function("tensorflow.nn.conv3d_transpose")
def conv3d_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", *_: Any, **__: Any
) -> Result:
    """The given shape.

    >>> {name}(tf.ones((2, 5, 6, 7, 3)), tf.ones((3, 3, 3, 8, 3)), (2, 10, 12, 14, 8), 2)
    """
    return _transposed(input, filters, output_shape, strides, padding, 5, (*_, *__.values()))


@function("tensorflow.nn.conv_transpose")
def conv_transpose(
    input: Any, filters: Any, output_shape: Any, strides: Any, padding: Any = "SAME", *_: Any, **__: Any
) -> Result:
    """The given shape.

    >>> {name}(tf.ones((2, 5, 6, 3)), tf.ones((3, 3, 8, 3)), (2, 10, 12, 8), 2)
    """
    rank = operand(input).shape.rank
    return _transposed(input, filters, output_shape, strides, padding, rank, (*_, *__.values()))


def _pooled(input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any, count: int | None) -> Result:
    found = operand(input)
    if count == 2 and found.shape.rank != 4:
        refuse_rank(found.shape, 4, f"tensor_in_shape must have 2 spatial dimensions. {found.shape.rank} 0")
    count = found.shape.rank - 2 if count is None else count
    axes, _ = axes_of(found.shape, count, data_format)
    shape = found.shape
    sizes, steps = spatial(ksize, count, data_format), spatial(strides, count, data_format)
    for axis, size, step in zip(axes, sizes, steps, strict=True):
        shape = shape.replace(axis, windows(shape[axis], size, step, 1, padding))
    return Result(shape, narrowed(found))


@function(*spelled("tensorflow.nn.", "avg_pool max_pool"))
def pool(input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = None, name: Any = None) -> Result:
    """Windows over all axes but the first and the last.

    >>> {name}(tf.ones((2, 10, 12, 3)), 2, 2, "VALID")
    >>> {name}(tf.ones((2, 10, 12, 3)), [1, 3, 3, 1], [1, 2, 2, 1], "SAME")
    """
    return _pooled(input, ksize, strides, padding, data_format, None)


@function(*spelled("tensorflow.nn.", "avg_pool1d max_pool1d"))
def pool1d(input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = "NWC", name: Any = None) -> Result:
    """Windows over one axis.

    >>> {name}(tf.ones((2, 10, 3)), 2, 2, "VALID")
    """
    return _pooled(input, ksize, strides, padding, data_format, 1)


@function(*spelled("tensorflow.nn.", "avg_pool2d max_pool2d"))
def pool2d(input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = "NHWC", name: Any = None) -> Result:
    """Windows over two axes.

    >>> {name}(tf.ones((2, 10, 12, 3)), 2, 2, "VALID")
    >>> {name}(tf.ones((2, 10, 12, 3)), 3, strides=2, padding="SAME")
    """
    return _pooled(input, ksize, strides, padding, data_format, 2)


@function(*spelled("tensorflow.nn.", "avg_pool3d max_pool3d"))
def pool3d(input: Any, ksize: Any, strides: Any, padding: Any, data_format: Any = "NDHWC", name: Any = None) -> Result:
    """Windows over three axes.

    >>> {name}(tf.ones((2, 6, 7, 8, 3)), 2, 2, "VALID")
    """
    return _pooled(input, ksize, strides, padding, data_format, 3)
