"""Normalization layers. Source: keras/src/layers/normalization."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, Inner, NotKnown, Refused, ShapeLike, refuse, undefined
from shapewright.tensors.shape import Shape


@layer("keras.layers.BatchNormalization")
def batch_normalization(
    x: Given,
    axis: int = -1,
    momentum: Any = 0.99,
    epsilon: Any = 1e-3,
    center: bool = True,
    scale: bool = True,
    **_: Any,
) -> Applied:
    """Keeps the shape. Weights: gamma and beta (features,); moving mean and variance besides.

    Source: keras/src/layers/normalization/batch_normalization.py.

    >>> {name}()(Input((5, 3)))
    >>> {name}(axis=1, scale=False)(Input((5, 3)))
    """
    features = x.axis(axis)
    trainable = [(features,)] * (int(scale) + int(center))
    return Applied(
        x.shape,
        trainable,
        frozen=[(features,), (features,)],
        dtype=x.cast_dtype,
        input_axes=((axis, features),),
        undefined=_undefined((features,), scale) if axis in (-1, x.rank - 1) else None,
    )


def _undefined(weight: ShapeLike, scale: bool) -> str:
    """What Keras says of the first weight of a normalization."""
    return undefined(weight, "gamma" if scale else "beta")


@layer("keras.layers.LayerNormalization")
def layer_normalization(
    x: Given,
    axis: int | Sequence[int] = -1,
    epsilon: Any = 1e-3,
    center: bool = True,
    scale: bool = True,
    **_: Any,
) -> Applied:
    """Keeps the shape. Weights: gamma and beta over the normalized axes.

    Source: keras/src/layers/normalization/layer_normalization.py.

    >>> {name}()(Input((5, 3)))
    >>> {name}(axis=[1, 2], center=False)(Input((5, 3)))
    """
    axes = [axis] if isinstance(axis, int) else list(axis)
    if any(not isinstance(a, int) for a in axes):
        raise NotKnown("axis")
    weight = Shape(x.axis(a) for a in axes)
    text = _undefined(weight, scale) if axis in (-1, x.rank - 1) else None
    return Applied(x.shape, [weight] * (int(scale) + int(center)), dtype=x.cast_dtype, undefined=text)


@layer("keras.layers.GroupNormalization")
def group_normalization(
    x: Given,
    groups: int = 32,
    axis: int = -1,
    epsilon: Any = 0.001,
    center: bool = True,
    scale: bool = True,
    **_: Any,
) -> Applied:
    """Keeps the shape. Weights: gamma and beta (features,). Source: keras/src/layers/normalization/group_normalization.py.

    >>> {name}(3)(Input((5, 6)))
    >>> {name}(groups=-1, axis=1, center=False)(Input((5, 6)))
    >>> {name}(4)(Input((5, 6)))
    >>> {name}()(Input((5, 6)))
    """
    features = x.axis(axis)
    if isinstance(features.size, int) and groups != -1:
        if features.size < groups:
            text = f"Number of groups ({groups}) cannot be more than the number of channels ({features})."
            refuse("groups", text, shape=x.shape, axis=axis)
        if features.size % groups:
            text = f"Number of groups ({groups}) must be a multiple of the number of channels ({features})."
            refuse("groups", text, shape=x.shape, axis=axis)
    weights = [(features,)] * (int(scale) + int(center))
    return Applied(x.shape, weights, dtype=x.cast_dtype, input_axes=((axis, features),))


@layer("keras.layers.RMSNormalization")
def rms_normalization(x: Given, axis: int | Sequence[int] = -1, epsilon: Any = 1e-06, **_: Any) -> Applied:
    """Keeps the shape. Weights: scale over the normalized axes. Source: keras/src/layers/normalization/rms_normalization.py.

    >>> {name}()(Input((5, 6)))
    """
    axes = [axis] if isinstance(axis, int) else sorted(axis)
    return Applied(x.shape, [Shape(x.axis(a) for a in axes)], dtype=x.cast_dtype)


@layer("keras.layers.UnitNormalization")
def unit_normalization(x: Given, axis: Any = -1, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/normalization/unit_normalization.py.

    >>> {name}()(Input((5, 6)))
    """
    for number in [axis] if isinstance(axis, int) else axis if isinstance(axis, (tuple, list)) else ():
        if isinstance(number, int) and not -x.rank <= number < x.rank:
            refuse("index", f"Axis {number} is out of bounds for input shape {x.shape}.", axis=number, shape=x.shape)
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.SpectralNormalization")
def spectral_normalization(x: Given, layer: Inner, power_iterations: Any = 1, **_: Any) -> Applied:
    """What the wrapped layer gives. Weights: the layer's and a vector (1, units) besides.

    Source: keras/src/layers/normalization/spectral_normalization.py.

    >>> {name}(layers.Dense(4))(Input((5, 6)))
    >>> {name}(layers.Conv2D(4, 3))(Input((5, 6, 2)))
    """
    try:
        inner = layer.apply(x.shape, x.dtype)
    except Refused as refused:
        raise NotKnown("what the wrapped layer says when it is built without a call") from refused
    if not inner.weights:
        raise NotKnown("a layer that has a kernel")
    if any(dim.is_dynamic for dim in Shape(inner.weights[0])):
        raise NotKnown("how the wrapped layer's weight is called")
    frozen = [*inner.frozen, (1, Shape(inner.weights[0])[-1])]
    return Applied(inner.output, inner.weights, frozen, inner.dtype, input_axes=[(-1, x.axis(-1))])
