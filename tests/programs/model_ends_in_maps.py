import keras
import numpy as np
from keras import layers

model = keras.Sequential()  #: (None, 8, 8, 3) → (None, 6, 6, 4)
model.add(keras.Input((8, 8, 3)))
model.add(layers.Conv2D(4, 3))
model.add(layers.BatchNormalization())
#:        ^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW502
model.compile(optimizer="sgd", loss="categorical_crossentropy")
model.fit(np.zeros((8, 8, 8, 3)), np.zeros((8, 2)), batch_size=4, verbose=0)
