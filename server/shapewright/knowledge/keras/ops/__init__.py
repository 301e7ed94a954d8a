"""Rules for `keras.ops`, `keras.activations` and `keras.random`. Importing this package registers them."""

from shapewright.knowledge.keras.ops import elementwise, images, making, products, reductions, shapes

__all__ = ["elementwise", "images", "making", "products", "reductions", "shapes"]
