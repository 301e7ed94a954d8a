"""What convolutions and poolings share: how far a window gets along an axis."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.rule import Ints, NotKnown, refuse
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape


def per_axis(value: Ints, count: int) -> tuple[int, ...]:
    """An int for each of `count` axes. Source: keras/src/utils/argument_validation.py."""
    if not isinstance(value, (int, tuple, list)):
        raise NotKnown("a size for each axis")
    items = (value,) * count if isinstance(value, int) else tuple(value)
    if len(items) != count or not all(isinstance(i, int) for i in items):
        raise NotKnown("a size for each axis")
    return items


def channels_last(data_format: Any) -> bool:
    """Whether the channels are the last axis; a format that is not given is Keras's default, the last."""
    if data_format in (None, "channels_last"):
        return True
    if data_format == "channels_first":
        return False
    raise NotKnown("data_format")


def window_size(size: Dim, window: int, stride: int, padding: str, dilation: int = 1) -> Dim:
    """How many positions a window takes along an axis. Source: keras/src/ops/operation_utils.py."""
    if stride < 1 or window < 1:
        raise NotKnown("a stride and a window of some size")
    if padding in ("same", "causal"):
        return size.ceil_div(stride)
    if padding != "valid":
        raise NotKnown("padding")
    reach = dilation * (window - 1) + 1
    if isinstance(size.size, int):
        return size.derive((size.size - reach) // stride + 1)
    if size.size is None:
        return size
    if stride == 1:
        return size - (reach - 1)
    return size // stride if stride == reach and size.size != UNNAMED else size.derive(UNNAMED)


def refuse_negative(sizes: Sequence[Dim], message: str, shape: Shape) -> None:
    """Refuses an output of no size, with Keras's text."""
    for axis, dim in enumerate(sizes):
        if isinstance(dim.size, int) and dim.size <= 0:
            refuse("size", message, shape=shape, axis=axis)
