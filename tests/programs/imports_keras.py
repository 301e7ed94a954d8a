import keras
from keras import Input, layers
from keras.layers import LSTM as L, Dense
from keras import layers as kl, models as km
import keras.layers as layers_too

a = keras.Input(shape=(4, 2))  #: (None, 4, 2)
b = layers.Input((4, 2))  #: (None, 4, 2)
c = Input((4, 2))  #: (None, 4, 2)
d = L(3)(a)  #: (None, 3)
e = Dense(5)(d)  #: (None, 5)
f = kl.GRU(6)(b)  #: (None, 6)
g = layers_too.Flatten()(c)  #: (None, 8)
m = km.Model(a, e)  #: (None, 4, 2) → (None, 5)
n = keras.models.Model([a, b], [e, f])  #: [(None, 4, 2), (None, 4, 2)] → [(None, 5), (None, 6)]
