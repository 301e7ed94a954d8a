"""Decorators: those that change nothing, and the program's own."""
import functools

import keras
import numpy as np
import tensorflow as tf


def timed(function):
    @functools.wraps(function)
    def wrapper(*args, **options):
        result = function(*args, **options)
        return result

    return wrapper


def repeated(times):
    def decorate(function):
        def wrapper(*args):
            return [function(*args) for _ in range(times)]

        return wrapper

    return decorate


@timed
def rows(count, width=3):
    made = np.zeros((count, width))  #: (5, 3)
    return made


a = rows(5)  #: (5, 3)


@repeated(2)
def column(count):
    return np.ones((count, 1))


first, second = column(4)  #: (4, 1) ; (4, 1)


@tf.function
def double(x):
    return x * 2.0


b = double(tf.zeros((2, 3)))  #: (2, 3)


def triple(x):
    return x * 3.0


quick = tf.function(triple)
c = quick(tf.zeros((4, 3)))  #: (4, 3)


@functools.lru_cache(maxsize=None)
def table(size):
    return np.arange(size)


d = table(7)  #: (7,)


@keras.saving.register_keras_serializable(package="tests")
class Scale(keras.layers.Layer):
    def call(self, inputs):
        return inputs * 2.0


e = Scale()(keras.Input((3,)))  #: (None, 3)


class Box:
    def __init__(self, size):
        self._size = size

    @property
    def data(self):
        return np.zeros((self._size, 2))

    @data.setter
    def data(self, value):
        self._size = len(value)

    @staticmethod
    def unit(size):
        return np.eye(size)

    @classmethod
    def small(cls):
        return cls(2)

    def __enter__(self):
        return self.data

    def __exit__(self, *reason):
        return None


f = Box(3).data  #: (3, 2)
g = Box.unit(4)  #: (4, 4)
h = Box.small().data  #: (2, 2)
with Box(6) as i:  #: (6, 2)
    pass
