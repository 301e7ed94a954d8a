"""Poolings. Source: keras/src/layers/pooling."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.keras.layers.windows import channels_last, per_axis, refuse_negative, window_size
from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, Ints, NotKnown
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
    among = range(first, first + spatial)  # Keras writes -1 for an open size among these
    written = ["-1" if d.is_dynamic and n in among else str(d) for n, d in enumerate(x.shape)]
    width = 0 if any(d.is_dynamic for d in x.shape) else max(map(len, written))
    spaced = " ".join(text.rjust(width) for text in written)  # as NumPy prints it
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


@layer("keras.layers.MaxPooling1D", ndim=3, axes="batch steps channels")
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

    Source: keras/src/layers/pooling/max_pooling1d.py.

    >>> {name}(2)(Input((10, 3)))
    >>> {name}(3, 2, "same")(Input((None, 3)))
    >>> {name}(4)(Input((3, 3)))
    """
    return _pooling(x, 1, pool_size, strides, padding, data_format)


@layer("keras.layers.AveragePooling1D", ndim=3, axes="batch steps channels")
def average_pooling_1d(
    x: Given,
    pool_size: Ints,
    strides: Any = None,
    padding: str = "valid",
    data_format: Any = None,
    name: Any = None,
    **_: Any,
) -> Applied:
    """(batch, steps, channels) -> (batch, pooled steps, channels).

    Source: keras/src/layers/pooling/average_pooling1d.py.

    >>> {name}(2)(Input((10, 3)))
    """
    return _pooling(x, 1, pool_size, strides, padding, data_format)


