"""A line that says so is left alone."""
import numpy as np

ok = np.zeros(3)  #: (3,)
try:
    a = np.arange(12).reshape((5, 2))  # shapewright: ignore[SW401]
except ValueError:
    pass
