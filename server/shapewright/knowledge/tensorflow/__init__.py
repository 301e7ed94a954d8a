"""Rules for TensorFlow. Importing this package registers them."""

from shapewright.knowledge.tensorflow import (
    arrays,
    convolutions,
    creation,
    elementwise,
    image,
    io,
    linalg,
    math,
    nn,
    picking,
    pixels,
    products,
    random,
    signal,
    strings,
)

__all__ = [
    "arrays",
    "convolutions",
    "creation",
    "elementwise",
    "image",
    "io",
    "linalg",
    "math",
    "nn",
    "picking",
    "pixels",
    "products",
    "random",
    "signal",
    "strings",
]
