"""Dense, Embedding, Activation and other layers of keras/src/layers/core and keras/src/layers/activations."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape


@layer("keras.layers.Dense", min_ndim=2, axes="batch features")
def dense(
    x: Given,
    units: Dim,
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = "glorot_uniform",
    bias_initializer: Any = "zeros",
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    **_: Any,
) -> Applied:
    """(..., features) -> (..., units). Weights: kernel (features, units), bias (units,).

    Source: keras/src/layers/core/dense.py.
    """
    features = x.axis(-1)
    weights = [(features, units), (units,)] if use_bias else [(features, units)]
    return Applied(x.shape.replace(-1, units), weights, input_axis=(-1, features))


@layer("keras.layers.Embedding")
def embedding(
    x: Given,
    input_dim: Dim,
    output_dim: Dim,
    embeddings_initializer: Any = "uniform",
    embeddings_regularizer: Any = None,
    embeddings_constraint: Any = None,
    mask_zero: Any = False,
    weights: Any = None,
    lora_rank: Any = None,
    **_: Any,
) -> Applied:
    """(...) -> (..., output_dim). Weights: embeddings (input_dim, output_dim). Source: keras/src/layers/core/embedding.py."""
    return Applied(Shape((*x.shape, output_dim)), [(input_dim, output_dim)])


@layer("keras.layers.Activation")
def activation(x: Given, activation: Any, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/activations/activation.py."""
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.ReLU")
def relu(x: Given, max_value: Any = None, negative_slope: Any = 0.0, threshold: Any = 0.0, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/activations/relu.py."""
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.LeakyReLU")
def leaky_relu(x: Given, negative_slope: Any = 0.3, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/activations/leaky_relu.py."""
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.Softmax")
def softmax(x: Given, axis: Any = -1, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/activations/softmax.py."""
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.Identity", "keras.layers.Masking")
def identity(x: Given, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/core/identity.py, masking.py."""
    return Applied(x.shape, dtype=x.cast_dtype)
