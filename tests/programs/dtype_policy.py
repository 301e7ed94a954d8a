import keras
from keras import layers

before = layers.Dense(2)(keras.Input((3,)))  #: (None, 2)
keras.mixed_precision.set_global_policy("mixed_float16")
after = layers.Dense(2)(keras.Input((3,)))  #: (None, 2)
keras.mixed_precision.set_global_policy("float32")

model = keras.Sequential([keras.Input((6, 3)), layers.Dense(2)])  #: (None, 6, 3) → (None, 6, 2)
narrow = model(keras.Input((6, 1)))  #: (None, 6, 2)?
deeper = model(keras.Input((6, 3, 1)))  #: (None, 6, 3, 2)?
