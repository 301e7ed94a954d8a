import keras
import numpy as np
from keras import layers

width = 9
labels = np.array([0, 1, 2, 1])  #: (4,)
classes = np.max(labels) + 1  #: ()
x = keras.Input((4,))  #: (None, 4)
a = layers.Dense(width / 3)(x)
#:               ^^^^^^^^^ SW605
b = layers.Dense(0)(x)
#:               ^ SW605
c = layers.Dense((8,))(x)
#:               ^^^^ SW605
d = layers.Dense("8")(x)
#:               ^^^ SW605
e = layers.Dense(classes)(x)
#:               ^^^^^^^ SW605
f = layers.LSTM(0)
#:              ^ SW605
g = layers.GRU((4,))
#:             ^^^^ SW605
h = layers.Embedding(0, 8)
#:                   ^ SW605
i = layers.Embedding(100, 8.0)
#:                        ^^^ SW605
j = layers.RepeatVector(0)
#:                      ^ SW605
k = layers.RepeatVector((3,))
#:                      ^^^^ SW605
right = layers.Dense(int(classes))(x)  #: (None, 3)
m = layers.Dense(len(np.unique(labels)))(x)  #: (None, ?)
