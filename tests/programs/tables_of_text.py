"""Tables that are read from text: how many rows and columns there are only the file knows."""

import keras
import numpy as np


def read(lines):
    table = np.loadtxt(lines, delimiter="\t")
    labels = table[:, 0]  #: (?,)
    series = table[:, 1:]  #: (?, ?)
    return series, labels.astype(int)


# One row, or one column, would be an array of one axis, which has no `[:, 0]`.
series, labels = read(["0\t1\t2\t3", "1\t4\t5\t6"])  #: (?, ?) ; (?,)
steps = series.reshape((series.shape[0], series.shape[1], 1))  #: (?, ?, 1)
x = keras.Input(steps.shape[1:])  #: (None, ?, 1)
y = keras.layers.Conv1D(64, 2)(x)  #: (None, ?, 64)
y = keras.layers.GlobalMaxPooling1D()(y)  #: (None, 64)

rows = np.genfromtxt(["1,2", "3,4"], delimiter=",", dtype="float32", ndmin=2)  #: (?, ?)

windows = keras.utils.timeseries_dataset_from_array(rows, None, sequence_length=2)
for batch in windows.take(1):
    x = keras.Input(batch.shape[1:])  #: (None, 2, ?)
