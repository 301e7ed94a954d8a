import keras
from keras import layers

image = keras.Input(shape=(32,))  #: (None, 32)
text = keras.Input(shape=(32,))  #: (None, 32)
both = layers.Add()(image, text)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^ SW607
score = layers.Dense(1)(both)
