import keras
from keras import layers

model = keras.Sequential([layers.Conv2D(8, 3, batch_input_shape=(None, 32, 32, 3)), layers.Flatten()])
#:                                                              ^^^^^^^^^^^^^^^^^ SW601
x = keras.Input((32, 32, 3))  #: (None, 32, 32, 3)
