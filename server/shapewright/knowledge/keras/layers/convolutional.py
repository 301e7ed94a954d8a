"""Convolutions. Source: keras/src/layers/convolutional."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.keras.layers.windows import channels_last, per_axis, refuse_negative, window_size
from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import BUILT, Applied, Given, InputRefused, Ints, NotKnown, refuse, undefined
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape


def _convolution(
    x: Given,
    spatial: int,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints,
    padding: str,
    data_format: Any,
    dilation_rate: Ints,
    groups: int,
    use_bias: bool,
) -> Applied:
    """A convolution over `spatial` axes. Source: keras/src/layers/convolutional/base_conv.py."""
    padding = padding.lower()
    kernel = per_axis(kernel_size, spatial)
    steps = per_axis(strides, spatial)
    dilation = per_axis(dilation_rate, spatial)
    if max(per_axis(strides, spatial)) > 1 and max(dilation) > 1:
        raise NotKnown("strides or dilation")  # Keras makes no such layer
    if groups < 1 or (isinstance(filters.size, int) and filters.size % groups):
        raise NotKnown("groups")  # nor such a one
    last = channels_last(data_format)
    channels = x.axis(-1 if last else 1)
    if channels.is_dynamic and last and not BUILT.get():
        raise InputRefused("undefined", "unsupported operand type(s) for %: 'NoneType' and 'int'")
    if (channels.is_dynamic and (not last or groups != 1)) or (groups != 1 and x.rank != spatial + 2):
        raise NotKnown(
            "the number of channels"
        )  # without it there are no weights, and Keras fails in one way or another
    if groups != 1:
        if not isinstance(channels.size, int) or channels.size % groups:
            raise NotKnown("groups that divide the channels")
        channels_in = channels.derive(channels.size // groups)
    else:
        channels_in = channels
    weights = [Shape((*kernel, channels_in, filters)), *([Shape((filters,))] if use_bias else [])]
    if x.rank != spatial + 2:
        refuse(
            "rank",
            "Kernel shape must have the same length as input, but received kernel of shape "
            f"{weights[0]} and input of shape {x.shape}.",
            expected=spatial + 2,
            shape=x.shape,
        )
    first = 1 if last else 2
    sizes = [window_size(x.axis(first + n), kernel[n], steps[n], padding, dilation[n]) for n in range(spatial)]
    whole = Shape((*kernel, channels, filters))  # as compute_output_shape sees it: all channels, groups or not
    refuse_negative(
        sizes,
        f"Computed output size would be zero or negative. Received `inputs shape={x.shape}`, `kernel shape={whole}`, "
        f"`dilation_rate=[{' '.join(map(str, dilation))}]`, `strides={steps}`, `padding={padding}`.",
        x.shape,
    )
    batch = x.axis(0)
    output = Shape((batch, *sizes, filters) if last else (batch, filters, *sizes))
    return Applied(output, weights, input_axes=((-1 if last else 1, channels),))


@layer("keras.layers.Conv1D", min_ndim=3, axes="batch steps channels")
def conv_1d(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = 1,
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Ints = 1,
    groups: int = 1,
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, steps, channels) -> (batch, new steps, filters). Weights: kernel (kernel_size, channels / groups, filters),
    bias (filters,). Source: keras/src/layers/convolutional/conv1d.py.

    >>> {name}(4, 3)(Input((10, 2)))
    >>> {name}(4, 3, strides=2, padding="causal", use_bias=False)(Input((None, 2)))
    >>> {name}(4, 5)(Input((3, 2)))
    """
    return _convolution(x, 1, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, use_bias)


@layer("keras.layers.Conv2D", min_ndim=4, axes="batch height width channels")
def conv_2d(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = (1, 1),
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Ints = (1, 1),
    groups: int = 1,
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, height, width, channels) -> (batch, new height, new width, filters). Weights: kernel
    (height, width, channels / groups, filters), bias (filters,). Source: keras/src/layers/convolutional/conv2d.py.

    >>> {name}(4, 3)(Input((10, 12, 6)))
    >>> {name}(4, (3, 2), 2, "same", groups=2)(Input((9, None, 6)))
    >>> {name}(4, 3)(Input((2, 12, 6)))
    >>> {name}(4, 3)(Input((28, 28)))
    >>> {name}(4, 3, dtype="float16")(Input((9, 9, 6)))
    """
    return _convolution(x, 2, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, use_bias)


@layer("keras.layers.Conv3D", min_ndim=5, axes="batch depth height width channels")
def conv_3d(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = (1, 1, 1),
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Ints = (1, 1, 1),
    groups: int = 1,
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, depth, height, width, channels) -> (batch, new depth, new height, new width, filters). Weights: kernel
    (depth, height, width, channels / groups, filters), bias (filters,). Source: keras/src/layers/convolutional/conv3d.py.

    >>> {name}(4, 3)(Input((8, 10, 12, 6)))
    >>> {name}(4, (1, 2, 3), 2, "same")(Input((8, 10, None, 6)))
    """
    return _convolution(x, 3, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, use_bias)


