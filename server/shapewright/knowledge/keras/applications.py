"""Helpers that the architectures of keras/src/applications share."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import NotKnown
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
