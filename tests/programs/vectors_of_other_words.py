import keras
import numpy as np

vectors = np.zeros((412, 40))  #: (412, 40)
words = keras.Input(shape=(7,))  #: (None, 7)
embedding = keras.layers.Embedding(50, 100, trainable=False)
#:          ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW207
embedded = embedding(words)  #: (None, 7, 100)
embedding.set_weights([vectors])
dense = keras.layers.Dense(3)
scores = dense(embedded)  #: (None, 7, 3)
kernel, bias = dense.get_weights()  #: (100, 3) ; (3,)
dense.set_weights([kernel, bias])
