import keras
from keras.layers import *

x = keras.Input((28, 27, 3))  #: (None, 28, 27, 3)
a = MaxPooling2D()(x)  #: (None, 14, 13, 3)
b = MaxPool2D((2, 3))(x)  #: (None, 14, 9, 3)
c = AveragePooling2D(3, strides=2)(x)  #: (None, 13, 13, 3)
d = MaxPooling2D(2, padding="same")(x)  #: (None, 14, 14, 3)
e = GlobalAveragePooling2D()(x)  #: (None, 3)
f = GlobalMaxPooling2D(keepdims=True)(x)  #: (None, 1, 1, 3)
s = Input((11, 6))  #: (None, 11, 6)
g = MaxPooling1D()(s)  #: (None, 5, 6)
h = AveragePooling1D(3)(s)  #: (None, 3, 6)
i = GlobalMaxPool1D()(s)  #: (None, 6)
