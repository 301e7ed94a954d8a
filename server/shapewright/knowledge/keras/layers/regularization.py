"""Dropout and noise: layers that keep the shape. Source: keras/src/layers/regularization."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given


@layer("keras.layers.Dropout")
def dropout(x: Given, rate: Any, noise_shape: Any = None, seed: Any = None, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/regularization/dropout.py.

    >>> {name}(0.5)(Input((5, 2)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.SpatialDropout1D", ndim=3, axes="batch steps channels")
def spatial_dropout_1d(x: Given, rate: Any, seed: Any = None, name: Any = None, dtype: Any = None) -> Applied:
    """Keeps the shape. Source: keras/src/layers/regularization/spatial_dropout.py.

    >>> {name}(0.5)(Input((5, 2)))
    >>> {name}(0.5)(Input((5,)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.SpatialDropout2D", ndim=4, axes="batch height width channels")
def spatial_dropout_2d(
    x: Given, rate: Any, data_format: Any = None, seed: Any = None, name: Any = None, dtype: Any = None
) -> Applied:
    """Keeps the shape. Source: keras/src/layers/regularization/spatial_dropout.py.

    >>> {name}(0.5)(Input((5, 4, 2)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.GaussianNoise")
def gaussian_noise(x: Given, stddev: Any, seed: Any = None, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/regularization/gaussian_noise.py.

    >>> {name}(0.5)(Input((5, 2)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.GaussianDropout")
def gaussian_dropout(x: Given, rate: Any, seed: Any = None, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/regularization/gaussian_dropout.py.

    >>> {name}(0.5)(Input((5, 2)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.SpatialDropout3D", ndim=5, axes="batch depth height width channels")
def spatial_dropout_3d(
    x: Given, rate: Any, data_format: Any = None, seed: Any = None, name: Any = None, dtype: Any = None
) -> Applied:
    """Keeps the shape. Source: keras/src/layers/regularization/spatial_dropout.py.

    >>> {name}(0.5)(Input((5, 4, 3, 2)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.AlphaDropout")
def alpha_dropout(x: Given, rate: Any, noise_shape: Any = None, seed: Any = None, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/regularization/alpha_dropout.py.

    >>> {name}(0.5)(Input((5, 2)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.ActivityRegularization")
def activity_regularization(x: Given, l1: Any = 0.0, l2: Any = 0.0, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/regularization/activity_regularization.py.

    >>> {name}(l1=0.1)(Input((5, 2)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)
