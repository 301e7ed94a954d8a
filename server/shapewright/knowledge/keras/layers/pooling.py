"""Poolings. Source: keras/src/layers/pooling."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.keras.layers.windows import channels_last, per_axis, refuse_negative, window_size
from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, Ints
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape


def _pooling(x: Given, spatial: int, pool_size: Ints, strides: Any, padding: str, data_format: Any) -> Applied:
    """A pooling over `spatial` axes. Source: keras/src/layers/pooling/base_pooling.py."""
    padding = padding.lower()
    pool = per_axis(pool_size, spatial)
    steps = pool if strides is None else per_axis(strides, spatial)
    last = channels_last(data_format)
    first = 1 if last else 2
    sizes = [window_size(x.axis(first + n), pool[n], steps[n], padding) for n in range(spatial)]
    spaced = " ".join(str(size) for size in x.shape.sizes)
    refuse_negative(
        sizes,
        f"Computed output size would be zero or negative. Received: `inputs.shape=[{spaced}]`, "
        f"`pool_size=[{' '.join(map(str, pool))}]`, `strides={steps}`, `padding={padding}`.",
        x.shape,
    )
    batch = x.axis(0)
    output = [batch, *sizes, x.axis(-1)] if last else [batch, x.axis(1), *sizes]
    return Applied(Shape(output), dtype=x.cast_dtype)


def _global_pooling(x: Given, data_format: Any, keepdims: bool) -> Applied:
    """One value for each channel. Source: keras/src/layers/pooling/base_global_pooling.py."""
    batch, ones = x.axis(0), (Dim(1),) * (x.rank - 2)
    if channels_last(data_format):
        output = (batch, *ones, x.axis(-1)) if keepdims else (batch, x.axis(-1))
    else:
        output = (batch, x.axis(1), *ones) if keepdims else (batch, x.axis(1))
    return Applied(Shape(output), dtype=x.cast_dtype)


@layer("keras.layers.MaxPooling1D", "keras.layers.AveragePooling1D", ndim=3, axes="batch steps channels")
def pooling_1d(
    x: Given,
    pool_size: Ints = 2,
    strides: Any = None,
    padding: str = "valid",
    data_format: Any = None,
    name: Any = None,
    **_: Any,
) -> Applied:
    """(batch, steps, channels) -> (batch, pooled steps, channels).

    Source: keras/src/layers/pooling/max_pooling1d.py, average_pooling1d.py.
    """
    return _pooling(x, 1, pool_size, strides, padding, data_format)


@layer("keras.layers.MaxPooling2D", "keras.layers.AveragePooling2D", ndim=4, axes="batch height width channels")
def pooling_2d(
    x: Given,
    pool_size: Ints = (2, 2),
    strides: Any = None,
    padding: str = "valid",
    data_format: Any = None,
    name: Any = None,
    **_: Any,
) -> Applied:
    """(batch, height, width, channels) -> (batch, pooled height, pooled width, channels).

    Source: keras/src/layers/pooling/max_pooling2d.py, average_pooling2d.py.
    """
    return _pooling(x, 2, pool_size, strides, padding, data_format)


@layer("keras.layers.GlobalMaxPooling1D", "keras.layers.GlobalAveragePooling1D", ndim=3, axes="batch steps channels")
def global_pooling_1d(x: Given, data_format: Any = None, keepdims: bool = False, **_: Any) -> Applied:
    """(batch, steps, channels) -> (batch, channels).

    Source: keras/src/layers/pooling/global_max_pooling1d.py, global_average_pooling1d.py.
    """
    return _global_pooling(x, data_format, keepdims)


@layer(
    "keras.layers.GlobalMaxPooling2D", "keras.layers.GlobalAveragePooling2D", ndim=4, axes="batch height width channels"
)
def global_pooling_2d(x: Given, data_format: Any = None, keepdims: bool = False, **_: Any) -> Applied:
    """(batch, height, width, channels) -> (batch, channels).

    Source: keras/src/layers/pooling/global_max_pooling2d.py, global_average_pooling2d.py.
    """
    return _global_pooling(x, data_format, keepdims)
