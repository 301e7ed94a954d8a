import tensorflow as tf
from tensorflow import keras
from tensorflow.keras import layers, Model
from tensorflow.keras.layers import LSTM as L, Input
from tensorflow.keras.models import Sequential
import tensorflow.keras as K

a = tf.keras.Input(shape=(4, 2))  #: (None, 4, 2)
b = keras.layers.Dense(3)(a)  #: (None, 4, 3)
c = layers.SimpleRNN(7)(b)  #: (None, 7)
d = L(8)(b)  #: (None, 8)
e = K.layers.Dense(2)(d)  #: (None, 2)
f = Input(shape=(9,))  #: (None, 9)
model = Model(a, [c, e])  #: (None, 4, 2) → [(None, 7), (None, 2)]
stack = Sequential([Input((9,)), tf.keras.layers.Dense(1)])  #: (None, 9) → (None, 1)
