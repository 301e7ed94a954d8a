import keras
from keras import layers

a = keras.Input((3,))  #: (None, 3)
b = keras.Input((3,))  #: (None, 3)
model = keras.Model(a, layers.Add()([a, b]))
#:                  ^ SW602
