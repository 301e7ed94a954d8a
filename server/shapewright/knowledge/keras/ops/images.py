"""Images. Source: keras/src/ops/image.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import operand, sizes_of
from shapewright.knowledge.keras.layers.windows import channels_last
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import NotKnown, Result


@function("keras.ops.image.resize")
def resize(
    images: Any,
    size: Any,
    interpolation: Any = "bilinear",
    antialias: Any = False,
    crop_to_aspect_ratio: Any = False,
    pad_to_aspect_ratio: Any = False,
    fill_mode: Any = "constant",
    fill_value: Any = 0.0,
    data_format: Any = None,
) -> Result:
    """(batch, height, width, channels) -> (batch, *size, channels).

    >>> {name}(Input((8, 9, 3)), (4, 5))
    >>> {name}(np.ones((8, 9, 3), "float32"), (4, 5))
    """
    found, wanted = operand(images), sizes_of(size)
    both = crop_to_aspect_ratio and pad_to_aspect_ratio
    if found.shape.rank not in (3, 4) or wanted.rank != 2 or fill_mode != "constant" or both:
        raise NotKnown("images and a size")
    first = -3 if channels_last(data_format) else -2
    shape = found.shape.replace(first, wanted[0]).replace(first + 1, wanted[1])
    return Result(shape, "float32" if found.dtype == "float32" else None)


@function("keras.ops.image.rgb_to_grayscale")
def rgb_to_grayscale(images: Any, data_format: Any = None) -> Result:
    """The channels become one.

    >>> {name}(Input((8, 9, 3)))
    """
    found = operand(images)
    if found.shape.rank not in (3, 4):
        raise NotKnown("images")
    channels = found.shape[-1 if channels_last(data_format) else -3].size
    if isinstance(channels, int) and channels not in (1, 3):
        raise NotKnown("red, green and blue")
    return Result(found.shape.replace(-1 if channels_last(data_format) else -3, 1))
