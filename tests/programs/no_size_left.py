import keras
from keras import layers

x = keras.Input((2, 8))  #: (None, 2, 8)
y = layers.Conv1D(4, kernel_size=3)(x)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW203
i = keras.Input((4, 4, 1))  #: (None, 4, 4, 1)
j = layers.MaxPooling2D(5)(i)
#:  ^^^^^^^^^^^^^^^^^^^^^^ SW203
