"""Products of matrices. Source: keras/src/ops/numpy.py."""

from __future__ import annotations

import re
from typing import Any

from shapewright.knowledge.arrays import shapes
from shapewright.knowledge.arrays.arguments import narrowed, operand, promoted, tensors
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.tensor import Library


@function("keras.ops.matmul")
def matmul(x1: Any, x2: Any) -> Result:
    """Matrices in the last two axes, the others broadcast.

    >>> {name}(Input((4, 3)), Input((3, 5)))
    >>> {name}(np.ones((2, 3), "float32"), np.ones((3,), "float32"))
    """
    a, b = tensors(x1, x2)
    return Result(shapes.matmul(a.shape, b.shape), promoted("keras", a, b))


@function("keras.ops.dot")
def dot(x1: Any, x2: Any) -> Result:
    """The last axis of the first with the last but one of the second.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((4, 3, 5), "float32"))
    """
    a, b = tensors(x1, x2)
    made = shapes.dot(a.shape, b.shape)
    if Library.KERAS in (a.library, b.library) and b.shape.rank == 1 and a.shape.rank and a.shape[-1].size != b.shape[0].size:
        raise NotKnown("sizes that Keras finds equal")
    return Result(made, promoted("keras", a, b))


@function("keras.ops.tensordot")
def tensordot(x1: Any, x2: Any, axes: Any = 2) -> Result:
    """Summed over pairs of axes.

    >>> {name}(np.ones((2, 3, 4), "float32"), np.ones((4, 3, 5), "float32"), axes=[[1, 2], [1, 0]])
    """
    a, b = operand(x1), operand(x2)
    return Result(shapes.tensordot(a.shape, b.shape, axes), promoted("keras", a, b))


@function("keras.ops.outer")
def outer(x1: Any, x2: Any) -> Result:
    """Each element of the first times each of the second.

    >>> {name}(np.ones((2,), "float32"), np.ones((3,), "float32"))
    """
    a, b = operand(x1), operand(x2)
    if a.shape.rank != 1 or b.shape.rank != 1:
        raise NotKnown("vectors")
    return Result(Shape((*a.shape, *b.shape)), promoted("keras", a, b))


@function("keras.ops.einsum")
def einsum(subscripts: str, /, *operands: Any, **_: Any) -> Result:
    """As the equation says.

    >>> {name}("bij,bjk->bik", Input((4, 3)), Input((3, 5)))
    >>> {name}("...ij->...ji", np.ones((2, 3, 4), "float32"))
    >>> {name}("ij,jk", np.ones((2, 3), "float32"), np.ones((3, 4), "float32"))
    """
    found = [operand(x) for x in operands]
    if not all(isinstance(x, Given) for x in operands):
        raise NotKnown("tensors")
    runs = not any(x.library is Library.KERAS for x in found)
    if runs and any(x.dtype == "bool" for x in found):
        raise NotKnown("numbers")
    return Result(shapes.einsum(subscripts, [x.shape for x in found], strict=runs), promoted("keras", *found))


@function("keras.ops.rearrange")
def rearrange(tensor: Any, pattern: str, **axes_lengths: Any) -> Result:
    """Axes split, moved and joined as a pattern says. Source: keras/src/ops/einops.py.

    >>> {name}(np.ones((2, 6, 3), "float32"), "b (h w) c -> b c h w", h=2)
    >>> {name}(ops.ones((2, 4, 6, 3)), "b h w c -> b (h w) c")
    """
    found = operand(tensor)
    if not found.shape.is_known:
        raise NotKnown("sizes")
    left, arrow, right = pattern.partition("->")
    groups, wanted = _groups(left), _groups(right)
    if not arrow or len(groups) != found.shape.rank or "..." in pattern:
        raise NotKnown("a pattern that fits")
    sizes = {name: Dim(size) for name, size in axes_lengths.items() if isinstance(size, int)}
    for group, dim in zip(groups, found.shape, strict=True):
        _split_group(group, dim, sizes)
    if sorted(name for group in wanted for name in group) != sorted(sizes):
        raise NotKnown("the same names on both sides")
    return Result(Shape(number_of_elements(sizes[name] for name in group) for group in wanted), narrowed(found))


def _groups(text: str) -> list[list[str]]:
    """The names of each axis: `b (h w)` is [["b"], ["h", "w"]]."""
    found: list[list[str]] = []
    for inside, single in re.findall(r"\(([^)]*)\)|(\S+)", text):
        found.append([single] if single else inside.split())
    if any(not name.isidentifier() for group in found for name in group):
        raise NotKnown("names")
    return found


def _split_group(group: list[str], dim: Dim, sizes: dict[str, Dim]) -> None:
    """Works out the one size of a group that is not given."""
    open_names = [name for name in group if name not in sizes]
    known = number_of_elements(sizes[name] for name in group if name in sizes)
    if len(open_names) > 1 or not isinstance(known.size, int):
        raise NotKnown("all sizes but one")
    if (
        not isinstance(dim.size, int)
        or not known.size
        or dim.size % known.size
        or (not open_names and dim.size != known.size)
    ):
        raise NotKnown("sizes that fit")
    if open_names:
        sizes[open_names[0]] = dim if known.size == 1 else dim // known
