import numpy as np

image = np.zeros((28, 32, 3))  #: (28, 32, 3)
height, width = image.shape
#:              ^^^^^^^^^^^ SW408
rows, columns = image.shape[:2]
