"""Shapes of the results of functions of arrays."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, zip_longest
from typing import Any

from shapewright.knowledge.arrays.arguments import axes_of, axis_of, size_of, sizes_of, unnamed
from shapewright.knowledge.rule import TRACED, Misfit, NotKnown, refuse
from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.dimension import UNNAMED, Dim, same_length
from shapewright.tensors.einsum import EquationError, RankError, SizeError
from shapewright.tensors.einsum import einsum as einsum_shape
from shapewright.tensors.shape import Shape, number_of_elements

# -- elementwise


def broadcasted(library: str, *shapes: Shape) -> Shape:
    """The shape of an elementwise result. Refuses shapes that do not broadcast with the library's own words."""
    found = shapes[0]
    for shape in shapes[1:]:
        try:
            found = broadcast(found, shape)
        except BroadcastError as error:
            a, b = found, shape
            facts = {"shapes": (a, b), "axis": error.axis}
            if library == "numpy":
                shown = " ".join(str(s).replace(", ", ",") for s in shapes)
                refuse("merge", f"operands could not be broadcast together with shapes {shown} ", **facts)
            raise Misfit("broadcast", **facts) from None
    return found


# -- reductions


def reduced(shape: Shape, axis: Any, keepdims: Any) -> Shape:
    """Without the reduced axes, or with 1 in their place."""
    if keepdims not in (True, False, None, 0, 1):
        raise NotKnown("keepdims")
    gone = axes_of(axis, shape.rank)
    if keepdims:
        return Shape(Dim(1) if n in gone else dim for n, dim in enumerate(shape))
    return Shape(dim for n, dim in enumerate(shape) if n not in gone)


# -- axes


def expanded(shape: Shape, axis: Any) -> Shape:
    """A new axis of size 1 at each position in `axis`, counted in the result."""
    count = len(axis) if isinstance(axis, (tuple, list)) else 1
    places = axes_of(axis, shape.rank + count) if axis is not None else ()
    if not places:
        raise NotKnown("axis")
    rest = iter(shape)
    return Shape(Dim(1) if n in places else next(rest) for n in range(shape.rank + count))


def squeezed(shape: Shape, axis: Any, dynamic: bool = False) -> Shape:
    """Without the axes of size 1, or without those named. `dynamic` axes named are taken to be 1."""
    if axis is None or axis in ([], ()):
        if any(not dim.is_known for dim in shape):
            raise NotKnown("which axes have size 1")
        return Shape(dim for dim in shape if dim.size != 1)
    places = axes_of(axis, shape.rank)
    for n, given in zip(places, axis if isinstance(axis, (tuple, list)) else [axis], strict=True):
        if isinstance(shape[n].size, int) and shape[n].size != 1:
            raise Misfit("squeeze", shape=shape, axis=given)
    if any(shape[n].size != 1 and not (dynamic and shape[n].is_dynamic) for n in places):
        raise NotKnown("axes of size 1")
    return Shape(dim for n, dim in enumerate(shape) if n not in places)


def transposed(shape: Shape, axes: Any) -> Shape:
    """The axes in another order, reversed unless told."""
    if axes is None:
        return Shape(reversed(shape.dims))
    numbers = isinstance(axes, (tuple, list)) and all(isinstance(n, int) for n in axes)
    if numbers and len(axes) != shape.rank:
        raise Misfit("permutation", shape=shape, axes=tuple(axes))
    order = axes_of(axes, shape.rank)
    if sorted(order) != list(range(shape.rank)):
        raise NotKnown("a permutation")
    return Shape(shape[n] for n in order)


def swapped(shape: Shape, a: Any, b: Any) -> Shape:
    """Two axes exchanged."""
    first, second = axis_of(a, shape.rank), axis_of(b, shape.rank)
    return shape.replace(first, shape[second]).replace(second, shape[first])


def moved(shape: Shape, source: Any, destination: Any) -> Shape:
    """Axes moved to other places; the others keep their order."""
    if source is None or destination is None:
        raise NotKnown("axes")
    sources, places = axes_of(source, shape.rank), axes_of(destination, shape.rank)
    if len(sources) != len(places):
        raise NotKnown("as many places as axes")
    order = [n for n in range(shape.rank) if n not in sources]
    for place, axis in sorted(zip(places, sources, strict=True)):
        order.insert(place, axis)
    return Shape(shape[n] for n in order)


