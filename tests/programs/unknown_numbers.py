"""Arithmetic of numbers that are not known gives numbers: a tensor keeps its shape with them."""
import random

import numpy as np

side = random.randint(3, 9)
width = random.choice([3, 4.5])
x = np.ones((2, 3))
area = x / (4.0 * (3**2) * (side**2))  #: (2, 3)
scaled = x * (width * 2 + side)  #: (2, 3)
halved = x / (width / 2)  #: (2, 3)
root = x * ((side - 20) ** 0.5).real  #: -
