import keras
import numpy as np
from keras import layers

x = keras.Input((4, 4))  #: (None, 4, 4)
h = layers.Dense(8)(x)  #: (None, 4, 8)
#:  ^^^^^^^^^^^^^^^ SW502
y = layers.Dense(3, activation="softmax")(h)  #: (None, 4, 3)
model = keras.Model(inputs=[x], outputs=[y])  #: [(None, 4, 4)] → [(None, 4, 3)]
model.compile(optimizer="sgd", loss="categorical_crossentropy")
model.fit(np.zeros((8, 4, 4)), np.zeros((8, 3)), batch_size=4, verbose=0)
