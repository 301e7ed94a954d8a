"""Rules for NumPy. Importing this package registers them."""

from shapewright.knowledge.numpy import creation, elementwise, joining, random, reshaping

__all__ = ["creation", "elementwise", "joining", "random", "reshaping"]
