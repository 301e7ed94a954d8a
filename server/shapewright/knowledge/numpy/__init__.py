"""Rules for NumPy. Importing this package registers them."""

from shapewright.knowledge.numpy import creation, random, reshaping

__all__ = ["creation", "random", "reshaping"]
