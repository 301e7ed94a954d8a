"""Rules for TensorFlow. Importing this package registers them."""

from shapewright.knowledge.tensorflow import arrays, creation, elementwise, image, products, random

__all__ = ["arrays", "creation", "elementwise", "image", "products", "random"]
