"""SciPy: images, signals, special functions and distances."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import axes_of, axis_of, operand
from shapewright.knowledge.arrays.dtypes import is_float
from shapewright.knowledge.arrays.shapes import reduced
from shapewright.knowledge.numpy.arguments import size_of
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.dimension import UNNAMED
from shapewright.tensors.shape import Shape

_FILTERS = (
    "gaussian_filter uniform_filter maximum_filter minimum_filter median_filter "
    "grey_erosion grey_dilation grey_opening grey_closing"
)


@function(*spelled("scipy.ndimage.", _FILTERS))
def filtered(input: Any, *_: Any, **options: Any) -> Result:
    """The same shape.

    >>> import scipy.ndimage; {name}(np.ones((8, 9)), 3)
    """
    if options.get("output") is not None:
        raise NotKnown("output")
    found = operand(input)
    return Result(found.shape, found.dtype if is_float(found.dtype) else None)


@function(*spelled("scipy.ndimage.", "binary_erosion binary_dilation binary_opening binary_closing binary_fill_holes"))
def binary(input: Any, *_: Any, **options: Any) -> Result:
    """A bool for each element.

    >>> import scipy.ndimage; {name}(np.ones((8, 9)))
    """
    if options.get("output") is not None:
        raise NotKnown("output")
    return Result(operand(input).shape, "bool")


@function("scipy.ndimage.label")
def label(input: Any, structure: Any = None, output: Any = None) -> tuple[Result, int | None]:
    """A number for each element, and how many there are.

    >>> import scipy.ndimage; {name}(np.ones((8, 9)))[0]
    """
    if output is not None:
        raise NotKnown("output")
    return Result(operand(input).shape), None


@function("scipy.ndimage.zoom")
def zoom(input: Any, zoom: Any, output: Any = None, *_: Any, **__: Any) -> Result:
    """Each axis times its factor, rounded.

    >>> import scipy.ndimage; {name}(np.ones((8, 9)), 0.5)
    >>> import scipy.ndimage; {name}(np.ones((8, 9, 3), "float32"), (2, 1.5, 1))
    """
    found = operand(input)
    factors = list(zoom) if isinstance(zoom, (tuple, list)) else [zoom] * found.shape.rank
    if len(factors) != found.shape.rank or not all(isinstance(f, (int, float)) for f in factors) or output is not None:
        raise NotKnown("factors")
    dims = []
    for dim, factor in zip(found.shape, factors, strict=True):
        size = round(dim.size * factor) if isinstance(dim.size, int) else dim.size if factor == 1 else UNNAMED
        dims.append(dim.derive(size))
    return Result(Shape(dims), found.dtype)


@function("scipy.ndimage.rotate")
def rotate(
    input: Any, angle: Any, axes: Any = (1, 0), reshape: Any = True, output: Any = None, *_: Any, **__: Any
) -> Result:
    """The same shape, unless the array grows to hold all of what is turned.

    >>> import scipy.ndimage; {name}(np.ones((8, 9, 3)), 30, reshape=False)
    >>> import scipy.ndimage; {name}(np.ones((8, 9, 3)), 30).ndim
    """
    found = operand(input)
    turned = axes_of(axes, found.shape.rank)
    if output is not None or reshape not in (True, False):
        raise NotKnown("reshape")
    if not reshape:
        return Result(found.shape, found.dtype)
    return Result(Shape(d.derive(UNNAMED) if n in turned else d for n, d in enumerate(found.shape)), found.dtype)


@function("scipy.ndimage.shift")
def shift(input: Any, shift: Any, output: Any = None, *_: Any, **__: Any) -> Result:
    """The same shape and dtype.

    >>> import scipy.ndimage; {name}(np.ones((8, 9)), 1)
    """
    if output is not None:
        raise NotKnown("output")
    return Result(operand(input).shape, operand(input).dtype)


# -- signals


@function("scipy.signal.lfilter")
def lfilter(b: Any, a: Any, x: Any, axis: Any = -1, zi: Any = None) -> Result:
    """The same shape.

    >>> import scipy.signal; {name}([1.0], [1.0, 0.5], np.ones((2, 8)))
    """
    if zi is not None:
        raise NotKnown("one result")
    return Result(operand(x).shape)


@function("scipy.signal.filtfilt")
def filtfilt(b: Any, a: Any, x: Any, axis: Any = -1, *_: Any, **__: Any) -> Result:
    """The same shape.

    >>> import scipy.signal; {name}([1.0], [1.0, 0.5], np.ones((2, 30)))
    """
    return Result(operand(x).shape)


@function("scipy.signal.resample")
def resample(x: Any, num: Any, t: Any = None, axis: Any = 0, *_: Any, **__: Any) -> Result:
    """So many samples along an axis.

    >>> import scipy.signal; {name}(np.ones((100, 3)), 50)
    >>> import scipy.signal; {name}(np.ones((3, 100)), 50, axis=1)
    """
    if t is not None:
        raise NotKnown("one result")
    shape = operand(x).shape
    return Result(shape.replace(axis_of(axis, shape.rank), size_of(num)))


@function("scipy.signal.detrend", "scipy.signal.hilbert")
def detrended(data: Any, /, *_: Any, **options: Any) -> Result:
    """The same shape.

    >>> import scipy.signal; {name}(np.ones((3, 100)))
    """
    if _ or set(options) - {"axis", "type"}:
        raise NotKnown("options")
    return Result(operand(data).shape)


# -- special functions, statistics, distances


@function("scipy.special.expit", "scipy.special.logit")
def expit(x: Any, /) -> Result:
    """The same shape.

    >>> import scipy.special; {name}(np.ones((2, 3)))
    """
    return Result(operand(x).shape)


@function("scipy.special.softmax", "scipy.special.log_softmax")
def softmax(x: Any, axis: Any = None) -> Result:
    """The same shape.

    >>> import scipy.special; {name}(np.ones((2, 3)), axis=-1)
    """
    return Result(operand(x).shape)


@function("scipy.special.logsumexp")
def logsumexp(a: Any, axis: Any = None, b: Any = None, keepdims: Any = False, return_sign: Any = False) -> Result:
    """Without the reduced axes.

    >>> import scipy.special; {name}(np.ones((2, 3)), axis=1)
    """
    if return_sign is not False or b is not None:
        raise NotKnown("one result")
    return Result(reduced(operand(a).shape, axis, keepdims))


@function("scipy.stats.zscore")
def zscore(a: Any, axis: Any = 0, ddof: Any = 0, nan_policy: Any = "propagate") -> Result:
    """The same shape.

    >>> import scipy.stats; {name}(np.ones((2, 3)))
    """
    return Result(operand(a).shape)


@function("scipy.spatial.distance.cdist")
def cdist(XA: Any, XB: Any, metric: Any = "euclidean", *_: Any, **__: Any) -> Result:
    """A distance for each pair of rows.

    >>> import scipy.spatial; {name}(np.ones((4, 3)), np.ones((5, 3)))
    """
    first, second = operand(XA).shape, operand(XB).shape
    if first.rank != 2 or second.rank != 2:
        raise NotKnown("matrices")
    return Result(Shape((first[0], second[0])), "float64")
