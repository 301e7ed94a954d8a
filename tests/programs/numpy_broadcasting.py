import numpy as np

a = np.zeros((4, 5))  #: (4, 5)
b = np.ones(5)  #: (5,)
c = a + b  #: (4, 5)
d = a * 2  #: (4, 5)
e = a[:, None] - a  #: (4, 4, 5)
f = -a  #: (4, 5)
g = a / b  #: (4, 5)
h = a > 0  #: (4, 5)?
i = b[:, None] * b  #: (5, 5)
j = 1 - a  #: (4, 5)
k = a @ np.zeros((5, 3))  #: (4, 3)?
l = a.copy()  #: (4, 5)
l += b
m = (a - a[0]) / 255.0  #: (4, 5)
n = a ** 2  #: (4, 5)
