"""`keras.ops.map`, `cond` and `while_loop`: on TensorFlow they are its functions of functions.

Source: keras/src/backend/tensorflow/core.py.
"""

from __future__ import annotations

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import flatten
from shapewright.interpreter.tensorflow_calls import TENSORFLOW
from shapewright.values.value import UNKNOWN, Value

_MEANT: dict[str, tuple[str, tuple[str, ...], tuple[str, ...]]] = {
    "keras.ops.map": ("tensorflow.map_fn", ("f", "xs"), ("fn", "elems")),
    "keras.ops.vectorized_map": ("tensorflow.vectorized_map", ("function", "elements"), ("fn", "elems")),
    "keras.ops.cond": ("tensorflow.cond", ("pred", "true_fn", "false_fn"), ("pred", "true_fn", "false_fn")),
    "keras.ops.while_loop": ("tensorflow.while_loop", ("cond", "body", "loop_vars"), ("cond", "body", "loop_vars")),
}
"""What each means, its parameters, and those of TensorFlow's function."""
KERAS_CONTROL = frozenset(_MEANT)


def call_control(run: Run, name: str, call: Call, frame: Frame) -> Value:
    """What TensorFlow's function gives; Keras tensors have no values to go through."""
    meant, names, theirs = _MEANT[name]
    given = call.by_name(*names)
    if not call.complete or any(name not in given for name in names):
        return UNKNOWN
    if any(tensor.is_symbolic for value in given.values() for tensor in flatten(run, value)):
        return UNKNOWN
    keywords = {new: given[old] for old, new in zip(names, theirs, strict=True)}
    return TENSORFLOW[meant](run, Call([], keywords, call.node, call.chunk), frame)
