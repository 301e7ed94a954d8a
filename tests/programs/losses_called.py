import numpy as np
import keras

y = np.ones((4, 3), "float32")  #: (4, 3)
p = np.ones((4, 3), "float32")  #: (4, 3)
labels = np.ones((4,), "int32")  #: (4,)

mean = keras.losses.MeanSquaredError()(y, p)  #: ()
each = keras.losses.MeanSquaredError(reduction="none")(y, p)  #: (4,)
entropy = keras.losses.SparseCategoricalCrossentropy(from_logits=True, reduction=None)(labels, p)  #: (4,)
function = keras.losses.binary_crossentropy(y, p)  #: (4,)
found = keras.losses.get("mse")(y, p)  #: (4,)

metric = keras.metrics.Precision([0.2, 0.5])
metric.update_state(y, p)
several = metric.result()  #: (2,)
tracker = keras.metrics.Mean()
tracker.update_state(each)
total = tracker.result()  #: ()
scores = keras.metrics.F1Score()
scores.update_state(y, p)
classes = scores.result()  #: (3,)

rate = keras.optimizers.Adam(1e-3).learning_rate  #: ()
start = keras.initializers.GlorotUniform()((4, 5))  #: (4, 5)
other = keras.initializers.get("he_normal")(shape=(2, 3))  #: (2, 3)
