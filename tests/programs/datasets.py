import numpy as np
import tensorflow as tf

x = np.zeros((70, 28, 28), "float32")  #: (70, 28, 28)
y = np.zeros((70,), "int32")  #: (70,)
train = tf.data.Dataset.from_tensor_slices((x, y)).shuffle(70).batch(32)


def prepare(image, label):  #: (None, 28, 28)
    flat = tf.reshape(image, (-1, 784))  #: (None, 784)?
    return image / 255.0, label


train = train.map(prepare)
for images, labels in train:  #: (32, 28, 28) | (6, 28, 28) ; (32,) | (6,)
    scaled = images * 2.0  #: (32, 28, 28) | (6, 28, 28)
for images, labels in train.take(1):  #: (32, 28, 28) ; (32,)
    pass
whole = tf.data.Dataset.from_tensor_slices({"a": np.zeros((8, 3)), "b": np.zeros((8,))}).batch(4, drop_remainder=True)
for features in whole:
    a = features["a"]  #: (4, 3)
    b = features["b"]  #: (4,)
for number in tf.data.Dataset.range(3):  #: ()
    pass
