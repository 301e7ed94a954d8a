# What is known of an array's elements holds until somebody changes them.
import numpy as np

sizes = np.array([2, 3])  #: (2,)
a = np.zeros(sizes)  #: (2, 3)
b = np.zeros((sizes[0], sizes[1] * 2))  #: (2, 6)
c = np.zeros(sizes * 2)  #: (4, 6)
view = sizes[1:]  #: (1,)
view[0] = 7
d = np.zeros(sizes)  #: -
total = np.prod(a.shape)
e = np.arange(int(total))  #: (6,)?
rows = np.arange(4)  #: (4,)
f = np.ones((10, 5))[rows]  #: (4, 5)
if f.sum() > 3:
    rows = np.arange(4) + 1
g = np.ones((10, 5))[rows, rows]  #: (4,)
