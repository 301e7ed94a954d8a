"""Rules for `keras.layers`, one file a family as in keras/src/layers. Importing this package registers them."""

from shapewright.knowledge.keras.layers import (
    convolutional,
    core,
    merging,
    normalization,
    pooling,
    regularization,
    reshaping,
    rnn,
)

__all__ = ["convolutional", "core", "merging", "normalization", "pooling", "regularization", "reshaping", "rnn"]
