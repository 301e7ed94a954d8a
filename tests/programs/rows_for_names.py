import numpy as np

points = np.zeros((50, 2))  #: (50, 2)
low, high = points.min(axis=0)  #: () ; ()
if len(points):
    x, y = points
#:         ^^^^^^ SW408
