"""Normalization layers. Source: keras/src/layers/normalization."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, NotKnown
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
    """
    features = x.axis(axis)
    trainable = [(features,)] * (int(scale) + int(center))
    return Applied(
        x.shape, trainable, frozen=[(features,), (features,)], dtype=x.cast_dtype, input_axis=(axis, features)
    )


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
    """
    axes = [axis] if isinstance(axis, int) else list(axis)
    if any(not isinstance(a, int) for a in axes):
        raise NotKnown("axis")
    weight = Shape(x.axis(a) for a in axes)
    return Applied(x.shape, [weight] * (int(scale) + int(center)), dtype=x.cast_dtype)
