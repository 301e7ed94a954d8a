"""Fourier transforms: `numpy.fft`."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import Operand, axes_of, axis_of, operand
from shapewright.knowledge.arrays.dtypes import complex_of, is_int
from shapewright.knowledge.numpy.arguments import size_of
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape


def _resized(a: Any, n: Any, axis: Any) -> tuple[Operand, int, Dim]:
    found = operand(a)
    at = axis_of(axis, found.shape.rank)
    size = found.shape[at] if n is None else size_of(n)
    if isinstance(size.size, int) and size.size < 1:
        raise NotKnown("some numbers")
    return found, at, size


@function("numpy.fft.fft", "numpy.fft.ifft")
def fft(a: Any, n: Any = None, axis: Any = -1, norm: Any = None, out: Any = None) -> Result:
    """The same shape of complex numbers.

    >>> {name}(np.ones((2, 8)))
    >>> {name}(np.ones((2, 8)), 16)
    """
    found, at, size = _resized(a, n, axis)
    return Result(found.shape.replace(at, size), _transformed(found.dtype))


def _transformed(dtype: str | None) -> str | None:
    """Since NumPy 2 transforms of single precision stay there; before, all were double."""
    return complex_of(dtype) if dtype in ("float64", "complex128") or is_int(dtype) else None


@function("numpy.fft.rfft")
def rfft(a: Any, n: Any = None, axis: Any = -1, norm: Any = None, out: Any = None) -> Result:
    """Half of an axis and one more, as complex numbers.

    >>> {name}(np.ones((2, 8)))
    >>> {name}(np.ones((2, 9)), axis=0)
    """
    found, at, size = _resized(a, n, axis)
    return Result(found.shape.replace(at, size // 2 + 1), _transformed(found.dtype))


@function("numpy.fft.irfft")
def irfft(a: Any, n: Any = None, axis: Any = -1, norm: Any = None, out: Any = None) -> Result:
    """Twice what is one less than an axis.

    >>> {name}(np.ones((2, 5)))
    >>> {name}(np.ones((2, 5)), 9)
    """
    found, at, size = _resized(a, None, axis)
    length = (size - 1) * 2 if n is None else size_of(n)
    if isinstance(length.size, int) and length.size < 1:
        raise NotKnown("some numbers")
    return Result(found.shape.replace(at, length), "float64" if _transformed(found.dtype) else None)


@function(*spelled("numpy.fft.", "fft2 ifft2"))
def fft2(a: Any, s: Any = None, axes: Any = (-2, -1), norm: Any = None, out: Any = None) -> Result:
    """The same shape of complex numbers.

    >>> {name}(np.ones((3, 8, 8)))
    """
    found = operand(a)
    axes_of(axes, found.shape.rank)
    if s is not None:
        raise NotKnown("s")
    return Result(found.shape, _transformed(found.dtype))


@function(*spelled("numpy.fft.", "fftn ifftn"))
def fftn(a: Any, s: Any = None, axes: Any = None, norm: Any = None, out: Any = None) -> Result:
    """The same shape of complex numbers.

    >>> {name}(np.ones((3, 8, 8)))
    """
    return fft2(a, s, axes)


@function(*spelled("numpy.fft.", "fftshift ifftshift"))
def fftshift(x: Any, axes: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(np.ones((2, 8)))
    """
    found = operand(x)
    return Result(found.shape, found.dtype)


@function("numpy.fft.fftfreq")
def fftfreq(n: Any, d: Any = 1.0, device: Any = None) -> Result:
    """n frequencies.

    >>> {name}(8)
    """
    return Result(Shape((size_of(n),)), "float64")


@function("numpy.fft.rfftfreq")
def rfftfreq(n: Any, d: Any = 1.0, device: Any = None) -> Result:
    """Half as many frequencies, and one more.

    >>> {name}(8)
    """
    return Result(Shape((size_of(n) // 2 + 1,)), "float64")
