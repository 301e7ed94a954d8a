"""Rules for NumPy. Importing this package registers them."""

from shapewright.knowledge.numpy import (
    creation,
    elementwise,
    files,
    fourier,
    joining,
    picking,
    products,
    random,
    reductions,
    reshaping,
)

__all__ = [
    "creation",
    "elementwise",
    "files",
    "fourier",
    "joining",
    "picking",
    "products",
    "random",
    "reductions",
    "reshaping",
]
