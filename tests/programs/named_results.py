import numpy as np
import keras
import tensorflow as tf
from keras import layers, ops

x = ops.ones((4, 10))  #: (4, 10)
best = tf.math.top_k(x, 3).values  #: (4, 3)
where = tf.math.top_k(x, k=3).indices  #: (4, 3)
top = ops.top_k(x, 2).values  #: (4, 2)
q = tf.linalg.qr(tf.ones((4, 3))).q  #: (4, 3)
vectors = np.linalg.eigh(np.eye(3)).eigenvectors  #: (3, 3)
u, s, vh = np.linalg.svd(np.ones((4, 3)), full_matrices=False)  #: (4, 3) ; (3,) ; (3, 3)

generator = tf.random.Generator.from_seed(1)
noise = generator.normal((3, 4))  #: (3, 4)
more = tf.random.get_global_generator().uniform(shape=[2, 5])  #: (2, 5)


@tf.custom_gradient
def clipped(value):  #: (2, 3)
    def grad(upstream):
        return upstream

    return tf.clip_by_value(value, 0.0, 1.0), grad


inside = clipped(tf.ones((2, 3)))  #: (2, 3)

rows = tf.data.Dataset.from_tensor_slices((np.ones((10, 4)), np.ones((10,))))
left, right = keras.utils.split_dataset(rows, left_size=0.8)
for sample, label in left:  #: (4,) ; ()
    pass
ahead, behind = keras.utils.split_dataset(np.ones((10, 3)), left_size=6)
for row in ahead:  #: (3,)
    pass

batch = {"images": np.ones((4, 8, 8, 3), "float32"), "labels": np.ones((4, 10), "float32")}
mixed = layers.MixUp()(batch)
images = mixed["images"]  #: (4, 8, 8, 3)
prepared = layers.Pipeline([layers.Rescaling(1 / 255), layers.Resizing(32, 32)])
small = prepared(batch["images"])  #: (4, 32, 32, 3)
crossed = layers.HashedCrossing(num_bins=5)((tf.constant(["a", "b"]), tf.constant([1, 2])))  #: (2,)
narrow = keras.applications.MobileNetV2(input_shape=(96, 96, 3), alpha=0.35, weights=None, include_top=False)  #: (None, 96, 96, 3) → (None, 3, 3, 1280), 410,208 parameters
