"""Texts that nobody knows are texts all the same: names of files, lines, parts of lines."""
import os
import random
import tempfile

import keras
import numpy as np
import tensorflow as tf
from keras import layers

path = os.path.join(tempfile.mkdtemp(), "pairs.txt")
with open(path, "w") as file:
    file.write("go\tva\nstop\talto\n")
with open(path) as file:
    lines = file.read().split("\n")[:-1]
pairs = []
for line in lines:
    first, second = line.split("\t")
    pairs.append((first, "[start] " + second))
random.shuffle(pairs)
kept = pairs[: int(0.9 * len(pairs)) + 1]
firsts, seconds = zip(*kept)
words = np.array([pair[0] for pair in kept])  #: (?,)
dataset = tf.data.Dataset.from_tensor_slices((list(firsts), list(seconds)))
for one, other in dataset:  #: () ; ()
    pass

vectorize = layers.TextVectorization(output_sequence_length=6)
vectorize.adapt(list(firsts))
tokens = vectorize([random.choice(list(firsts))])  #: (1, 6)
text = vectorize("go")  #: (6,)
index = dict(zip(range(3), vectorize.get_vocabulary()))
sentence = "go"
for position in range(2):
    sentence += " " + index[random.randint(0, 2)]
more = vectorize([sentence])  #: (1, 6)


def load(name):
    size = tf.strings.length(name)  #: ()
    return tf.zeros((28, 28)), size


names = [os.path.join(os.curdir, name) for name in os.listdir(os.curdir)] + ["a.png"]
for image, size in tf.data.Dataset.from_tensor_slices(names).map(load):  #: (28, 28) ; ()
    pass
lengths = {name: np.zeros(3) for name in names}
length = lengths[names[0]]  #: (3,)
