import numpy as np
import keras
from keras import ops

rows = ops.ones((4, 3))  #: (4, 3)
each = ops.map(lambda row: ops.sum(row), rows)  #: (4,)
pairs = ops.vectorized_map(lambda row: row[:2], rows)  #: (4, 2)
chosen = ops.cond(ops.sum(rows) > 0, lambda: rows * 2, lambda: rows)  #: (4, 3)
count, total = ops.while_loop(lambda i, t: i < 3, lambda i, t: (i + 1, t * 2), (0, rows))  #: () ; (4, 3)
