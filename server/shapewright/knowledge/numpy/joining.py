"""Functions that join, cut and repeat arrays."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.arrays.arguments import (
    Operand,
    axis_of,
    elements,
    one_of_many,
    operand,
    operands,
    promoted,
)
from shapewright.knowledge.arrays.shapes import concatenated, divided, padded, repeated, stacked, tiled
from shapewright.knowledge.numpy.arguments import as_shape, dtype_name
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, Listed, NotKnown, Result, refuse
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements


def _strong(parts: Sequence[Operand]) -> str | None:
    """Joining makes arrays of Python numbers first: they are not weak."""
    return promoted("numpy", *(Operand(p.shape, p.dtype) for p in parts))


def _joined(shape: Shape, parts: Sequence[Operand], options: dict[str, Any]) -> Result:
    dtype = options.get("dtype")
    return Result(shape, _strong(parts) if dtype is None else dtype_name(dtype))


@function("numpy.concatenate", "numpy.concat")
def concatenate(arrays: Listed, /, axis: Any = 0, out: Any = None, **options: Any) -> Result:
    """Alike but for one axis, whose sizes add up.

    >>> {name}([np.ones((2, 3)), np.ones((4, 3))])
    >>> {name}((np.ones((2, 3), "float32"), np.ones((2, 1), "float32")), axis=-1)
    >>> {name}((np.ones((2, 3)), np.ones((2, 1))), axis=None)
    >>> {name}((np.ones((2, 3), "int8"), np.ones((2, 3), "uint8")), dtype="float32")
    """
    if axis is not None and not isinstance(axis, int):
        raise NotKnown("one axis")
    one = one_of_many(arrays)
    if one is not None and axis is not None and one.shape.rank:
        return _joined(one.shape.replace(axis_of(axis, one.shape.rank), Dim(UNNAMED)), [one], options)
    parts = operands(arrays)
    if axis is not None and not all(part.shape.rank for part in parts):
        raise NotKnown("arrays with an axis")
    return _joined(concatenated([p.shape for p in parts], axis), parts, options)


@function("numpy.stack")
def stack(arrays: Listed, axis: Any = 0, out: Any = None, **options: Any) -> Result:
    """Arrays of one shape along a new axis.

    >>> {name}([np.ones((2, 3)), np.ones((2, 3))])
    >>> {name}([np.ones((2, 3)), np.ones((2, 3))], axis=-1)
    """
    one = one_of_many(arrays)
    if one is not None:
        return _joined(one.shape.insert(axis_of(axis, one.shape.rank + 1), Dim(UNNAMED)), [one], options)
    parts = operands(arrays)
    return _joined(stacked([p.shape for p in parts], axis), parts, options)


def _at_least(shape: Shape, rank: int) -> Shape:
    """As numpy.atleast_1d, atleast_2d and atleast_3d give it."""
    if shape.rank >= rank:
        return shape
    if rank == 3 and shape.rank == 2:
        return shape.insert(2, 1)
    if rank == 3 and shape.rank == 1:
        return Shape((1, shape[0], 1))
    return Shape((*(1,) * (rank - shape.rank), *shape))


@function("numpy.vstack")
def vstack(tup: Listed, **options: Any) -> Result:
    """One below the other.

    >>> {name}([np.ones((2, 3)), np.ones((4, 3))])
    >>> {name}([np.ones((3,)), np.ones((3,))])
    """
    one = one_of_many(tup)
    if one is not None:
        return _joined(_at_least(one.shape, 2).replace(0, Dim(UNNAMED)), [one], options)
    parts = operands(tup)
    return _joined(concatenated([_at_least(p.shape, 2) for p in parts], 0), parts, options)


@function("numpy.hstack")
def hstack(tup: Any, **options: Any) -> Result:
    """One beside the other.

    >>> {name}([np.ones((2, 3)), np.ones((2, 1))])
    >>> {name}([np.ones((3,)), np.ones((2,))])
    """
    parts = operands(tup)
    shapes = [_at_least(p.shape, 1) for p in parts]
    return _joined(concatenated(shapes, 0 if shapes[0].rank == 1 else 1), parts, options)


@function("numpy.dstack")
def dstack(tup: Any) -> Result:
    """One behind the other.

    >>> {name}([np.ones((2, 3)), np.ones((2, 3))])
    >>> {name}([np.ones((3,)), np.ones((3,))])
    """
    parts = operands(tup)
    return _joined(concatenated([_at_least(p.shape, 3) for p in parts], 2), parts, {})


@function("numpy.column_stack")
def column_stack(tup: Any) -> Result:
    """Vectors as columns, matrices as they are.

    >>> {name}([np.ones((3,)), np.ones((3,))])
    >>> {name}([np.ones((3, 2)), np.ones((3,))])
    """
    parts = operands(tup)
    shapes = [Shape((p.shape[0] if p.shape.rank else 1, 1)) if p.shape.rank < 2 else p.shape for p in parts]
    return _joined(concatenated(shapes, 1), parts, {})


@function("numpy.append")
def append(arr: Any, values: Any, axis: Any = None) -> Result:
    """Joined along an axis, or all elements in a row.

    >>> {name}([1, 2, 3], 4)
    >>> {name}(np.ones((2, 3)), np.ones((1, 3)), axis=0)
    """
    parts = [operand(arr), operand(values)]
    return _joined(concatenated([p.shape for p in parts], axis), parts, {}) if axis is not None else _flat(parts)


def _flat(parts: Sequence[Operand]) -> Result:
    total = number_of_elements(parts[0].shape)
    for part in parts[1:]:
        total = total + number_of_elements(part.shape)
    return Result(Shape((total,)), _strong(parts))


def _atleast_rule(rank: int) -> Any:
    def atleast(*arys: Any) -> Any:
        found = [operand(value) for value in arys]
        made = [Result(_at_least(x.shape, rank), x.dtype) for x in found]
        return made[0] if len(made) == 1 else tuple(made)

    atleast.__doc__ = """With as many axes as asked for.

    >>> {name}(np.ones((3,)))
    >>> {name}(np.ones((3, 4)))
    >>> {name}(np.ones((2, 3, 4, 5)))
    """
    return atleast


for _rank in (1, 2, 3):
    function(f"numpy.atleast_{_rank}d")(_atleast_rule(_rank))


# -- cutting


def _parts(found: Operand, sections: Any, axis: Any, uneven: bool = False) -> list[Result]:
    if isinstance(sections, Given):
        held = elements(sections)
        sections = [n.size if isinstance(n, Dim) else n for n in held] if isinstance(held, tuple) else held
    return [Result(shape, found.dtype) for shape in divided(found.shape, sections, axis, uneven)]


@function("numpy.split")
def split(ary: Any, indices_or_sections: Any, axis: Any = 0) -> list[Result]:
    """Equal parts along an axis, or cut at some positions.

    >>> {name}(np.ones((4, 6)), 2)
    >>> {name}(np.ones((4, 6)), [1, 3], axis=1)
    """
    return _parts(operand(ary), indices_or_sections, axis)


@function("numpy.array_split")
def array_split(ary: Any, indices_or_sections: Any, axis: Any = 0) -> list[Result]:
    """Parts of nearly the same size along an axis, or cut at some positions.

    >>> {name}(np.ones((5, 6)), 2)
    >>> {name}(np.ones((4, 6)), [1, 3], axis=1)
    """
    return _parts(operand(ary), indices_or_sections, axis, uneven=True)


@function("numpy.vsplit")
def vsplit(ary: Any, indices_or_sections: Any) -> list[Result]:
    """Parts along the first axis.

    >>> {name}(np.ones((4, 6)), 2)
    """
    found = operand(ary)
    if found.shape.rank < 2:
        raise NotKnown("a matrix")
    return _parts(found, indices_or_sections, 0)


@function("numpy.hsplit")
def hsplit(ary: Any, indices_or_sections: Any) -> list[Result]:
    """Parts along the second axis, or the first of a vector.

    >>> {name}(np.ones((4, 6)), 2)
    >>> {name}(np.ones((4,)), [1])
    """
    found = operand(ary)
    return _parts(found, indices_or_sections, 1 if found.shape.rank > 1 else 0)


@function("numpy.dsplit")
def dsplit(ary: Any, indices_or_sections: Any) -> list[Result]:
    """Parts along the third axis.

    >>> {name}(np.ones((4, 6, 2)), 2)
    """
    return _parts(operand(ary), indices_or_sections, 2)


# -- repeating and padding


@function("numpy.tile")
def tile(A: Any, reps: Any) -> Result:
    """Each axis so many times.

    >>> {name}(np.ones((2, 3)), 2)
    >>> {name}(np.ones((2, 3)), (4, 1, 1))
    """
    found = operand(A)
    return Result(tiled(found.shape, reps), found.dtype)


@function("numpy.repeat")
def repeat(a: Any, repeats: Any, axis: Any = None) -> Result:
    """Each element so many times.

    >>> {name}(np.ones((2, 3)), 3)
    >>> {name}(np.ones((2, 3)), 3, axis=-1)
    >>> {name}(np.ones((2, 3)), [1, 4], 0)
    """
    found = operand(a)
    if isinstance(repeats, Given) and repeats.tensor.content is None:
        if axis is None:
            return Result(Shape((UNNAMED,)), found.dtype)
        return Result(found.shape.replace(axis_of(axis, found.shape.rank), UNNAMED), found.dtype)
    amounts = _plain(repeats)
    if not found.shape.rank and axis is not None:
        raise NotKnown("an array")
    return Result(repeated(found.shape, amounts, axis), found.dtype)


def _plain(value: Any) -> Any:
    held = elements(value)
    if isinstance(held, (tuple, list)) and any(isinstance(n, (tuple, list)) for n in held):
        raise NotKnown("one amount for each")
    if isinstance(held, tuple):
        return [n.size if isinstance(n, Dim) and isinstance(n.size, int) else n for n in held]
    return held


@method("ndarray.repeat")
def repeat_method(self: Given, repeats: Any, axis: Any = None) -> Result:
    """Each element so many times.

    >>> np.ones((2, 3)).{name}(2, axis=0)
    """
    return repeat(self, repeats, axis)


def _refuse_widths(shape: Shape, widths: Any) -> None:
    """Pairs for another number of axes. Source: _as_pairs in numpy/lib/_arraypad_impl.py, which broadcasts them."""
    pairs = isinstance(widths, (tuple, list)) and all(isinstance(pair, (tuple, list)) and len(pair) == 2 for pair in widths)
    if pairs and len(widths) not in (1, shape.rank) and widths:
        text = "operands could not be broadcast together with remapped shapes [original->remapped]: "
        text += f"({len(widths)},2)  and requested shape ({shape.rank},2)"
        refuse("counts", text, shape=shape, given=len(widths))


@function("numpy.pad")
def pad(array: Any, pad_width: Any, mode: Any = "constant", **_: Any) -> Result:
    """So much added before and after each axis.

    >>> {name}(np.ones((2, 3)), ((0, 1), (2, 2)))
    >>> {name}(np.ones((2, 3)), 1, mode="edge")
    >>> {name}(np.ones((5,)), (0, 3))
    """
    found = operand(array)
    if mode not in ("constant", "empty") and 0 in found.shape.sizes:
        raise NotKnown("something to take the values from")
    _refuse_widths(found.shape, pad_width)
    return Result(padded(found.shape, pad_width), found.dtype)


@function("numpy.insert")
def insert(arr: Any, obj: Any, values: Any, axis: Any = None) -> Result:
    """One element more, or one of an axis.

    >>> {name}(np.ones((5,)), 0, 1.0)
    >>> {name}(np.ones((5, 3)), 1, 0.0, axis=0)
    """
    found = operand(arr)
    if not isinstance(obj, int) or operand(values).shape.rank > 0:
        raise NotKnown("one position")
    shape, at = (Shape((number_of_elements(found.shape),)), 0) if axis is None else (found.shape, axis)
    at = axis_of(at, shape.rank)
    return Result(shape.replace(at, shape[at] + 1), found.dtype)


@function("numpy.delete")
def delete(arr: Any, obj: Any, axis: Any = None) -> Result:
    """Without some elements, or some of an axis.

    >>> {name}(np.ones((5,)), 0)
    >>> {name}(np.ones((5, 3)), [0, 2], axis=0)
    """
    found = operand(arr)
    shape, at = (Shape((number_of_elements(found.shape),)), 0) if axis is None else (found.shape, axis)
    at = axis_of(at, shape.rank)
    size = shape[at].size
    if isinstance(obj, int):
        if isinstance(size, int) and not -size <= obj < size:
            raise NotKnown("a position")
        return Result(shape.replace(at, shape[at] - 1), found.dtype)
    if isinstance(obj, (list, tuple)) and all(isinstance(n, int) for n in obj) and isinstance(size, int):
        if not all(-size <= n < size for n in obj):
            raise NotKnown("positions")
        return Result(shape.replace(at, size - len({n % size for n in obj})), found.dtype)
    return Result(shape.replace(at, UNNAMED), found.dtype)


@function("numpy.resize")
def resize(a: Any, new_shape: Any) -> Result:
    """The shape that was asked for, the elements repeated.

    >>> {name}([1, 2, 3], (2, 4))
    """
    return Result(as_shape(new_shape), operand(a).dtype)
