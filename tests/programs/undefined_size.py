import keras
from keras import layers

x = keras.Input((None, 4))  #: (None, None, 4)
pooled = layers.Dense(2)(layers.GlobalMaxPooling1D()(x))  #: (None, 2)
flat = layers.Flatten()(x)  #: (None, None)
#:     ^^^^^^^^^^^^^^^^ SW204
y = layers.Dense(2)(flat)
