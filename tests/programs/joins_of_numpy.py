import numpy as np

a = np.ones((3, 4))  #: (3, 4)
wide = np.ones((3, 5))  #: (3, 5)
below = np.concatenate([a, wide])
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
beside = np.concatenate([a, wide], axis=1)  #: (3, 9)
one = np.concatenate([a, np.ones((4,))])
#:    ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
stacked = np.stack([a, wide])
#:        ^^^^^^^^^^^^^^^^^^^ SW301
rows = np.vstack([a, wide])
#:     ^^^^^^^^^^^^^^^^^^^^ SW301
columns = np.hstack([a, np.ones((4, 4))])
#:        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
more = np.append(a, wide, axis=0)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
over = np.concatenate([a, a], axis=2)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW404
between = np.stack([a, a], axis=3)
#:        ^^^^^^^^^^^^^^^^^^^^^^^^ SW404
deep = np.dstack([a, wide])
#:     ^^^^^^^^^^^^^^^^^^^^ SW301
