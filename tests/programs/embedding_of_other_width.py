import keras
import numpy as np

vectors = np.zeros((400, 100))  #: (400, 100)
tokens = keras.Input(shape=(12,))  #: (None, 12)
words = keras.layers.Embedding(400, 50, weights=[vectors])(tokens)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW207
