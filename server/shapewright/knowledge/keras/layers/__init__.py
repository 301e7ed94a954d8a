"""Rules for `keras.layers`, one file a family as in keras/src/layers. Importing this package registers them."""

from shapewright.knowledge.keras.layers import (
    attention,
    convolutional,
    core,
    making,
    merging,
    normalization,
    pooling,
    preprocessing,
    regularization,
    reshaping,
    rnn,
)

__all__ = [
    "attention",
    "convolutional",
    "core",
    "making",
    "merging",
    "normalization",
    "pooling",
    "preprocessing",
    "regularization",
    "reshaping",
    "rnn",
]
