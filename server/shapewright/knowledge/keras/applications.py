"""Helpers that the architectures of keras/src/applications share."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import Given, NotKnown
from shapewright.values.value import UNKNOWN


@function("keras.applications.imagenet_utils.obtain_input_shape")
def obtain_input_shape(
    input_shape: Any,
    default_size: int,
    min_size: Any,
    data_format: Any,
    require_flatten: Any,
    weights: Any = None,
) -> tuple[Any, ...]:
    """The input shape of an architecture: what is given, else its default size, else any size.

    Source: keras/src/applications/imagenet_utils.py.
    """
    if UNKNOWN in (input_shape, data_format, require_flatten, weights) or data_format != "channels_last":
        raise NotKnown("shape")
    if input_shape is not None:
        return tuple(input_shape)
    return (default_size, default_size, 3) if require_flatten else (None, None, 3)


@function("keras.applications.imagenet_utils.correct_pad")
def correct_pad(inputs: Given, kernel_size: Any) -> tuple[Any, ...]:
    """What to pad each side of an image with before a convolution of stride 2.

    Source: keras/src/applications/imagenet_utils.py.
    """
    sizes = inputs.axis(1), inputs.axis(2)
    kernel = (kernel_size, kernel_size) if isinstance(kernel_size, int) else kernel_size
    if kernel is UNKNOWN or not all(dim.is_known or dim.is_dynamic for dim in sizes):
        raise NotKnown("sizes")
    pads = []
    for length, dim in zip(kernel, sizes, strict=True):
        half = int(length) // 2
        less = 1 - dim.size % 2 if isinstance(dim.size, int) and isinstance(sizes[0].size, int) else 1
        pads.append((half - less, half))
    return tuple(pads)
