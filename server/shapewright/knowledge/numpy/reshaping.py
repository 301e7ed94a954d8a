"""Functions and methods that give the same elements another shape, or another dtype."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import axes_of, axis_of, elements, operand
from shapewright.knowledge.arrays.shapes import expanded, moved, squeezed, swapped, transposed
from shapewright.knowledge.numpy.arguments import dtype_name, size_of
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, NotKnown, Result, refuse
from shapewright.tensors.dimension import UNNAMED
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.value import UNKNOWN


def _reshaped(x: Given, target: Any) -> Result:
    """One -1 stands for what is left; NumPy refuses a target of another number of elements."""
    target = elements(target)
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
    >>> {name}(np.ones((2, 3)), (0, -1))
    """
    return Result(expanded(a.shape, axis), a.dtype)


@function("numpy.squeeze")
def squeeze(a: Given, axis: Any = None) -> Result:
    """Without the axes of size 1, or without those named.

    >>> {name}(np.ones((2, 1)))
    """
    return Result(squeezed(a.shape, axis), a.dtype)


@method("ndarray.squeeze")
def squeeze_method(self: Given, axis: Any = None) -> Result:
    """Without the axes of size 1, or without those named.

    >>> np.ones((2, 1)).{name}()
    """
    return squeeze(self, axis)


@function("numpy.transpose", "numpy.permute_dims")
def transpose(a: Given, axes: Any = None) -> Result:
    """The axes in another order, reversed unless told.

    >>> {name}(np.ones((2, 3)))
    >>> {name}(np.ones((2, 3, 4)), (1, 0, 2))
    """
    return Result(transposed(a.shape, axes), a.dtype)


@function("numpy.matrix_transpose", "numpy.linalg.matrix_transpose")
def matrix_transpose(x: Given, /) -> Result:
    """The last two axes exchanged.

    >>> {name}(np.ones((2, 3, 4)))
    """
    return Result(swapped(x.shape, -1, -2), x.dtype)


@method("ndarray.transpose")
def transpose_method(self: Given, *axes: Any) -> Result:
    """The axes in another order, given as a tuple or as separate numbers; reversed unless told.

    >>> np.ones((2, 3)).{name}()
    >>> np.ones((2, 3, 4)).{name}(1, 0, 2)
    """
    if not axes or axes == (None,):
        return transpose(self)
    return transpose(self, axes[0] if len(axes) == 1 and not isinstance(axes[0], int) else list(axes))


@function("numpy.swapaxes")
def swapaxes(a: Given, axis1: Any, axis2: Any) -> Result:
    """Two axes exchanged.

    >>> {name}(np.ones((2, 3, 4)), 0, -1)
    """
    return Result(swapped(a.shape, axis1, axis2), a.dtype)


@method("ndarray.swapaxes")
def swapaxes_method(self: Given, axis1: Any, axis2: Any) -> Result:
    """Two axes exchanged.

    >>> np.ones((2, 3, 4)).{name}(0, -1)
    """
    return swapaxes(self, axis1, axis2)


@function("numpy.moveaxis")
def moveaxis(a: Given, source: Any, destination: Any) -> Result:
    """Axes moved to other places.

    >>> {name}(np.ones((2, 3, 4)), 0, -1)
    """
    return Result(moved(a.shape, source, destination), a.dtype)


@function("numpy.rollaxis")
def rollaxis(a: Given, axis: Any, start: Any = 0) -> Result:
    """An axis rolled back until it lies before another.

    >>> {name}(np.ones((2, 3, 4)), 2)
    >>> {name}(np.ones((2, 3, 4, 5)), 1, 3)
    """
    at = axis_of(axis, a.rank)
    if not isinstance(start, int) or not -a.rank <= start <= a.rank:
        raise NotKnown("start")
    start += a.rank if start < 0 else 0
    return Result(moved(a.shape, at, start - 1 if at < start else start), a.dtype)


@function("numpy.ravel")
def ravel(a: Given, order: Any = "C") -> Result:
    """One axis with all elements.

    >>> {name}(np.ones((2, 3)))
    """
    return Result(Shape((number_of_elements(a.shape),)), a.dtype)


@method("ndarray.flatten", "ndarray.ravel")
def flatten_method(self: Given, order: Any = "C") -> Result:
    """One axis with all elements.

    >>> np.ones((2, 3)).{name}()
    """
    return ravel(self)


@function("numpy.flip")
def flip(m: Any, axis: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)), 1)
    """
    found = operand(m)
    axes_of(axis, found.shape.rank)
    return Result(found.shape, found.dtype)


@function("numpy.flipud", "numpy.fliplr")
def flipud(m: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)))
    """
    found = operand(m)
    return Result(found.shape, found.dtype)


@function("numpy.roll")
def roll(a: Any, shift: Any, axis: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 3)), 1, axis=0)
    """
    found = operand(a)
    axes_of(axis, found.shape.rank)
    return Result(found.shape, found.dtype)


@function("numpy.rot90")
def rot90(m: Any, k: Any = 1, axes: Any = (0, 1)) -> Result:
    """Two axes exchanged for each quarter turn.

    >>> {name}(np.ones((2, 3)))
    >>> {name}(np.ones((2, 3, 4)), 2)
    """
    found = operand(m)
    places = axes_of(axes, found.shape.rank)
    if not isinstance(k, int) or len(places) != 2:
        raise NotKnown("a turn")
    return Result(swapped(found.shape, *places) if k % 2 else found.shape, found.dtype)


@method("ndarray.astype")
def astype_method(self: Given, dtype: Any, *_: Any, **__: Any) -> Result:
    """The same shape in another dtype.

    >>> np.ones((2, 3)).{name}("int32")
    """
    return Result(self.shape, dtype_name(dtype))


@function("numpy.astype")
def astype(x: Given, dtype: Any, /, *, copy: Any = True, device: Any = None) -> Result:
    """The same shape in another dtype.

    >>> {name}(np.ones((2, 3)), "int32")
    """
    return Result(x.shape, dtype_name(dtype))


_SIZES = {"bool": 1, "complex64": 8, "complex128": 16} | {
    f"{kind}{bits}": bits // 8 for kind in ("int", "uint", "float") for bits in (8, 16, 32, 64)
}


@method("ndarray.view")
def view_method(self: Given, dtype: Any = None, type: Any = None) -> Result:
    """The same memory as another dtype of the same size; of another size only where the elements lie side by side.

    >>> np.ones((2, 3)).{name}()
    >>> np.ones((2, 4), "float32").{name}("int32")
    """
    if dtype is None and type is None:
        return Result(self.shape, self.dtype)
    name = dtype_name(dtype)
    before, after = _SIZES.get(self.dtype or ""), _SIZES.get(name or "")
    if before is None or before != after or type is not None:
        raise NotKnown("elements of the same size")
    return Result(self.shape, name)
