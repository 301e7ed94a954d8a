import keras
import numpy as np

dense = keras.layers.Dense(4)  #: (None, 3) → (None, 4)
y = dense(keras.Input((3,)))  #: (None, 4)
done = dense.set_weights([np.ones((3, 4))])
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW207
dense.set_weights([np.ones((3, 4)), np.ones((4,))])
plain = keras.layers.Dense(4, use_bias=False)  #: (None, 3) → (None, 4)
z = plain(keras.Input((3,)))  #: (None, 4)
done = plain.set_weights([np.ones((3, 4)), np.ones((4,))])
#:     ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ SW207
