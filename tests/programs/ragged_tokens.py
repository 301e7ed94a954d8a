import keras
import numpy as np

tokens = [[4, 9, 2], [7, 1]]
padded = np.array(tokens)
#:       ^^^^^^^^^^^^^^^^ SW407
flat = np.array(tokens[0])  #: (3,)
