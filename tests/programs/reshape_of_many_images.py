import numpy as np

rows = np.zeros((10, 784))  #: (10, 784)
images = rows.reshape(28, 28, 1)
#:       ^^^^^^^^^^^^^^^^^^^^^^^ SW401
squares = rows.reshape((28, 28))
#:        ^^^^^^^^^^^^^^^^^^^^^^ SW401
right = rows.reshape(-1, 28, 28, 1)  #: (10, 28, 28, 1)
