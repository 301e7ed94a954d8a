import keras
import numpy as np
from keras import layers

points = np.zeros((5,))  #: (5,)
distances = points[:, None] - points  #: (5, 5)
