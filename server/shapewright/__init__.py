"""shapewright: the shape of every tensor in Keras and TensorFlow code, while it is being typed."""

__version__ = "0.1.0"
