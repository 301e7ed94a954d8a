import keras
import numpy as np
import tensorflow as tf
from keras import layers



def my_loss(y_true, y_pred):
    difference = tf.squeeze(y_true, -1) - y_pred
#:               ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW302
    return tf.reduce_mean(tf.square(difference))


model = keras.Sequential([keras.Input((3,)), layers.Dense(1)])  #: (None, 3) → (None, 1)
model.compile(optimizer="sgd", loss=my_loss)
model.fit(np.zeros((8, 3)), np.zeros((8, 1)), batch_size=4, verbose=0)
