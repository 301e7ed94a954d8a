import numpy as np

rows = np.ones((3, 4))  #: (3, 4)
gram = rows @ rows
#:     ^^^^^^^^^^^ SW301
turned = rows @ rows.T  #: (3, 3)
vector = np.ones((3,))  #: (3,)
sums = np.dot(rows, vector)
#:     ^^^^^^^^^^^^^^^^^^^^ SW301
right = np.dot(vector, rows)  #: (4,)
weights = np.ones((5, 4))  #: (5, 4)
scores = rows.dot(weights)
#:       ^^^^^^^^^^^^^^^^^ SW301
batch = np.ones((2, 3, 4))  #: (2, 3, 4)
square = np.matmul(batch, batch)
#:       ^^^^^^^^^^^^^^^^^^^^^^^ SW301
each = np.einsum("ij,jk->ik", rows, weights)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
every = np.einsum("ij,kj->ik", rows, weights)  #: (3, 5)
whole = np.einsum("bij,jk->bik", rows, weights)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
spread = np.einsum("bqd,bkd->bqk", batch, np.ones((2, 5, 6)))
#:       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
