import keras
from keras import layers

image = keras.Input(shape=(28, 28))  #: (None, 28, 28)
flat = layers.Flatten(image)
#:     ^^^^^^^^^^^^^^^^^^^^^ SW606
classes = layers.Dense(10)(flat)
