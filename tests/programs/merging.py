import keras
from keras import layers

a = keras.Input((6, 4))  #: (None, 6, 4)
b = keras.Input((6, 4))  #: (None, 6, 4)
c = keras.Input((6, 3))  #: (None, 6, 3)
one = keras.Input((1, 4))  #: (None, 1, 4)
d = layers.Add()([a, b])  #: (None, 6, 4)
e = layers.Concatenate()([a, c])  #: (None, 6, 7)
f = layers.Concatenate(axis=1)([a, b])  #: (None, 12, 4)
g = layers.Multiply()([a, one])  #: (None, 6, 4)
h = layers.Subtract()([a, b])  #: (None, 6, 4)
i = layers.Average()([a, b, a])  #: (None, 6, 4)
j = layers.Maximum()([a, b])  #: (None, 6, 4)
k = layers.concatenate([a, c])  #: (None, 6, 7)?
l = layers.add([a, b])  #: (None, 6, 4)?
m = a + b  #: (None, 6, 4)
n = a * 2  #: (None, 6, 4)
free = keras.Input((None, 4))  #: (None, None, 4)
o = layers.Concatenate(axis=1)([a, free])  #: (None, None, 4)
model = keras.Model([a, c], e)  #: [(None, 6, 4), (None, 6, 3)] → (None, 6, 7)
