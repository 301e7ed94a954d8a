"""Lists whose length nobody knows, but whose items are of one kind."""
import os

import keras
import numpy as np
from keras import layers


def load(name):
    return np.zeros((28, 28))


images = []
for name in os.listdir(os.curdir):
    image = load(name)  #: (28, 28)
    images.append(image)
data = np.array(images)  #: -
last = images[-1]  #: (28, 28)
x = keras.Input((8,))  #: (None, 8)
for name in os.listdir(os.curdir):
    x = layers.Dense(8)(x)  #: (None, 8)
y = layers.Dense(3)(x)  #: (None, 3)
outputs = [layers.Dense(2)(y) for name in os.listdir(os.curdir)]
first = outputs[0]  #: (None, 2)
mixed = [np.zeros(3)]
for name in os.listdir(os.curdir):
    mixed.append(np.zeros(4))
unknown = np.array(mixed, dtype=object)  #: -
width = 1
for name in os.listdir(os.curdir):
    width = width * 2
sized = np.zeros((width, 3))  #: (?, 3)
