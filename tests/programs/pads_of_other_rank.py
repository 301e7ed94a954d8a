import keras
import numpy as np

image = np.zeros((28, 28, 3))  #: (28, 28, 3)
framed = np.pad(image, ((2, 2), (2, 2)))
#:                     ^^^^^^^^^^^^^^^^ SW206
