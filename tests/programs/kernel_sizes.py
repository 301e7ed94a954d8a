import keras
from keras import layers

x = keras.Input((32, 32, 3))  #: (None, 32, 32, 3)
a = layers.Conv2D(32, (3, 3, 3))(x)
#:                    ^^^^^^^^^ SW605
b = layers.Conv2D(32, 3, 3, 3)
#:  ^^^^^^^^^^^^^^^^^^^^^^^^^^ SW605
c = layers.Conv2D(32, (3, 3), strides=(2,))(x)
#:                                    ^^^^ SW605
d = layers.Conv1D(8, (3, 3))
#:                   ^^^^^^ SW605
e = layers.MaxPooling2D((2, 2, 2))(x)
#:                      ^^^^^^^^^ SW605
f = layers.AveragePooling2D(2, strides=(2,))
#:                                     ^^^^ SW605
g = layers.UpSampling2D((2, 2, 2))(x)
#:                      ^^^^^^^^^ SW605
h = layers.Conv2D(8, 0)
#:                   ^ SW605
i = layers.Conv2D(8, (3, 0))
#:                   ^^^^^^ SW605
j = layers.Conv2DTranspose(8, (2, 2, 2))
#:                            ^^^^^^^^^ SW605
k = layers.DepthwiseConv2D((3, 3, 3))
#:                         ^^^^^^^^^ SW605
m = layers.Conv2D(8, 3.0)
#:                   ^^^ SW605
n = layers.Conv2D(0, 3)
#:                ^ SW605
right = layers.Conv2D(32, [3, 5], strides=2)(x)  #: (None, 15, 14, 32)
pooled = layers.MaxPooling2D(2, strides=0)
