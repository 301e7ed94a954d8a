"""tf.data: images from files, windows, buckets of padded sentences, generators, records."""

import numpy as np
import tensorflow as tf


def write_image(path):
    tf.io.write_file(path, tf.io.encode_png(tf.zeros((5, 6, 3), "uint8")))


def load(path, label):  #: () ; ()
    image = tf.io.decode_png(tf.io.read_file(path), channels=3)  #: (None, None, 3)
    small = tf.image.resize(image, (4, 3))  #: (4, 3, 3)
    return small / 255.0, tf.one_hot(label, 10)


path = "/tmp/shapewright_example.png"
write_image(path)
images = tf.data.Dataset.from_tensor_slices(([path] * 5, [1, 2, 3, 4, 5])).map(load, num_parallel_calls=2)
for image, label in images.take(1):  #: (4, 3, 3) ; (10,)
    pass
for step, (batch, labels) in enumerate(images.batch(2)):
    inside = batch  #: (2, 4, 3, 3) | (1, 4, 3, 3)
    targets = labels  #: (2, 10) | (1, 10)
first, first_labels = next(iter(images.repeat().shuffle(3).batch(2)))  #: (2, 4, 3, 3) ; (2, 10)
together = tf.data.Dataset.zip((images, tf.data.Dataset.range(5))).batch(5, drop_remainder=True)
for (a, b), number in together:
    both = a  #: (5, 4, 3, 3)
    counted = number  #: (5,)

series = tf.data.Dataset.range(10).window(4, shift=1, drop_remainder=True).flat_map(lambda w: w.batch(4))
for window in series:  #: (4,)
    pass
for past, future in series.map(lambda w: (w[:-1], w[-1])).batch(3):  #: (3, 3) | (1, 3) ; (3,) | (1,)
    pass


def sentences():
    for length in (2, 3, 4):
        yield np.ones((length, 7), "float32"), 1


spec = (tf.TensorSpec((None, 7), tf.float32), tf.TensorSpec((), tf.int32))
read = tf.data.Dataset.from_generator(sentences, output_signature=spec)
typed = tf.data.Dataset.from_generator(sentences, (tf.float32, tf.int32), ((None, 7), ()))


def look(words, kind):
    rows = tf.shape(words)[0]  #: ()
    longer = tf.tile(words, (2, 1))  #: (None, 7)
    flat = tf.reshape(words, [-1])  #: (None,)
    return words, kind


padded = read.map(look).padded_batch(2, padded_shapes=([None, 7], []))


def look_at_batch(words, kind):
    mean = tf.reduce_mean(words, axis=1)  #: (3, 7)
    return mean, kind


for mean, kind in typed.padded_batch(3, drop_remainder=True).map(look_at_batch):  #: (3, 7) ; (3,)
    pass

features = {"image": tf.io.FixedLenFeature([], tf.string), "label": tf.io.FixedLenFeature([2], tf.int64)}


def parse(record):  #: ()
    example = tf.io.parse_single_example(record, features)
    picture = tf.io.decode_jpeg(example["image"], channels=1)  #: (None, None, 1)
    label = example["label"]  #: (2,)
    return tf.image.resize_with_crop_or_pad(picture, 8, 8), label


records = tf.data.TFRecordDataset([]).map(parse).batch(2)
for pictures, marks in records.take(1):
    pass
total = tf.data.Dataset.range(5).reduce(tf.constant(0, tf.int64), lambda state, n: state + n)  #: ()
length = len(tf.data.Dataset.range(7).batch(2))
made = tf.zeros((length,))  #: (4,)
counts = tf.zeros((tf.data.Dataset.range(7).shard(2, 0).cardinality().numpy(),))  #: (4,)?
