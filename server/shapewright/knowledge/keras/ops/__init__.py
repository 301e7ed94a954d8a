"""Rules for `keras.ops`, `keras.activations` and `keras.random`. Importing this package registers them."""

from shapewright.knowledge.keras.ops import (
    elementwise,
    images,
    joining,
    linalg,
    making,
    nn,
    pairs,
    patches,
    products,
    reductions,
    shapes,
    signal,
)

__all__ = [
    "elementwise",
    "images",
    "joining",
    "linalg",
    "making",
    "nn",
    "pairs",
    "patches",
    "products",
    "reductions",
    "shapes",
    "signal",
]
