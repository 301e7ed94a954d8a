"""What functions of arrays do to shapes and dtypes, the same for NumPy, `keras.ops` and TensorFlow. No rule stands here:
the rules of each library say what its functions are called and use these."""
