"""A function of each row of an array: `np.apply_along_axis`."""
import numpy as np


def outer(row, count):  #: (4,)
    half = row[:count]  #: (2,)
    return np.outer(half, half)


array = np.zeros((5, 4, 7))  #: (5, 4, 7)
squares = np.apply_along_axis(outer, 1, array, 2)  #: (5, 2, 2, 7)
centred = np.apply_along_axis(lambda row: row - row.mean(), 0, array)  #: (5, 4, 7)
sums = np.apply_along_axis(np.sum, -1, array)  #: (5, 4)
