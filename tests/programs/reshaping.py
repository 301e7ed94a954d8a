import keras
from keras.layers import Flatten, Permute, RepeatVector, Reshape

x = keras.Input((6, 4))  #: (None, 6, 4)
a = Flatten()(x)  #: (None, 24)
b = Reshape((3, 8))(x)  #: (None, 3, 8)
c = Reshape((-1, 2))(x)  #: (None, 12, 2)
d = Reshape(target_shape=(24,))(x)  #: (None, 24)
e = Permute((2, 1))(x)  #: (None, 4, 6)
f = RepeatVector(5)(a)  #: (None, 5, 24)
free = keras.Input((None, 4))  #: (None, None, 4)
g = Flatten()(free)  #: (None, None)
h = Reshape((-1, 2, 2))(free)  #: (None, None, 2, 2)
one = keras.Input((9,))  #: (None, 9)
i = Reshape((3, 3))(one)  #: (None, 3, 3)
j = Reshape((9, 1))(one)  #: (None, 9, 1)
k = Permute((3, 1, 2))(keras.Input((5, 6, 7)))  #: (None, 7, 5, 6)
