"""OpenCV: images are arrays of rows, columns and channels; sizes are given as (width, height)."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.numpy.arguments import elements, size_of
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN, Api


def _image(shape: Shape, dtype: str | None) -> Result:
    return Result(shape, dtype, Library.NUMPY)


def _sized(src: Given, dsize: Any) -> Result:
    """The size that was asked for. One channel alone has no axis in what OpenCV gives."""
    wanted = elements(dsize)
    if src.rank not in (2, 3) or not isinstance(wanted, (tuple, list)) or len(wanted) != 2:
        raise NotKnown("a size")
    width, height = (size_of(n) for n in wanted)
    channels = src.shape.dims[2:]
    if channels and not channels[0].is_known:
        raise NotKnown("whether it is one channel")
    return _image(Shape((height, width, *(c for c in channels if c.size != 1))), src.dtype)


@function("cv2.resize")
def resize(src: Given, dsize: Any, *_: Any, **__: Any) -> Result:
    """(rows, columns, channels) -> (height, width, channels), for `dsize=(width, height)`.

    >>> import cv2; {name}(np.ones((4, 5, 3), "uint8"), (8, 9))
    >>> import cv2; {name}(np.ones((4, 5), "float32"), (8, 9))
    >>> import cv2; {name}(np.ones((4, 5, 1), "float32"), dsize=(8, 9))
    """
    return _sized(src, dsize)


@function("cv2.warpAffine", "cv2.warpPerspective")
def warp(src: Given, M: Any, dsize: Any, *_: Any, **__: Any) -> Result:
    """The size that was asked for, as (width, height).

    >>> import cv2; {name}(np.ones((4, 5, 3), "uint8"), np.eye(3)["Aff" in "{name}":], (8, 9))
    """
    return _sized(src, dsize)


@function("cv2.cvtColor")
def cvt_color(src: Given, code: Any, *_: Any, **__: Any) -> Result:
    """As many channels as the code's name says.

    >>> import cv2; {name}(np.ones((4, 5, 3), "uint8"), cv2.COLOR_BGR2RGB)
    >>> import cv2; {name}(np.ones((4, 5, 3), "uint8"), cv2.COLOR_RGB2GRAY)
    >>> import cv2; {name}(np.ones((4, 5), "uint8"), cv2.COLOR_GRAY2RGB)
    >>> import cv2; {name}(np.ones((4, 5, 3), "uint8"), cv2.COLOR_BGR2HSV)
    >>> import cv2; {name}(np.ones((4, 5, 3), "uint8"), cv2.COLOR_RGB2RGBA)
    """
    name = code.name.rsplit(".", 1)[-1] if isinstance(code, Api) else ""
    target = name.rpartition("2")[2].removesuffix("_FULL")
    if not name.startswith("COLOR_") or src.rank not in (2, 3):
        raise NotKnown("a code")
    rows = src.shape.dims[:2]
    if target == "GRAY":
        return _image(Shape(rows), src.dtype)
    channels = {"RGBA": 4, "BGRA": 4}.get(target, 3 if target in _THREE else 0)
    if not channels:
        raise NotKnown("a code")
    return _image(Shape((*rows, channels)), src.dtype)


_THREE = frozenset(["RGB", "BGR", "HSV", "HLS", "LAB", "Lab", "LUV", "Luv", "XYZ", "YUV", "YCR_CB", "YCrCb"])


@function("cv2.imread")
def imread(filename: Any, flags: Any = None) -> Result:
    """(rows, columns, 3) unless asked for gray; how many rows and columns is not known."""
    name = flags.name.rsplit(".", 1)[-1] if isinstance(flags, Api) else flags
    if name in (None, "IMREAD_COLOR", "IMREAD_COLOR_BGR", "IMREAD_COLOR_RGB", 1):
        return _image(Shape((UNNAMED, UNNAMED, 3)), "uint8")
    if name in ("IMREAD_GRAYSCALE", 0):
        return _image(Shape((UNNAMED, UNNAMED)), "uint8")
    raise NotKnown("flags")


def _same(src: Given) -> Result:
    if src.rank != 2 and (src.rank != 3 or src.shape[2].size == 1 or not src.shape[2].is_known):
        raise NotKnown("channels: one alone loses its axis")
    return _image(src.shape, src.dtype)


@function("cv2.GaussianBlur", "cv2.blur")
def blurred(src: Given, ksize: Any, *_: Any, **__: Any) -> Result:
    """The same image.

    >>> import cv2; {name}(np.ones((9, 9, 3), "uint8"), (3, 3), **({"sigmaX": 0} if "Gauss" in "{name}" else {}))
    """
    return _same(src)


@function("cv2.medianBlur")
def median_blurred(src: Given, ksize: Any, *_: Any, **__: Any) -> Result:
    """The same image.

    >>> import cv2; {name}(np.ones((9, 9, 3), "uint8"), 3)
    """
    return _same(src)


@function("cv2.flip")
def flip(src: Given, flipCode: Any, *_: Any) -> Result:
    """The same image.

    >>> import cv2; {name}(np.ones((4, 5, 3), "uint8"), 1)
    """
    return _same(src)


@function("cv2.threshold")
def threshold(src: Given, *_: Any, **__: Any) -> Any:
    """A number and the image.

    >>> import cv2; {name}(np.ones((4, 5), "uint8"), 3, 255, cv2.THRESH_BINARY)[1]
    """
    return UNKNOWN, _same(src)


@function("cv2.getRotationMatrix2D")
def rotation_matrix(center: Any, angle: Any, scale: Any) -> Result:
    """(2, 3).

    >>> import cv2; {name}((1, 2), 30, 1)
    """
    return _image(Shape((2, 3)), "float64")


@function("cv2.copyMakeBorder")
def border(src: Given, top: Any, bottom: Any, left: Any, right: Any, *_: Any, **__: Any) -> Result:
    """So many rows and columns more.

    >>> import cv2; {name}(np.ones((4, 5, 3), "uint8"), 1, 2, 3, 4, cv2.BORDER_CONSTANT)
    """
    kept = _same(src).shape
    assert kept is not None
    rows: Dim = kept[0] + size_of(top) + size_of(bottom)
    columns: Dim = kept[1] + size_of(left) + size_of(right)
    return _image(Shape((rows, columns, *kept.dims[2:])), src.dtype)
