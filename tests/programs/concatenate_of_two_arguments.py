import keras
from keras.layers import Concatenate

left = keras.Input(shape=(8, 4))  #: (None, 8, 4)
right = keras.Input(shape=(8, 2))  #: (None, 8, 2)
whole = Concatenate(axis=-1)(left, right)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW607
