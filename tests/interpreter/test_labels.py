"""Labels of Keras's data sets: how many there are is the number of classes. The data itself is not at hand where tests run, so
this is no literate program of its own."""

from __future__ import annotations

from tests.literate import Program, shown

TEXT = """
import keras
import numpy as np
from keras.datasets import cifar100, mnist
from keras.utils import to_categorical

(x_train, y_train), (x_test, y_test) = mnist.load_data()
a = to_categorical(y_train)  #: (60000, 10)
b = to_categorical(y_test.astype("int32"))  #: (10000, 10)
c = np.unique(y_train)  #: (10,)
values, counts = np.unique(y_train, return_counts=True)  #: (10,) ; (10,)
d = keras.layers.Dense(int(np.max(y_train)) + 1)(keras.Input((4,)))  #: (None, 10)
e = keras.layers.Dense(len(np.unique(y_test.reshape(-1))))(keras.Input((4,)))  #: (None, 10)
f = to_categorical(y_train[:50])  #: (50, ?)
(_, fine), _ = cifar100.load_data()
g = to_categorical(fine)  #: (50000, 100)
(_, coarse), _ = cifar100.load_data(label_mode="coarse")
h = to_categorical(coarse)  #: (50000, 20)
few = y_train.copy()  #: (60000,)
view = few.reshape(-1, 1)  #: (60000, 1)
view[view > 3] = 0
i = to_categorical(few)  #: (60000, ?)
j = to_categorical(y_train, 12)  #: (60000, 12)
"""


def test_the_number_of_labels_is_the_number_of_classes() -> None:
    program = Program(TEXT)
    wrong = [
        (want.line, want.name, want.shape, got)
        for want in program.expectations
        if (got := shown(program.analysis, want.line, want.column)[0]) != want.shape
    ]
    assert program.expectations and not wrong
