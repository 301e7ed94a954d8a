"""What a branch decides is known, or silent."""
import os

import keras
from keras import layers

x = keras.Input((8,))  #: (None, 8)
deep = True
if deep:
    y = layers.Dense(4)(x)  #: (None, 4)
else:
    y = layers.Dense(5)(x)
z = y  #: (None, 4)
if os.environ.get("SHAPEWRIGHT_NEVER_SET"):
    w = layers.Dense(3)(x)  #: (None, 3)
else:
    w = layers.Dense(3)(x)  #: (None, 3)
v = layers.Dense(2 if deep else 1)(x)  #: (None, 2)
if len(os.sep) == 1:
    u = layers.Dense(6)(x)
else:
    u = layers.Dense(7)(x)
either = u  #: (None, ?)
o = layers.Dense(1)(either)  #: (None, 1)
if len(os.sep) == 1:
    h = layers.Rescaling(2.0)(x)
else:
    h = layers.Dense(8)(x)
model = keras.Model(x, layers.Dense(5)(h))  #: (None, 8) → (None, 5)
units = 3 if len(os.sep) == 1 else 4
sized = layers.Dense(units)(x)  #: (None, ?)
pair = (x, o) if len(os.sep) == 1 else (o, o)
left, right = pair  #: (None, ?) ; (None, 1)
