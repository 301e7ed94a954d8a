"""Annotations and comments say what nobody else does."""
from typing import Tuple

import numpy as np
import tensorflow as tf
from keras import layers


def load(path):
    return open(path)


def model(images: "tf.Tensor", mask, scores: np.ndarray):  # shape: (batch, 5)
    hidden = layers.Dense(4)(images)  #: -
    return hidden


def rows(
    x,  # shape: (batch, 3, 1)
    count: int,
    size: Tuple[int, int],
):
    flat = tf.reshape(x, (-1, 3))  #: (?, 3)
    y = layers.Dense(4)(x)  #: (batch, 3, 4)
    made = np.zeros(count)  #: (count,)
    grid = np.zeros((*size, 3))  #: (size[0], size[1], 3)
    return y, flat, made, grid


images = load.images if hasattr(load, "images") else None  # shape: (64, 28, 28)
