import keras
import numpy as np
from keras import ops

a = keras.Input((3, 4))  #: (None, 3, 4)
b = keras.Input((5, 4))  #: (None, 5, 4)
scores = ops.matmul(a, b)
#:       ^^^^^^^^^^^^^^^^ SW301
right = ops.matmul(a, ops.transpose(b, (0, 2, 1)))  #: (None, 3, 5)
by_operator = a @ b
#:            ^^^^^ SW301
dotted = ops.dot(a, np.ones((3, 4), "float32"))
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
vector = ops.dot(a, np.ones((3,), "float32"))
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
eager = ops.matmul(np.ones((3, 4), "float32"), np.ones((3, 4), "float32"))
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
letters = ops.einsum("ij,jk->ik", a, b)
#:        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
