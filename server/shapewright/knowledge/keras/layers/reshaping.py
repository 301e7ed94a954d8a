"""Layers that rearrange axes. Source: keras/src/layers/reshaping."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from shapewright.knowledge.keras.layers.windows import channels_last, per_axis, refuse_negative
from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, InputSpec, Ints, NotKnown, refuse
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape, number_of_elements


@layer("keras.layers.Flatten")
def flatten(x: Given, data_format: Any = None, **_: Any) -> Applied:
    """(batch, a, b, ...) -> (batch, a * b * ...). Source: keras/src/layers/reshaping/flatten.py.

    >>> {name}()(Input((3, 4)))
    >>> {name}()(Input((None, 4)))
    >>> {name}()(Input(()))
    """
    channels_last(data_format)
    if x.rank == 0:
        raise NotKnown("a batch axis")
    return Applied(Shape((x.axis(0), number_of_elements(x.shape.dims[1:]))), dtype=x.kept_dtype)


@layer("keras.layers.Reshape")
def reshape(x: Given, target_shape: Dim | Sequence[Dim], **_: Any) -> Applied:
    """(batch, ...) -> (batch, *target_shape), one -1 standing for what is left.

    Source: keras/src/layers/reshaping/reshape.py, compute_reshape_output_shape in keras/src/ops/operation_utils.py.

    >>> {name}((4, 3))(Input((2, 6)))
    >>> {name}((-1, 3))(Input((None, 6)))
    >>> {name}((5, 3))(Input((2, 6)))
    >>> {name}(12)(Input((2, 6)))
    """
    if isinstance(target_shape, (int, Dim)):
        refuse("int", "'int' object is not iterable", argument="target_shape")
    given = Shape(x.shape.dims[1:])
    target = Shape(target_shape)
    free = [axis for axis, dim in enumerate(target) if dim.size == -1]
    if len(free) > 1:
        raise NotKnown("a target with one -1 at most")
    total = number_of_elements(given)
    rest = number_of_elements(dim for dim in target if dim.size != -1)
    if isinstance(total.size, int) and isinstance(rest.size, int):
        facts = f" Received: input_shape={given}, target_shape={target}"
        if not free and total.size != rest.size:
            refuse("elements", f"The total size of the tensor must be unchanged.{facts}", shape=x.shape, target=target)
        if free and (rest.size == 0 or total.size % rest.size):
            refuse(
                "elements",
                "The total size of the tensor must be unchanged, however, the input size cannot by divided by the "
                f"specified dimensions in target_shape.{facts}",
                shape=x.shape,
                target=target,
            )
    if free:
        dynamic = None in given.sizes or None in target.sizes
        left = total // rest if total.is_known and rest.is_known else Dim(None if dynamic else UNNAMED)
        target = target.replace(free[0], left)
    return Applied(Shape((x.axis(0), *target)), dtype=x.kept_dtype)


@layer("keras.layers.Permute")
def permute(x: Given, dims: Sequence[int], **_: Any) -> Applied:
    """Reorders the axes behind the batch axis, which are counted from 1. Source: keras/src/layers/reshaping/permute.py.

    >>> {name}((2, 1))(Input((2, 6)))
    >>> {name}((2, 1))(Input((8, 8, 4)))
    """
    InputSpec(ndim=len(dims) + 1).check(x.shape)
    if sorted(dims) != list(range(1, x.rank)):
        raise NotKnown("a permutation")
    return Applied(Shape((x.axis(0), *(x.axis(d) for d in dims))), dtype=x.kept_dtype)


@layer("keras.layers.RepeatVector", ndim=2, axes="batch features")
def repeat_vector(x: Given, n: Dim, **_: Any) -> Applied:
    """(batch, features) -> (batch, n, features). Source: keras/src/layers/reshaping/repeat_vector.py.

    >>> {name}(3)(Input((6,)))
    >>> {name}(3)(Input((6, 2)))
    """
    return Applied(Shape((x.axis(0), n, x.axis(1))), dtype=x.cast_dtype)


# -- padding, cropping, repeating


def _pairs(value: Any, count: int) -> list[tuple[Any, Any]]:
    """(before, after) for each axis, given as one int, an int an axis, or a pair an axis.

    Source: keras/src/utils/argument_validation.py.
    """
    if isinstance(value, int):
        return [(value, value)] * count
    if not isinstance(value, (tuple, list)) or (len(value) != count and count > 1):
        raise NotKnown("an amount for each axis")
    pairs = [value] if count == 1 and len(value) == 2 and all(isinstance(v, int) for v in value) else value
    found = [(item, item) if isinstance(item, int) else tuple(item) for item in pairs]
    if any(len(pair) != 2 or not all(isinstance(v, int) for v in pair) for pair in found):
        raise NotKnown("an amount for each axis")
    return found


def _changed(x: Given, count: int, data_format: Any, change: Callable[[int, Dim], Dim]) -> Applied:
    """Each of `count` spatial axes changed."""
    first = 1 if channels_last(data_format) else 2
    dims = list(x.shape.dims)
    for n in range(count):
        dims[first + n] = change(n, dims[first + n])
    return Applied(Shape(dims), dtype=x.cast_dtype)


def _padded(x: Given, count: int, padding: Any, data_format: Any) -> Applied:
    pairs = _pairs(padding, count)
    return _changed(x, count, data_format, lambda n, dim: dim + (pairs[n][0] + pairs[n][1]))


def _cropped(x: Given, count: int, cropping: Any, data_format: Any) -> Applied:
    pairs = _pairs(cropping, count)
    made = _changed(x, count, data_format, lambda n, dim: dim - (pairs[n][0] + pairs[n][1]))
    given = tuple((int(a), int(b)) for a, b in pairs)
    shown = f"{'input_shape' if x.tensor.is_symbolic else 'inputs.shape'}={x.shape}, cropping={given if count > 1 else given[0]}"
    if count == 1:
        text = f"`cropping` parameter of `Cropping1D` layer must be smaller than the input length. Received: {shown}"
    else:
        text = "Values in `cropping` argument should be smaller than the corresponding spatial dimension of the input. "
        text = f"{text}Received: {shown}"
    refuse_negative(made.output.dims[1:], text, x.shape)
    return made


def _repeated(x: Given, count: int, size: Any, data_format: Any) -> Applied:
    times = per_axis(size, count)
    return _changed(x, count, data_format, lambda n, dim: dim * times[n])


@layer("keras.layers.ZeroPadding1D", ndim=3, axes="batch steps channels")
def zero_padding_1d(x: Given, padding: Any = 1, data_format: Any = None, **_: Any) -> Applied:
    """(batch, steps, channels) -> (batch, padded steps, channels). Source: keras/src/layers/reshaping/zero_padding1d.py.

    >>> {name}(2)(Input((10, 3)))
    >>> {name}((1, 2))(Input((None, 3)))
    """
    return _padded(x, 1, padding, data_format)


@layer("keras.layers.ZeroPadding2D", ndim=4, axes="batch height width channels")
def zero_padding_2d(x: Given, padding: Any = (1, 1), data_format: Any = None, **_: Any) -> Applied:
    """(batch, height, width, channels) -> (batch, padded height, padded width, channels).

    Source: keras/src/layers/reshaping/zero_padding2d.py.

    >>> {name}()(Input((10, 11, 3)))
    >>> {name}(((0, 1), (2, 3)))(Input((None, 11, 3)))
    >>> {name}((1, 2))(Input((10, 11, 3)))
    """
    return _padded(x, 2, padding, data_format)


@layer("keras.layers.ZeroPadding3D", ndim=5, axes="batch depth height width channels")
def zero_padding_3d(x: Given, padding: Any = ((1, 1), (1, 1), (1, 1)), data_format: Any = None, **_: Any) -> Applied:
    """Each of the three spatial axes padded. Source: keras/src/layers/reshaping/zero_padding3d.py.

    >>> {name}((1, 2, 3))(Input((8, 10, 11, 3)))
    """
    return _padded(x, 3, padding, data_format)


@layer("keras.layers.Cropping1D", ndim=3, axes="batch steps channels")
def cropping_1d(x: Given, cropping: Any = (1, 1), **_: Any) -> Applied:
    """(batch, steps, channels) -> (batch, fewer steps, channels). Source: keras/src/layers/reshaping/cropping1d.py.

    >>> {name}((1, 2))(Input((10, 3)))
    """
    return _cropped(x, 1, cropping, None)


@layer("keras.layers.Cropping2D", ndim=4, axes="batch height width channels")
def cropping_2d(x: Given, cropping: Any = ((0, 0), (0, 0)), data_format: Any = None, **_: Any) -> Applied:
    """(batch, height, width, channels) -> (batch, less height, less width, channels).

    Source: keras/src/layers/reshaping/cropping2d.py.

    >>> {name}(((1, 2), (3, 0)))(Input((10, 11, 3)))
    >>> {name}(2)(Input((None, 11, 3)))
    """
    return _cropped(x, 2, cropping, data_format)


@layer("keras.layers.Cropping3D", ndim=5, axes="batch depth height width channels")
def cropping_3d(x: Given, cropping: Any = ((1, 1), (1, 1), (1, 1)), data_format: Any = None, **_: Any) -> Applied:
    """Each of the three spatial axes cropped. Source: keras/src/layers/reshaping/cropping3d.py.

    >>> {name}((1, 2, 3))(Input((8, 10, 11, 3)))
    """
    return _cropped(x, 3, cropping, data_format)


@layer("keras.layers.UpSampling1D", ndim=3, axes="batch steps channels")
def up_sampling_1d(x: Given, size: Ints = 2, **_: Any) -> Applied:
    """(batch, steps, channels) -> (batch, steps * size, channels). Source: keras/src/layers/reshaping/up_sampling1d.py.

    >>> {name}(3)(Input((10, 3)))
    """
    return _repeated(x, 1, size, None)


@layer("keras.layers.UpSampling2D", ndim=4, axes="batch height width channels")
def up_sampling_2d(
    x: Given, size: Ints = (2, 2), data_format: Any = None, interpolation: Any = "nearest", **_: Any
) -> Applied:
    """(batch, height, width, channels) -> (batch, height * size, width * size, channels).

    Source: keras/src/layers/reshaping/up_sampling2d.py.

    >>> {name}()(Input((10, None, 3)))
    >>> {name}((2, 3), interpolation="bilinear")(Input((10, 11, 3)))
    """
    return _repeated(x, 2, size, data_format)


@layer("keras.layers.UpSampling3D", ndim=5, axes="batch depth height width channels")
def up_sampling_3d(x: Given, size: Ints = (2, 2, 2), data_format: Any = None, **_: Any) -> Applied:
    """Each of the three spatial axes repeated. Source: keras/src/layers/reshaping/up_sampling3d.py.

    >>> {name}((1, 2, 3))(Input((8, 10, 11, 3)))
    """
    return _repeated(x, 3, size, data_format)
