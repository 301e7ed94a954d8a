# TensorFlow's functions with NumPy's names give tensors.
import numpy as np
import tensorflow.experimental.numpy as tnp

a = tnp.ones((2, 3))  #: (2, 3)
b = tnp.matmul(a, tnp.zeros((3, 4)))  #: (2, 4)
c = tnp.maximum(b, 0.0)  #: (2, 4)
d = tnp.mean(tnp.square(b - c), axis=0)  #: (4,)
e = np.ones((5, 6))[np.ix_([0, 1], [1, 2, 3])]  #: (2, 3)
