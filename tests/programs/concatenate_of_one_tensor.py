import keras
from keras.layers import concatenate

left = keras.Input(shape=(8,))  #: (None, 8)
whole = concatenate(left)
#:      ^^^^^^^^^^^^^^^^^ SW607
