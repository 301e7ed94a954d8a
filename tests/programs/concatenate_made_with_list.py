import keras
from keras import layers

a = keras.Input(shape=(4,))  #: (None, 4)
b = keras.Input(shape=(6,))  #: (None, 6)
both = layers.Concatenate([a, b])
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^ SW606
score = layers.Dense(1)(both)
