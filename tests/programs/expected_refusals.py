import numpy as np
import tensorflow as tf

a = np.ones((3, 4))  #: (3, 4)
try:
    b = a @ a
except ValueError as error:
    print(error)
try:
    c = tf.concat([tf.ones((2, 3)), tf.ones((2, 4))], 0)
except Exception:
    c = tf.ones((2, 7))  #: (2, 7)
try:
    d = a.sum(axis=2)
except (ValueError, KeyError):
    d = a.sum()  #: ()
e = a.sum(axis=1)  #: (3,)
