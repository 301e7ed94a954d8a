import numpy as np
import keras
from keras import ops

rows = ops.ones((4, 3))  #: (4, 3)
each = ops.map(lambda row: ops.sum(row), rows)  #: (4,)
pairs = ops.vectorized_map(lambda row: row[:2], rows)  #: (4, 2)
chosen = ops.cond(ops.sum(rows) > 0, lambda: rows * 2, lambda: rows)  #: (4, 3)
count, total = ops.while_loop(lambda i, t: i < 3, lambda i, t: (i + 1, t * 2), (0, rows))  #: () ; (4, 3)
doubled = ops.while_loop(lambda t: ops.sum(t) < 100, lambda t: t * 2, rows)  #: (4, 3)
powers = ops.fori_loop(0, 5, lambda i, t: t * 2, rows)  #: (4, 3)
last, sums = ops.scan(lambda c, row: (c + row, c + row), ops.zeros((3,)), rows)  #: (3,) ; (4, 3)
end, steps = ops.scan(lambda c, _: (c + 1.0, c + 1.0), ops.zeros((2,)), length=6)  #: (2,) ; (6, 2)
running = ops.associative_scan(lambda a, b: a + b, rows)  #: (4, 3)
first = ops.switch(0, [lambda a, b: a, lambda a, b: b[0]], rows, rows)  #: (4, 3)
second = ops.switch(1, [lambda a, b: a, lambda a, b: b[0]], rows, rows)  #: (3,)

x = keras.Input((5, 3))
y = ops.map(lambda sample: sample[0], x)  #: (None, 3)
z = ops.vectorized_map(lambda sample: ops.sum(sample, axis=-1), x)  #: (None, 5)
c, s = ops.scan(lambda c, row: (c, ops.sum(row, axis=-1)), x, ops.transpose(x, (1, 0, 2)), length=5)  #: (None, 5, 3) ; (5, None)
a = ops.associative_scan(lambda p, q: p * q, x, axis=1)  #: (None, 5, 3)
w = ops.switch(0, [lambda t: t[:, 0], lambda t: t[:, 1]], x)  #: (None, 3)
f = ops.fori_loop(0, 3, lambda i, t: t + 1, x)  #: (None, 5, 3)
model = keras.Model(x, keras.layers.Dense(2)(y))  #: (None, 5, 3) → (None, 2), 8 parameters
