"""A TextVectorization calls the functions that it was given, with the texts as they come."""
import keras
import tensorflow as tf
from keras import layers

texts = ["one two", "three", "four", "five"]


def lowered(lines):  #: (2,) | (None, 1)
    lower = tf.strings.lower(lines)  #: (2,) | (None, 1)
    return tf.strings.regex_replace(lower, "<br />", " ")


batches = tf.data.Dataset.from_tensor_slices(texts).batch(2)
vectorize = layers.TextVectorization(standardize=lowered, output_sequence_length=6)
vectorize.adapt(batches)
for tokens in batches.map(lambda lines: vectorize(tf.expand_dims(lines, -1))):  #: (2, 6)
    pass


def stripped(lines):  #: (4, 1) | (3,) | ()
    return tf.strings.strip(lines)


def parted(lines):  #: (4,) | (3,) | ()
    return tf.strings.split(lines, "-")


listed = layers.TextVectorization(standardize=stripped, split=parted, output_sequence_length=5)
listed.adapt(texts)
three = listed(["a", "b", "c"])  #: (3, 5)
one = listed("a")  #: (5,)


def unseen(lines):  #: -
    return tf.strings.upper(lines)


known = layers.TextVectorization(standardize=unseen, vocabulary=["A", "B"], output_sequence_length=5)
symbolic = known(keras.Input((1,), dtype="string"))  #: (None, 5)