def reshaped(shape: Shape, target: Any, refusal: str | None = None) -> Shape:
    """The same elements in another shape, one -1 standing for what is left. `refusal` is the library's text where the
    number of elements differs."""
    wanted = sizes_of(target)
    free = [axis for axis, dim in enumerate(wanted) if dim.size == -1]
    if len(free) > 1:
        raise Misfit("two-open", shape=shape, target=wanted, open=tuple(free))
    if any(isinstance(s, int) and s < -1 for s in wanted.sizes):
        raise NotKnown("one -1")
    total = number_of_elements(shape)
    rest = number_of_elements(dim for dim in wanted if dim.size != -1)
    if isinstance(total.size, int) and isinstance(rest.size, int):
        fits = total.size == rest.size if not free else rest.size != 0 and total.size % rest.size == 0
        if not fits:
            if refusal is None:
                raise Misfit("elements", shape=shape, target=wanted)
            refuse("elements", refusal.format(total=total, target=wanted), shape=shape, target=wanted)
        return wanted.replace(free[0], total // rest) if free else wanted
    if None in wanted.sizes and free and None in shape.sizes:
        return wanted.replace(free[0], Dim(None))  # two open sizes: neither is worked out
    if None in wanted.sizes and total.is_known and TRACED.get():
        return _worked_out(wanted, total.size)
    if None in wanted.sizes and (free or total.is_known):
        raise NotKnown("which of the sizes the library works out")
    if not free:
        return wanted
    dynamic = None in shape.sizes or None in wanted.sizes
    return wanted.replace(free[0], Dim(None if dynamic else UNNAMED))


def _worked_out(wanted: Shape, total: object) -> Shape:
    """A graph works out the one size that only values know, from the number of elements; of several it knows none."""
    open_sizes = [axis for axis, dim in enumerate(wanted) if dim.size in (None, -1)]
    rest = number_of_elements(dim for dim in wanted if dim.size not in (None, -1))
    if len(open_sizes) > 1:
        return Shape(Dim(None) if axis in open_sizes else dim for axis, dim in enumerate(wanted))
    if not isinstance(total, int) or not isinstance(rest.size, int) or not rest.size or total % rest.size:
        raise NotKnown("the number of elements")
    return wanted.replace(open_sizes[0], Dim(total // rest.size))


def broadcast_to(shape: Shape, target: Any) -> Shape:
    """The target; the shape has to broadcast to it."""
    wanted = sizes_of(target)
    if wanted.rank < shape.rank or any(isinstance(s, int) and s < 0 for s in wanted.sizes):
        raise NotKnown("a shape that it broadcasts to")
    try:
        found = broadcast(shape, wanted)
    except BroadcastError:
        raise NotKnown("a shape that it broadcasts to") from None
    if found.sizes != wanted.sizes and wanted.is_known:
        raise NotKnown("a shape that it broadcasts to")
    return wanted


# -- joining and repeating


def concatenated(shapes: Sequence[Shape], axis: Any) -> Shape:
    """Alike but for `axis`, whose sizes add up."""
    if not shapes:
        raise NotKnown("arrays")
    if axis is None:
        return Shape((_sum([number_of_elements(shape) for shape in shapes]),))
    at = axis_of(axis, shapes[0].rank)
    _same_rank("join-rank", shapes)
    dims = list(shapes[0].dims)
    for number, shape in enumerate(shapes[1:], 1):
        for n, dim in enumerate(shape):
            if n == at:
                continue
            if same_length(dims[n], dim) is False:
                raise Misfit("join", shapes=tuple(shapes), other=number, axis=n, joined=at)
            dims[n] = dims[n] if dims[n].is_known else dim
    dims[at] = _sum([shape[at] for shape in shapes])
    return Shape(dims)


def _same_rank(kind: str, shapes: Sequence[Shape]) -> None:
    for number, shape in enumerate(shapes):
        if shape.rank != shapes[0].rank:
            raise Misfit(kind, shapes=tuple(shapes), other=number)


def _sum(dims: Sequence[Dim]) -> Dim:
    total = dims[0]
    for dim in dims[1:]:
        total = total + dim
    return total


def stacked(shapes: Sequence[Shape], axis: Any) -> Shape:
    """Arrays of one shape along a new axis."""
    if not shapes:
        raise NotKnown("arrays")
    _same_rank("stack", shapes)
    dims = list(shapes[0].dims)
    for number, shape in enumerate(shapes[1:], 1):
        for n, dim in enumerate(shape):
            if same_length(dims[n], dim) is False:
                raise Misfit("stack", shapes=tuple(shapes), other=number, axis=n)
            dims[n] = dims[n] if dims[n].is_known else dim
    return Shape(dims).insert(axis_of(axis, len(dims) + 1), len(shapes))


def divided(shape: Shape, parts: Any, axis: Any, uneven: bool = False) -> list[Shape]:
    """An axis cut into equal parts, or at some positions."""
    at = axis_of(axis, shape.rank)
    size = shape[at].size
    if isinstance(parts, int) and not isinstance(parts, bool):
        if not 0 < parts <= 1000:
            raise NotKnown("a number of parts")
        if not isinstance(size, int):
            if uneven:
                raise NotKnown("the size of the axis")
            return [shape.replace(at, unnamed(shape[at]))] * parts
        if size % parts and not uneven:
            raise Misfit("split", shape=shape, axis=at, parts=parts)
        lengths = [size // parts + (n < size % parts) for n in range(parts)]
        return [shape.replace(at, shape[at].derive(n)) for n in lengths]
    if not isinstance(parts, (tuple, list)) or not isinstance(size, int) or not all(isinstance(p, int) for p in parts):
        raise NotKnown("positions")
    bounds = [0, *(slice(p).indices(size)[1] for p in parts), size]
    return [shape.replace(at, Dim(max(0, b - a))) for a, b in pairwise(bounds)]


def tiled(shape: Shape, repeats: Any) -> Shape:
    """Each axis so many times; axes of size 1 are put in front where there are more numbers."""
    times = sizes_of(repeats)
    pairs = list(zip_longest(reversed(shape.dims), reversed(times.dims), fillvalue=Dim(1)))
    return Shape(_times(dim, time) for dim, time in reversed(pairs))


def _times(dim: Dim, time: Dim) -> Dim:
    return time if dim.size == 1 or time.size == 0 else dim * time


def repeated(shape: Shape, repeats: Any, axis: Any) -> Shape:
    """Each element so many times along an axis, or of the flattened array."""
    if isinstance(repeats, (tuple, list)) and len(repeats) == 1:
        repeats = repeats[0]
    if axis is None:
        shape, axis = Shape((number_of_elements(shape),)), 0
    at = axis_of(axis, shape.rank)
    if isinstance(repeats, (tuple, list)):
        if len(repeats) != shape[at].size or not all(isinstance(r, int) for r in repeats):
            raise NotKnown("a number for each")
        return shape.replace(at, sum(repeats))
    return shape.replace(at, _times(shape[at], size_of(repeats)))


def padded(shape: Shape, widths: Any) -> Shape:
    """So much added before and after each axis: a number, a pair, or a pair an axis."""
    if isinstance(widths, int):
        widths = [(widths, widths)] * shape.rank
    if not isinstance(widths, (tuple, list)) or not widths:
        raise NotKnown("pad_width")
    if all(isinstance(w, int) for w in widths):
        widths = [tuple(widths) * (2 if len(widths) == 1 else 1)] * shape.rank
    if len(widths) == 1:
        widths = list(widths) * shape.rank
    if len(widths) != shape.rank:
        raise NotKnown("a pair for each axis")
    dims = []
    for dim, pair in zip(shape, widths, strict=True):
        if not isinstance(pair, (tuple, list)) or len(pair) != 2:
            raise NotKnown("a pair for each axis")
        before, after = (size_of(amount) for amount in pair)
        amount = before + after
        dims.append(dim if amount.size == 0 else dim + amount)
    return Shape(dims)


# -- picking


def taken(shape: Shape, indices: Shape, axis: Any) -> Shape:
    """The indices' axes in place of one axis; without an axis, of the flattened array."""
    if axis is None:
        return indices
    at = axis_of(axis, shape.rank)
    return Shape((*shape.dims[:at], *indices, *shape.dims[at + 1 :]))


def diagonal(shape: Shape, offset: Any, axis1: Any = 0, axis2: Any = 1) -> Shape:
    """Without two axes, and their diagonal last."""
    a, b = axis_of(axis1, shape.rank), axis_of(axis2, shape.rank)
    if not isinstance(offset, int) or a == b:
        raise NotKnown("two axes")
    rest = [dim for n, dim in enumerate(shape) if n not in (a, b)]
    rows, columns = shape[a].size, shape[b].size
    if isinstance(rows, int) and isinstance(columns, int):
        length = min(rows, columns - offset) if offset >= 0 else min(rows + offset, columns)
        return Shape((*rest, max(0, length)))
    return Shape((*rest, Dim(None if None in (rows, columns) else UNNAMED)))


# -- products


def matmul(a: Shape, b: Shape) -> Shape:
    """Matrices in the last two axes, the others broadcast. Raises `NotKnown` where they do not go together."""
    if not a.rank or not b.rank:
        raise NotKnown("arrays with an axis")
    left = a if a.rank > 1 else a.insert(0, 1)
    right = b if b.rank > 1 else b.insert(1, 1)
    if same_length(left[-1], right[-2]) is False:
        raise Misfit("product", shapes=(a, b), inner=(left[-1], right[-2]))
    try:
        lead = broadcast(Shape(left.dims[:-2]), Shape(right.dims[:-2]))
    except BroadcastError as error:
        raise Misfit("product-lead", shapes=(a, b), axis=error.axis) from None
    dims = list(lead.dims)
    if a.rank > 1:
        dims.append(left[-2])
    if b.rank > 1:
        dims.append(right[-1])
    return Shape(dims)


def dot(a: Shape, b: Shape) -> Shape:
    """NumPy's dot: the last axis of the first with the last but one of the second."""
    if not a.rank or not b.rank:
        return b if not a.rank else a
    at = -2 if b.rank > 1 else -1
    if same_length(a[-1], b[at]) is False:
        raise Misfit("product", shapes=(a, b), inner=(a[-1], b[at]))
    return Shape((*a.without(-1), *b.without(at)))


def tensordot(a: Shape, b: Shape, axes: Any) -> Shape:
    """Summed over pairs of axes."""
    if isinstance(axes, int):
        if not 0 <= axes <= min(a.rank, b.rank):
            raise NotKnown("axes")
        first, second = tuple(range(a.rank - axes, a.rank)), tuple(range(axes))
    elif isinstance(axes, (tuple, list)) and len(axes) == 2 and None not in axes:
        first, second = axes_of(axes[0], a.rank), axes_of(axes[1], b.rank)
    else:
        raise NotKnown("axes")
    if len(first) != len(second) or any(same_length(a[i], b[j]) is False for i, j in zip(first, second, strict=True)):
        raise NotKnown("axes of one size")
    return Shape((*(d for n, d in enumerate(a) if n not in first), *(d for n, d in enumerate(b) if n not in second)))


def einsum(equation: str, shapes: Sequence[Shape], strict: bool = False) -> Shape:
    """As the equation says. `strict` does not take an axis of 1 for one of any other size."""
    try:
        return einsum_shape(equation, shapes, strict)
    except SizeError as error:
        facts = {"operand": error.operand, "axis": error.axis, "inner": (Dim(error.known), Dim(error.found))}
        raise Misfit("einsum", equation=equation, shapes=tuple(shapes), **facts) from None
    except RankError as error:
        facts = {"operand": error.operand, "letters": error.letters}
        raise Misfit("einsum-rank", equation=equation, shapes=tuple(shapes), **facts) from None
    except EquationError as error:
        raise NotKnown(str(error)) from None
