"""`tf.GradientTape`: gradients have the shapes of what they are taken for. Source: tensorflow/python/eager/backprop.py."""

from __future__ import annotations

from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import map_structure
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, UNKNOWN, Value


def call_tape_method(run: Run, method: str, call: Call) -> Value:
    """`tape.gradient(loss, weights)`, `tape.jacobian(outputs, x)`."""
    given = call.by_name("target", "sources")
    sources = given.get("sources", call.keywords.get("source", UNKNOWN))
    target = given.get("target", UNKNOWN)
    if method == "gradient":
        return map_structure(run, sources, lambda leaf, _: _derived(leaf, Shape(()), 0))
    if method in ("watch", "reset"):
        return NONE
    if method not in ("jacobian", "batch_jacobian") or not isinstance(target, Tensor) or target.shape is None:
        return UNKNOWN
    front, skipped = target.shape, int(method == "batch_jacobian")
    return map_structure(run, sources, lambda leaf, _: _derived(leaf, front, skipped))


def _derived(source: Value, front: Shape, skipped: int) -> Value:
    """The axes of a target, then those of a source, without the batch axis where it is one of both."""
    if not isinstance(source, Tensor):
        return UNKNOWN
    if source.shape is None or source.shape.rank < skipped:
        return Tensor(None, source.dtype, Library.TENSORFLOW)
    return Tensor(Shape((*front, *source.shape.dims[skipped:])), source.dtype, Library.TENSORFLOW)
