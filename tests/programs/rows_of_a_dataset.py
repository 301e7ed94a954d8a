import numpy as np
import tensorflow as tf

x_train, x_val = np.zeros((80, 4)), np.zeros((20, 4))  #: (80, 4) ; (20, 4)
y_train, y_val = np.zeros(80), np.zeros(20)  #: (80,) ; (20,)
validation = tf.data.Dataset.from_tensor_slices((x_val, y_train))
#:                                                      ^^^^^^^ SW503
training = tf.data.Dataset.from_tensor_slices((x_train, y_train))
