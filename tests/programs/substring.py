import keras

MODEL_TYPE = "deit_distilled_tiny"
tokens = 2 if "distilled" in MODEL_TYPE else 1
more = 3 if "small" not in MODEL_TYPE else 4
x = keras.Input((tokens, more))  #: (None, 2, 3)
y = keras.Input((5 if "a" in ["ab", "b"] else 6,))  #: (None, 6)
