import keras
import numpy as np
from keras import layers

raw = np.zeros((3, 12, 50))  #: (3, 12, 50)
samples = raw.reshape(50, 3, 12)  #: (50, 3, 12)
#:        ^^^^^^^^^^^^^^^^^^^^^^ SW403
again = raw.reshape(3, 600)  #: (3, 600)
