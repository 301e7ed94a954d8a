"""A line that says so is left alone."""
import contextlib

import numpy as np

ok = np.zeros(3)  #: (3,)
with contextlib.suppress(ValueError):
    a = np.arange(12).reshape((5, 2))  # shapewright: ignore[SW401]
