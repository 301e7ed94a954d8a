"""Rules for Keras. Importing this package registers them."""

from shapewright.knowledge.keras import applications, config, layers

__all__ = ["applications", "config", "layers"]