@layer("keras.layers.MaxPooling2D", ndim=4, axes="batch height width channels")
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

    Source: keras/src/layers/pooling/max_pooling2d.py.

    >>> {name}()(Input((10, 11, 3)))
    >>> {name}((2, 3), strides=1, padding="same")(Input((None, 5, 3)))
    """
    return _pooling(x, 2, pool_size, strides, padding, data_format)


@layer("keras.layers.AveragePooling2D", ndim=4, axes="batch height width channels")
def average_pooling_2d(
    x: Given,
    pool_size: Ints,
    strides: Any = None,
    padding: str = "valid",
    data_format: Any = None,
    name: Any = None,
    **_: Any,
) -> Applied:
    """(batch, height, width, channels) -> (batch, pooled height, pooled width, channels).

    Source: keras/src/layers/pooling/average_pooling2d.py.

    >>> {name}((2, 3), strides=1, padding="same")(Input((None, 5, 3)))
    """
    return _pooling(x, 2, pool_size, strides, padding, data_format)


@layer("keras.layers.GlobalMaxPooling1D", "keras.layers.GlobalAveragePooling1D", ndim=3, axes="batch steps channels")
def global_pooling_1d(x: Given, data_format: Any = None, keepdims: bool = False, **_: Any) -> Applied:
    """(batch, steps, channels) -> (batch, channels).

    Source: keras/src/layers/pooling/global_max_pooling1d.py, global_average_pooling1d.py.

    >>> {name}()(Input((10, 3)))
    >>> {name}(keepdims=True)(Input((None, 3)))
    """
    return _global_pooling(x, data_format, keepdims)


@layer(
    "keras.layers.GlobalMaxPooling2D", "keras.layers.GlobalAveragePooling2D", ndim=4, axes="batch height width channels"
)
def global_pooling_2d(x: Given, data_format: Any = None, keepdims: bool = False, **_: Any) -> Applied:
    """(batch, height, width, channels) -> (batch, channels).

    Source: keras/src/layers/pooling/global_max_pooling2d.py, global_average_pooling2d.py.

    >>> {name}()(Input((10, 4, 3)))
    >>> {name}(keepdims=True)(Input((10, 4, 3)))
    """
    return _global_pooling(x, data_format, keepdims)


@layer("keras.layers.MaxPooling3D", ndim=5, axes="batch depth height width channels")
def pooling_3d(
    x: Given,
    pool_size: Ints = (2, 2, 2),
    strides: Any = None,
    padding: str = "valid",
    data_format: Any = None,
    name: Any = None,
    **_: Any,
) -> Applied:
    """(batch, depth, height, width, channels) -> (batch, pooled depth, pooled height, pooled width, channels).

    Source: keras/src/layers/pooling/max_pooling3d.py.

    >>> {name}()(Input((8, 9, 10, 3)))
    >>> {name}((1, 2, 3), 2, "same")(Input((8, None, 10, 3)))
    """
    return _pooling(x, 3, pool_size, strides, padding, data_format)


@layer("keras.layers.AveragePooling3D", ndim=5, axes="batch depth height width channels")
def average_pooling_3d(
    x: Given,
    pool_size: Ints,
    strides: Any = None,
    padding: str = "valid",
    data_format: Any = None,
    name: Any = None,
    **_: Any,
) -> Applied:
    """(batch, depth, height, width, channels) -> (batch, pooled depth, pooled height, pooled width, channels).

    Source: keras/src/layers/pooling/average_pooling3d.py.

    >>> {name}(2)(Input((8, 9, 10, 3)))
    """
    return _pooling(x, 3, pool_size, strides, padding, data_format)


@layer(
    "keras.layers.GlobalMaxPooling3D",
    "keras.layers.GlobalAveragePooling3D",
    ndim=5,
    axes="batch depth height width channels",
)
def global_pooling_3d(x: Given, data_format: Any = None, keepdims: bool = False, **_: Any) -> Applied:
    """(batch, depth, height, width, channels) -> (batch, channels).

    Source: keras/src/layers/pooling/global_max_pooling3d.py, global_average_pooling3d.py.

    >>> {name}()(Input((8, 9, 10, 3)))
    >>> {name}(keepdims=True)(Input((8, 9, 10, 3)))
    """
    return _global_pooling(x, data_format, keepdims)


def _adaptive(x: Given, spatial: int, output_size: Ints, data_format: Any) -> Applied:
    """Source: keras/src/layers/pooling/base_adaptive_pooling.py."""
    sizes = per_axis(output_size, spatial)
    if x.rank != spatial + 2:
        raise NotKnown("a batch")
    batch = x.axis(0)
    output = [batch, *map(Dim, sizes), x.axis(-1)]
    if not channels_last(data_format):
        output = [batch, x.axis(1), *map(Dim, sizes)]
    return Applied(Shape(output), dtype=x.cast_dtype)


@layer("keras.layers.AdaptiveMaxPooling1D", "keras.layers.AdaptiveAveragePooling1D")
def adaptive_pooling_1d(x: Given, output_size: Ints, data_format: Any = None, **_: Any) -> Applied:
    """(batch, steps, channels) -> (batch, output_size, channels).

    >>> {name}(4)(Input((8, 3)))
    """
    return _adaptive(x, 1, output_size, data_format)


@layer("keras.layers.AdaptiveMaxPooling2D", "keras.layers.AdaptiveAveragePooling2D")
def adaptive_pooling_2d(x: Given, output_size: Ints, data_format: Any = None, **_: Any) -> Applied:
    """(batch, height, width, channels) -> (batch, *output_size, channels).

    >>> {name}((4, 2))(Input((8, 8, 3)))
    """
    return _adaptive(x, 2, output_size, data_format)


@layer("keras.layers.AdaptiveMaxPooling3D", "keras.layers.AdaptiveAveragePooling3D")
def adaptive_pooling_3d(x: Given, output_size: Ints, data_format: Any = None, **_: Any) -> Applied:
    """(batch, depth, height, width, channels) -> (batch, *output_size, channels).

    >>> {name}(2)(Input((8, 8, 8, 3)))
    """
    return _adaptive(x, 3, output_size, data_format)
