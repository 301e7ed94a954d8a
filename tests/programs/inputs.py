import keras

a = keras.Input((3,))  #: (None, 3)
b = keras.Input(shape=[3, 4])  #: (None, 3, 4)
c = keras.Input(shape=(None, 4))  #: (None, None, 4)
d = keras.Input(batch_shape=(8, 3))  #: (8, 3)
e = keras.Input(shape=(3,), batch_size=16)  #: (16, 3)
f = keras.Input(shape=())  #: (None,)
g = keras.Input(batch_shape=(None, None, 5))  #: (None, None, 5)
h = keras.Input(shape=(3,), dtype="int32", name="ids")  #: (None, 3)
side = 32
i = keras.Input(shape=(side, side // 2, 3))  #: (None, 32, 16, 3)
j = keras.layers.InputLayer(shape=(3, 2)).output  #: (None, 3, 2)
sample = (7, 2)
k = keras.Input(sample)  #: (None, 7, 2)
l = keras.Input(shape=sample[1:])  #: (None, 2)
m = keras.Input((*sample, 1))  #: (None, 7, 2, 1)
n = keras.Input(k.shape[1:])  #: (None, 7, 2)
