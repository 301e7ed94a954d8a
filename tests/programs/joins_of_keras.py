import keras
from keras import ops

a = keras.Input((3, 4))  #: (None, 3, 4)
longer = keras.Input((5, 4))  #: (None, 5, 4)
wide = keras.Input((5, 6))  #: (None, 5, 6)
both = ops.concatenate([a, longer], axis=-1)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
along = ops.concatenate([a, longer], axis=1)  #: (None, 8, 4)
never = ops.concatenate([a, wide], axis=1)
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
flat = ops.concatenate([a, keras.Input((4,))], axis=1)
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
stacked = ops.stack([a, longer], axis=1)
#:        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
eager = ops.concatenate([ops.ones((3, 4)), ops.ones((3, 5))])
#:      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW301
