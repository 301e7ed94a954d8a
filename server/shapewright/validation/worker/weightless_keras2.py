"""Keras 2 without memory for weights."""

from __future__ import annotations

import contextlib
import importlib
import math
from collections.abc import Callable
from typing import Any

SMALL = 1 << 16  # elements


def weightless(tensorflow: Any) -> contextlib.AbstractContextManager[Any]:
    """A scope in which variables have a shape and a handle, and no value.

    Building reads the values of a few small variables that are not trained (the mean of a Normalization), so those are
    made as usual. Measured with Keras 2.15: a Dense of 12 GB costs nothing, and ResNet50 takes two thirds of the time.
    """
    uninitialized = importlib.import_module("tensorflow.python.ops.resource_variable_ops").UninitializedVariable
    taken_over = ("name", "trainable", "synchronization", "aggregation", "shape", "dtype")

    def create(make_next: Callable[..., Any], **options: Any) -> Any:
        sizes = _sizes(tensorflow, options.get("shape"))
        if sizes is None or not callable(options.get("initial_value")):
            return make_next(**options)
        if not options.get("trainable") and math.prod(sizes) <= SMALL:
            return make_next(**options)
        return uninitialized(**{name: options[name] for name in taken_over if name in options})

    scope: contextlib.AbstractContextManager[Any] = tensorflow.variable_creator_scope(create)
    return scope


def _sizes(tensorflow: Any, shape: Any) -> list[int] | None:
    shape = tensorflow.TensorShape(shape)
    return shape.as_list() if shape.is_fully_defined() else None
