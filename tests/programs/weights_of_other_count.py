import keras
import numpy as np

x, y = np.ones((20, 4)), np.ones((20, 1))  #: (20, 4) ; (20, 1)
model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])  #: (None, 4) → (None, 1)
model.compile(loss="mse", optimizer="sgd")
model.fit(x, y, sample_weight=np.ones(10), verbose=0)
#:                            ^^^^^^^^^^^ SW503
model.evaluate(x, y, sample_weight=np.ones((5,)), verbose=0)
#:                                 ^^^^^^^^^^^^^ SW503
model.fit(x, y, sample_weight=np.ones(20), verbose=0)
