import keras
import numpy as np

model = keras.Sequential([keras.Input(shape=(4,)), keras.layers.Dense(3), keras.layers.Dense(2)])  #: (None, 4) → (None, 2)
kernel = np.zeros((4, 3))  #: (4, 3)
done = model.set_weights([kernel, np.zeros(3)])
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW207
