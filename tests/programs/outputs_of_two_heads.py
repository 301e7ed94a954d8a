import keras
from keras import layers

inputs = keras.Input(shape=(16,))  #: (None, 16)
age, sex = layers.Dense(1, name="age")(inputs), layers.Dense(2, name="sex")(inputs)  #: (None, 1) ; (None, 2)
model = keras.Model(inputs, [age, sex])  #: (None, 16) → [(None, 1), (None, 2)]
if True:
    first, second, third = model(inputs)
#:  ^^^^^^^^^^^^^^^^^^^^ SW408
