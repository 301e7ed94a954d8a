"""Broadcasting of shapes, as NumPy, TensorFlow and Keras do it."""

from __future__ import annotations

from shapewright.tensors.dimension import UNNAMED, Dim, same_length
from shapewright.tensors.shape import Shape


class BroadcastError(ValueError):
    """Two shapes do not broadcast; `axis` counts from the end (-1 is the last)."""

    def __init__(self, a: Shape, b: Shape, axis: int) -> None:
        super().__init__(f"shapes {a} and {b} do not broadcast on axis {axis}")
        self.a, self.b, self.axis = a, b, axis


def broadcast(a: Shape, b: Shape) -> Shape:
    """The shape of `a + b`. Raises `BroadcastError` where that is certain to fail."""
    rank = max(a.rank, b.rank)
    dims = []
    for axis in range(-rank, 0):
        x = a[axis] if -axis <= a.rank else Dim(1)
        y = b[axis] if -axis <= b.rank else Dim(1)
        dims.append(_broadcast_dim(x, y, a, b, axis))
    return Shape(dims)


def _broadcast_dim(x: Dim, y: Dim, a: Shape, b: Shape, axis: int) -> Dim:
    if x.size == 1:
        return y
    if y.size == 1 or same_length(x, y):
        return x
    if x.is_known and y.is_known:
        raise BroadcastError(a, b, axis)
    if x.is_known:  # the other is 1 or equal to it, else Keras would refuse
        return x
    if y.is_known:
        return y
    if x.size is None and y.size is None:
        return x
    return x.derive(UNNAMED)
