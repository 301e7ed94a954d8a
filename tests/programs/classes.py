import keras
from keras import layers


class Encoder:
    depth = 2

    def __init__(self, units, steps=6):
        self.units = units
        self.x = keras.Input((steps, 3))  #: (None, 6, 3)
        self.lstm = layers.LSTM(units)

    def build(self):
        y = self.lstm(self.x)  #: (None, 5)
        for _ in range(self.depth):
            y = layers.Dense(self.units)(y)  #: (None, 5)
        return keras.Model(self.x, y)


class Wide(Encoder):
    depth = 1


encoder = Encoder(5)
model = encoder.build()  #: (None, 6, 3) → (None, 5), 240 parameters
wide = Wide(5).build()  #: (None, 6, 3) → (None, 5), 210 parameters
x = encoder.x  #: (None, 6, 3)
