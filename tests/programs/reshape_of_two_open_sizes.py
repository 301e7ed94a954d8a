import numpy as np

rows = np.zeros((10, 28, 28))  #: (10, 28, 28)
flat = rows.reshape(-1, -1)
#:     ^^^^^^^^^^^^^^^^^^^^ SW401
