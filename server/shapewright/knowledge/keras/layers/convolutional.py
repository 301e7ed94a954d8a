"""Convolutions. Source: keras/src/layers/convolutional."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.keras.layers.windows import channels_last, per_axis, refuse_negative, window_size
from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, Ints, NotKnown, refuse
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
    last = channels_last(data_format)
    channels = x.axis(-1 if last else 1)
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
    refuse_negative(
        sizes,
        f"Computed output size would be zero or negative. Received `inputs shape={x.shape}`, `kernel shape={weights[0]}`, "
        f"`dilation_rate={list(dilation)}`, `strides={steps}`, `padding={padding}`.",
        x.shape,
    )
    batch = x.axis(0)
    output = Shape((batch, *sizes, filters) if last else (batch, filters, *sizes))
    return Applied(output, weights, input_axis=(-1 if last else 1, channels))


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
    bias (filters,). Source: keras/src/layers/convolutional/conv1d.py."""
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
    (height, width, channels / groups, filters), bias (filters,). Source: keras/src/layers/convolutional/conv2d.py."""
    return _convolution(x, 2, filters, kernel_size, strides, padding, data_format, dilation_rate, groups, use_bias)
