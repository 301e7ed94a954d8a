"""Building layers with little or no memory for their weights."""

from __future__ import annotations

import contextlib
import importlib
import inspect
import math
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .library import Library

SMALL = 1 << 10  # elements: made as the program says
ZEROS = 1 << 22  # elements: made, but of zeros, which takes less time than random numbers
READ_WHILE_BUILDING = 1 << 16


@contextlib.contextmanager
def weightless(library: Library) -> Iterator[None]:
    """No memory for weights at all: nothing may be computed with them.

    Measured: a Dense of 12 GB costs nothing, with Keras 2.15 and with Keras 3.15.
    """
    scope: contextlib.AbstractContextManager[Any]
    if library.major < 3:
        scope = _variables_of_keras_2(library.tensorflow, READ_WHILE_BUILDING, 0)
    elif "initialize_variables" in inspect.signature(library.keras.StatelessScope.__init__).parameters:
        scope = library.keras.StatelessScope(initialize_variables=False)
    else:
        scope = library.keras.StatelessScope()
    with scope:
        yield


@contextlib.contextmanager
def light(library: Library) -> Iterator[None]:
    """Weights that a program can compute with, unless they are large; those that are not small are zeros.

    `StatelessScope` would not do: models cannot be compiled in it, and layers cannot be called on data.
    """
    if library.major < 3:
        with _variables_of_keras_2(library.tensorflow, SMALL, ZEROS):
            yield
        return
    variable = library.keras.Variable
    original = getattr(variable, "_initialize_with_initializer", None)
    if original is None:  # Keras before 3.8
        yield
        return

    def initialize(self: Any, initializer: Any) -> None:
        elements = math.prod(self._shape)
        if elements <= SMALL or not str(self._dtype).startswith(("float", "bfloat")):
            original(self, initializer)
        elif elements <= ZEROS or library.backend != "tensorflow":
            original(self, lambda shape, dtype=None: library.keras.ops.zeros(shape, dtype))
        else:
            self._initialize(_without_value()(name=self.name, trainable=True, shape=self._shape, dtype=self._dtype))

    owner = next(base for base in variable.__mro__ if "_initialize_with_initializer" in vars(base))
    owner._initialize_with_initializer = initialize
    try:
        yield
    finally:
        owner._initialize_with_initializer = original


def _variables_of_keras_2(tensorflow: Any, small: int, zeros: int) -> contextlib.AbstractContextManager[Any]:
    """A scope in which variables are made as the program says if they are small, of zeros up to a size, and without a value.

    Building reads the values of a few variables that are not trained, such as the mean of a Normalization.
    """
    taken_over = ("name", "trainable", "synchronization", "aggregation", "shape", "dtype")

    def create(make_next: Callable[..., Any], **options: Any) -> Any:
        shape = tensorflow.TensorShape(options.get("shape"))
        if not shape.is_fully_defined() or not callable(options.get("initial_value")):
            return make_next(**options)
        elements, dtype = math.prod(shape.as_list()), options.get("dtype")
        if elements <= small and not (options.get("trainable") and not zeros):
            return make_next(**options)
        if elements <= zeros and dtype is not None and tensorflow.as_dtype(dtype).is_floating:
            return make_next(**{**options, "initial_value": lambda: tensorflow.zeros(shape, dtype)})
        return _without_value()(**{name: options[name] for name in taken_over if name in options})

    scope: contextlib.AbstractContextManager[Any] = tensorflow.variable_creator_scope(create)
    return scope


def _without_value() -> Any:
    """TensorFlow's class of variables that have a shape and a dtype, and nothing in them."""
    return importlib.import_module("tensorflow.python.ops.resource_variable_ops").UninitializedVariable
