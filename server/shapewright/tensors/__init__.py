"""What a shape is: dimensions, shapes, dtypes and broadcasting. Knows nothing of Python code or of Keras."""
