import numpy as np
import keras
from keras import layers

x = keras.Input((5,))  #: (None, 5)
dense = layers.Dense(3)
y = dense(x)  #: (None, 3)
kernel = dense.kernel  #: (5, 3)
bias = dense.bias  #: (3,)
made = dense.output  #: (None, 3)
first, second = dense.get_weights()  #: (5, 3) ; (3,)
shape = dense.compute_output_shape((None, 7, 5))  #: (None, 7, 3)
norm = layers.BatchNormalization()
normal = norm(y)  #: (None, 3)
gamma = norm.gamma  #: (3,)
mean = norm.moving_mean  #: (3,)
inner = keras.Sequential([layers.Dense(4), layers.Dense(2)])
steps = layers.TimeDistributed(inner)(keras.Input((6, 8)))  #: (None, 6, 2)
count = np.zeros(dense.count_params())  #: (18,)
act = layers.Dense(2, activation="relu").activation(np.ones((4, 2)))  #: (4, 2)
