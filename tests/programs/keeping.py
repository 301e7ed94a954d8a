"""Layers that keep the shape."""
import keras
from keras import layers

x = keras.Input((6, 4))  #: (None, 6, 4)
a = layers.Dropout(0.3)(x)  #: (None, 6, 4)
b = layers.BatchNormalization()(x)  #: (None, 6, 4), 16 parameters
c = layers.Activation("relu")(x)  #: (None, 6, 4)
d = layers.LayerNormalization()(x)  #: (None, 6, 4), 8 parameters
e = layers.ReLU()(x)  #: (None, 6, 4)
f = layers.LeakyReLU()(x)  #: (None, 6, 4)
g = layers.Softmax()(x)  #: (None, 6, 4)
h = layers.SpatialDropout1D(0.2)(x)  #: (None, 6, 4)
i = layers.GaussianNoise(0.1)(x)  #: (None, 6, 4)
j = layers.Masking()(x)  #: (None, 6, 4)
k = layers.BatchNormalization(scale=False)(x)  #: (None, 6, 4), 12 parameters
