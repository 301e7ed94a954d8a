import keras
import numpy as np

vectors = np.zeros((400, 50))  #: (400, 50)
words = keras.layers.Embedding(1000, 50, weights=[vectors], trainable=False)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW207
fitting = keras.layers.Embedding(400, 50, weights=[vectors], trainable=False)
