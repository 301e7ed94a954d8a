import keras
import numpy as np
from keras import layers


class Net(keras.Model):
    def __init__(self, units=16):
        super().__init__()
        self.hidden = layers.Dense(units)
        self.drop = layers.Dropout(0.5)
        self.out = layers.Dense(3)

    def call(self, inputs):
        x = self.hidden(inputs)
        x = self.drop(x)
        return self.out(x)


net = Net()
y = net(np.zeros((4, 5), "float32"))  #: (4, 3)
x = keras.Input((5,))  #: (None, 5)
z = net(x)  #: (None, 3)
model = keras.Model(x, z)  #: (None, 5) → (None, 3)
p = net.predict(np.zeros((6, 5)), verbose=0)  #: (6, 3)
