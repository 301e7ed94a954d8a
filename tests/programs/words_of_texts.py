"""Texts taken apart are ragged: rows of words, which `to_tensor` fills up."""
import keras
import tensorflow as tf

lines = tf.constant(["1,2,3", "4,5"])
words = tf.strings.split(lines, ",").to_tensor()  #: (2, ?)
numbers = tf.strings.to_number(tf.strings.split(lines, ","), tf.float32).to_tensor()  #: (2, ?)
four = tf.strings.to_number(tf.strings.split(lines, sep=",")).to_tensor(0.0, shape=(None, 4))  #: (2, 4)
letters = tf.strings.lower(tf.strings.bytes_split(tf.expand_dims(lines, -1))).to_tensor()  #: (2, 1, ?)
counts = tf.strings.split(lines, ",").row_lengths()  #: (2,)
rows = keras.layers.Dense(3)(four)  #: (2, 3)


def rest_and_last(features):
    ids = tf.strings.split(features["ids"], ",").to_tensor()  #: (None, None)
    ratings = tf.strings.to_number(tf.strings.split(features["ratings"], ","), tf.dtypes.float32)
    ratings = ratings.to_tensor(shape=(None, 3))  #: (None, 3)
    rest = ids[:, :-1]  #: (None, None)
    features["ids"] = rest
    last = ratings[:, -1]  #: (None,)
    return features, last


texts = {"ids": ["a,b", "c"], "ratings": ["1,2", "3"]}
for features, last in tf.data.Dataset.from_tensor_slices(texts).batch(2).map(rest_and_last):  #: - ; (2,)
    total = tf.reduce_sum(last)  #: ()
