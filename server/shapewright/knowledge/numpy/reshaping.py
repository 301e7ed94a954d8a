"""Functions and methods that give the same elements another shape, or another dtype."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.numpy.arguments import dtype_name, normalize_axis, size_of
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, NotKnown, Result, refuse
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.value import UNKNOWN


def _reshaped(x: Given, target: Any) -> Result:
    """One -1 stands for what is left; NumPy refuses a target of another number of elements."""
    sizes = target if isinstance(target, (tuple, list, Shape)) else (target,)
    shape = Shape(size_of(size) for size in sizes)
    free = [axis for axis, dim in enumerate(shape) if dim.size == -1]
    if len(free) > 1:
        refuse("elements", "can only specify one unknown dimension", shape=x.tensor.shape, target=shape)
    if x.tensor.shape is None:
        return Result(shape.replace(free[0], UNNAMED) if free else shape, x.dtype)
    total = number_of_elements(x.shape)
    rest = number_of_elements(dim for dim in shape if dim.size != -1)
    if isinstance(total.size, int) and isinstance(rest.size, int):
        fits = total.size == rest.size if not free else rest.size != 0 and total.size % rest.size == 0
        if not fits:
            refuse(
                "elements",
                f"cannot reshape array of size {total.size} into shape {_as_numpy_prints(shape)}",
                shape=x.shape,
                target=shape,
            )
        if free:
            shape = shape.replace(free[0], total // rest)
    elif free:
        shape = shape.replace(free[0], UNNAMED)
    return Result(shape, x.dtype)


def _as_numpy_prints(shape: Shape) -> str:
    """As `convert_shape_to_string` in numpy/_core/src/multiarray/common.c prints a target: without the -1 in front, and
    with `newaxis` for one further on."""
    sizes = list(shape.sizes)
    while sizes and sizes[0] == -1:
        del sizes[0]
    inside = ",".join("newaxis" if size == -1 else str(size) for size in sizes)
    return f"({inside},)" if shape.rank == 1 else f"({inside})"


@function("numpy.reshape")
def reshape(a: Given, shape: Any = None, order: Any = "C", *, newshape: Any = None, copy: Any = None) -> Result:
    """The same elements in another shape.

    >>> {name}(np.ones((2, 3)), (3, -1))
    """
    target = newshape if shape is None else shape
    if target is None or target is UNKNOWN:
        raise NotKnown("shape")
    return _reshaped(a, target)


@method("ndarray.reshape")
def reshape_method(self: Given, *shape: Any, order: Any = "C", copy: Any = None) -> Result:
    """The same elements in another shape, given as a tuple or as separate sizes.

    >>> np.ones((2, 3)).{name}(3, -1)
    """
    target = shape[0] if len(shape) == 1 else shape
    if not shape or target is UNKNOWN:
        raise NotKnown("shape")
    return _reshaped(self, target)


@function("numpy.expand_dims")
def expand_dims(a: Given, axis: Any) -> Result:
    """A new axis of size 1 at each position in `axis`, counted in the result.

    >>> {name}(np.ones((2, 3)), 1)
    """
    axes = [axis] if isinstance(axis, int) else axis
    if not isinstance(axes, (list, tuple)) or not all(isinstance(n, int) for n in axes):
        raise NotKnown("axis")
    rank = a.rank + len(axes)
    places = {normalize_axis(n, rank) for n in axes}
    if len(places) != len(axes):
        raise NotKnown("different axes")
    rest = iter(a.shape)
    return Result(Shape(Dim(1) if n in places else next(rest) for n in range(rank)), a.dtype)


def _squeezed(a: Given, axis: Any) -> Result:
    if axis is None:
        if any(not dim.is_known for dim in a.shape):
            raise NotKnown("which axes have size 1")
        return Result(Shape(dim for dim in a.shape if dim.size != 1), a.dtype)
    axes = [axis] if isinstance(axis, int) else axis
    if not isinstance(axes, (list, tuple)) or not all(isinstance(n, int) for n in axes):
        raise NotKnown("axis")
    places = {normalize_axis(n, a.rank) for n in axes}
    if any(a.shape[n].size != 1 for n in places):
        raise NotKnown("axes of size 1")
    return Result(Shape(dim for n, dim in enumerate(a.shape) if n not in places), a.dtype)


@function("numpy.squeeze")
def squeeze(a: Given, axis: Any = None) -> Result:
    """Without the axes of size 1, or without those named.

    >>> {name}(np.ones((2, 1)))
    """
    return _squeezed(a, axis)


@method("ndarray.squeeze")
def squeeze_method(self: Given, axis: Any = None) -> Result:
    """Without the axes of size 1, or without those named.

    >>> np.ones((2, 1)).{name}()
    """
    return _squeezed(self, axis)


def _transposed(a: Given, axes: Any) -> Result:
    if axes is None:
        return Result(Shape(reversed(a.shape.dims)), a.dtype)
    if not isinstance(axes, (list, tuple)) or not all(isinstance(n, int) for n in axes):
        raise NotKnown("axes")
    order = [normalize_axis(n, a.rank) for n in axes]
    if sorted(order) != list(range(a.rank)):
        raise NotKnown("a permutation")
    return Result(Shape(a.shape[n] for n in order), a.dtype)


@function("numpy.transpose")
def transpose(a: Given, axes: Any = None) -> Result:
    """The axes in another order, reversed unless told.

    >>> {name}(np.ones((2, 3)))
    """
    return _transposed(a, axes)


@method("ndarray.transpose")
def transpose_method(self: Given, *axes: Any) -> Result:
    """The axes in another order, given as a tuple or as separate numbers; reversed unless told.

    >>> np.ones((2, 3)).{name}()
    """
    if not axes or axes == (None,):
        return _transposed(self, None)
    return _transposed(self, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else list(axes))


@method("ndarray.flatten", "ndarray.ravel")
def flatten_method(self: Given, order: Any = "C") -> Result:
    """One axis with all elements.

    >>> np.ones((2, 3)).{name}()
    """
    return Result(Shape((number_of_elements(self.shape),)), self.dtype)


@method("ndarray.astype")
def astype_method(self: Given, dtype: Any, **_: Any) -> Result:
    """The same shape in another dtype.

    >>> np.ones((2, 3)).{name}("int32")
    """
    return Result(self.shape, dtype_name(dtype))


@method("ndarray.copy")
def copy_method(self: Given, order: Any = "C") -> Result:
    """The same shape and dtype.

    >>> np.ones((2, 3)).{name}()
    """
    return Result(self.shape, self.dtype)