# -- transposed


def spread_size(size: Dim, kernel: int, stride: int, padding: str, output_padding: int | None, dilation: int) -> Dim:
    """How long an axis becomes. Source: _get_output_shape_given_tf_padding in keras/src/backend/common/backend_utils.py."""
    reach = (kernel - 1) * dilation + 1
    if output_padding is not None:
        cut = 2 * (reach // 2) if padding == "same" else 0
        return (size - 1) * stride + (reach - cut + output_padding)
    return size * stride if padding == "same" else size * stride + max(reach - stride, 0)


def _transposed(
    x: Given,
    spatial: int,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints,
    padding: str,
    output_padding: Any,
    data_format: Any,
    dilation_rate: Ints,
    use_bias: bool,
) -> Applied:
    """A transposed convolution. Source: keras/src/layers/convolutional/base_conv_transpose.py."""
    padding = padding.lower()
    kernel, steps = per_axis(kernel_size, spatial), per_axis(strides, spatial)
    dilation = per_axis(dilation_rate, spatial)
    if x.rank > spatial + 2 and padding in ("same", "valid") and x.axis(-1).is_known and channels_last(data_format):
        refuse("rank", "tuple index out of range", expected=spatial + 2, shape=x.shape)
    if x.rank != spatial + 2 or padding not in ("same", "valid") or any(d > 1 for d in dilation):
        raise NotKnown("a rank and padding that Keras accepts")
    if output_padding is not None:
        output_padding = per_axis(output_padding, spatial)
        if any(extra >= step for extra, step in zip(output_padding, steps, strict=True)):
            raise NotKnown("output_padding that is less than the stride")
    last = channels_last(data_format)
    first = 1 if last else 2
    sizes = [
        spread_size(x.axis(first + n), kernel[n], steps[n], padding, output_padding and output_padding[n], dilation[n])
        for n in range(spatial)
    ]
    batch, channels = x.axis(0), x.axis(-1 if last else 1)
    weights = [Shape((*kernel, filters, channels)), *([Shape((filters,))] if use_bias else [])]
    output = Shape((batch, *sizes, filters) if last else (batch, filters, *sizes))
    axes = ((-1 if last else 1, channels),)
    return Applied(output, weights, input_axes=axes, undefined=undefined(weights[0], "kernel") if last else None)


@layer("keras.layers.Conv1DTranspose", min_ndim=3, axes="batch steps channels")
def conv_1d_transpose(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = 1,
    padding: str = "valid",
    output_padding: Any = None,
    data_format: Any = None,
    dilation_rate: Ints = 1,
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, steps, channels) -> (batch, longer steps, filters). Weights: kernel (kernel_size, filters, channels), bias.

    Source: keras/src/layers/convolutional/conv1d_transpose.py.

    >>> {name}(4, 3)(Input((10, 2)))
    >>> {name}(4, 3, 2, "same", use_bias=False)(Input((None, 2)))
    """
    return _transposed(
        x, 1, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, use_bias
    )


@layer("keras.layers.Conv2DTranspose", min_ndim=4, axes="batch height width channels")
def conv_2d_transpose(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = (1, 1),
    padding: str = "valid",
    output_padding: Any = None,
    data_format: Any = None,
    dilation_rate: Ints = (1, 1),
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, height, width, channels) -> (batch, more height, more width, filters). Weights: kernel
    (height, width, filters, channels), bias (filters,). Source: keras/src/layers/convolutional/conv2d_transpose.py.

    >>> {name}(4, 3)(Input((10, 12, 6)))
    >>> {name}(4, (3, 2), strides=(2, 3), padding="same")(Input((None, 12, 6)))
    >>> {name}(4, 5, strides=3, output_padding=1)(Input((10, 12, 6)))
    >>> {name}(4, 4, strides=2, padding="same", output_padding=1)(Input((10, 12, 6)))
    >>> {name}(4, 3)(Input((10, 12)))
    """
    return _transposed(
        x, 2, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, use_bias
    )


@layer("keras.layers.Conv3DTranspose", min_ndim=5, axes="batch depth height width channels")
def conv_3d_transpose(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = (1, 1, 1),
    padding: str = "valid",
    data_format: Any = None,
    output_padding: Any = None,
    dilation_rate: Ints = (1, 1, 1),
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, depth, height, width, channels) -> (batch, more depth, more height, more width, filters). Weights: kernel
    (depth, height, width, filters, channels), bias (filters,). Source: keras/src/layers/convolutional/conv3d_transpose.py.

    >>> {name}(4, 3, strides=2)(Input((3, 4, 5, 6)))
    """
    return _transposed(
        x, 3, filters, kernel_size, strides, padding, output_padding, data_format, dilation_rate, use_bias
    )


# -- depthwise and separable


def _depthwise(
    x: Given,
    spatial: int,
    filters: Dim | None,
    kernel_size: Ints,
    strides: Ints,
    padding: str,
    depth_multiplier: int,
    data_format: Any,
    dilation_rate: Ints,
    use_bias: bool,
) -> Applied:
    """Each channel by itself, then with `filters` a convolution over single positions.

    Source: keras/src/layers/convolutional/base_depthwise_conv.py, base_separable_conv.py.
    """
    last = channels_last(data_format)
    channels = x.axis(-1 if last else 1)
    if channels.is_dynamic and last and (filters is None or not BUILT.get()):
        raise InputRefused("undefined", "unsupported operand type(s) for *: 'int' and 'NoneType'")
    if channels.is_dynamic and not last:
        raise NotKnown("the number of channels")
    made = channels * depth_multiplier
    plain = _convolution(
        x,
        spatial,
        made if filters is None else filters,
        kernel_size,
        strides,
        padding,
        data_format,
        dilation_rate,
        1,
        False,
    )
    kernel = per_axis(kernel_size, spatial)
    weights = [Shape((*kernel, channels, depth_multiplier))]
    if filters is not None:
        weights.append(Shape((*[1] * spatial, made, filters)))
    if use_bias:
        weights.append(Shape((made if filters is None else filters,)))
    return Applied(plain.output, weights, input_axes=((-1 if last else 1, channels),))


@layer("keras.layers.DepthwiseConv1D", min_ndim=3, axes="batch steps channels")
def depthwise_conv_1d(
    x: Given,
    kernel_size: Ints,
    strides: Ints = 1,
    padding: str = "valid",
    depth_multiplier: int = 1,
    data_format: Any = None,
    dilation_rate: Ints = 1,
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, steps, channels) -> (batch, new steps, channels * depth_multiplier). Weights: kernel
    (kernel_size, channels, depth_multiplier), bias. Source: keras/src/layers/convolutional/depthwise_conv1d.py.

    >>> {name}(3)(Input((10, 2)))
    >>> {name}(3, 2, "same", depth_multiplier=3)(Input((None, 2)))
    """
    return _depthwise(x, 1, None, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, use_bias)


@layer("keras.layers.DepthwiseConv2D", min_ndim=4, axes="batch height width channels")
def depthwise_conv_2d(
    x: Given,
    kernel_size: Ints,
    strides: Ints = (1, 1),
    padding: str = "valid",
    depth_multiplier: int = 1,
    data_format: Any = None,
    dilation_rate: Ints = (1, 1),
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, height, width, channels) -> (batch, new height, new width, channels * depth_multiplier). Weights: kernel
    (height, width, channels, depth_multiplier), bias. Source: keras/src/layers/convolutional/depthwise_conv2d.py.

    >>> {name}(3)(Input((10, 12, 6)))
    >>> {name}((3, 2), 2, "same", depth_multiplier=2, use_bias=False)(Input((10, None, 6)))
    """
    return _depthwise(x, 2, None, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, use_bias)


@layer("keras.layers.SeparableConv1D", min_ndim=3, axes="batch steps channels")
def separable_conv_1d(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = 1,
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Ints = 1,
    depth_multiplier: int = 1,
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, steps, channels) -> (batch, new steps, filters). Weights: depthwise kernel (kernel_size, channels,
    depth_multiplier), pointwise kernel (1, channels * depth_multiplier, filters), bias (filters,).

    Source: keras/src/layers/convolutional/separable_conv1d.py.

    >>> {name}(4, 3)(Input((10, 2)))
    """
    return _depthwise(
        x, 1, filters, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, use_bias
    )


@layer("keras.layers.SeparableConv2D", min_ndim=4, axes="batch height width channels")
def separable_conv_2d(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = (1, 1),
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Ints = (1, 1),
    depth_multiplier: int = 1,
    activation: Any = None,
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, height, width, channels) -> (batch, new height, new width, filters). Weights: depthwise kernel (height, width,
    channels, depth_multiplier), pointwise kernel (1, 1, channels * depth_multiplier, filters), bias (filters,).

    Source: keras/src/layers/convolutional/separable_conv2d.py.

    >>> {name}(4, 3)(Input((10, 12, 6)))
    >>> {name}(4, (3, 2), 2, "same", depth_multiplier=2, use_bias=False)(Input((10, None, 6)))
    """
    return _depthwise(
        x, 2, filters, kernel_size, strides, padding, depth_multiplier, data_format, dilation_rate, use_bias
    )
