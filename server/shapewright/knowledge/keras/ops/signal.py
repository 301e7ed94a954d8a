"""Fourier transforms and what cuts a signal into windows. Source: keras/src/ops/math.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import narrowed, operand, size_of
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape

Pair = tuple[Result, Result]


def _pair(x: Any, rank: int) -> Shape:
    """The shape of a real and an imaginary part."""
    if not isinstance(x, (tuple, list)) or len(x) != 2:
        raise NotKnown("a real and an imaginary part")
    first, second = operand(x[0]), operand(x[1])
    if first.shape.sizes != second.shape.sizes or first.shape.rank < rank:
        raise NotKnown("parts of one shape")
    if narrowed(first) != "float32" or narrowed(second) != "float32":
        raise NotKnown("float32")
    return first.shape


def _both(shape: Shape) -> Pair:
    return Result(shape, "float32"), Result(shape, "float32")


@function("keras.ops.fft")
def fft(x: Any) -> Pair:
    """Keeps the shape of both parts.

    >>> {name}((np.ones((2, 4), "float32"), np.ones((2, 4), "float32")))
    """
    return _both(_pair(x, 1))


@function(*spelled("keras.ops.", "fft2 ifft2"))
def fft2(x: Any) -> Pair:
    """Keeps the shape of both parts.

    >>> {name}((np.ones((2, 4), "float32"), np.ones((2, 4), "float32")))
    >>> {name}((Input((2, 4)), Input((2, 4))))
    """
    return _both(_pair(x, 2))


def _frequencies(length: Dim) -> Dim:
    return length // 2 + 1


@function("keras.ops.rfft")
def rfft(x: Any, fft_length: Any = None) -> Pair:
    """The last axis becomes the frequencies.

    >>> {name}(np.ones((2, 6), "float32"))
    >>> {name}(Input((6,)), fft_length=8)
    """
    found = operand(x)
    if not found.shape.rank or narrowed(found) != "float32":
        raise NotKnown("float32")
    length = found.shape[-1] if fft_length is None else size_of(fft_length)
    return _both(found.shape.replace(-1, _frequencies(length)))


@function("keras.ops.irfft")
def irfft(x: Any, fft_length: Any = None) -> Result:
    """The frequencies become the last axis.

    >>> {name}((np.ones((2, 4), "float32"), np.ones((2, 4), "float32")))
    """
    shape = _pair(x, 1)
    return Result(shape.replace(-1, (shape[-1] - 1) * 2 if fft_length is None else size_of(fft_length)), "float32")


@function("keras.ops.extract_sequences")
def extract_sequences(x: Any, sequence_length: int, sequence_stride: int) -> Result:
    """(..., n) -> (..., sequences, sequence_length).

    >>> {name}(np.ones((2, 10), "float32"), 4, 2)
    >>> {name}(Input((10,)), 4, 2)
    """
    found = operand(x)
    return Result(_cut(found.shape, sequence_length, sequence_stride), narrowed(found))


def _cut(shape: Shape, length: int, stride: int) -> Shape:
    if not shape.rank or stride < 1:
        raise NotKnown("a signal")
    size = shape[-1].size
    count: int | str | None = size if size is None else UNNAMED
    if isinstance(size, int):
        count = 1 + (size - length) // stride
        if count < 1:
            raise NotKnown("a signal that is long enough")
    return Shape((*shape.without(-1), count, length))


@function("keras.ops.stft")
def stft(
    x: Any, sequence_length: int, sequence_stride: int, fft_length: int, window: Any = "hann", center: Any = True
) -> Pair:
    """(..., n) -> (..., sequences, fft_length // 2 + 1).

    >>> {name}(np.ones((2, 20), "float32"), 4, 2, 8)
    >>> {name}(Input((20,)), 4, 2, 8, center=False)
    """
    found = operand(x)
    if narrowed(found) != "float32" or not isinstance(center, bool) or not found.shape.rank:
        raise NotKnown("float32")
    shape = found.shape
    if center:
        shape = shape.replace(-1, shape[-1] + 2 * (fft_length // 2))
    return _both(_cut(shape, fft_length, sequence_stride).replace(-1, fft_length // 2 + 1))


@function("keras.ops.istft")
def istft(
    x: Any,
    sequence_length: int,
    sequence_stride: int,
    fft_length: int,
    length: Any = None,
    window: Any = "hann",
    center: Any = True,
) -> Result:
    """(..., sequences, frequencies) -> (..., length).

    >>> {name}((np.ones((2, 5, 5), "float32"), np.ones((2, 5, 5), "float32")), 4, 2, 8, length=12)
    """
    if not isinstance(length, int):
        raise NotKnown("length")
    shape = _pair(x, 2)
    return Result(Shape((*shape.dims[:-2], length)), "float32")


@function("keras.ops.view_as_complex")
def view_as_complex(x: Any) -> Result:
    """Without the last axis, which holds the two parts.

    >>> {name}(np.ones((3, 2), "float32"))
    """
    found = operand(x)
    if not found.shape.rank or found.shape[-1].size != 2:
        raise NotKnown("two parts")
    return Result(found.shape.without(-1), "complex64" if narrowed(found) == "float32" else None)


@function("keras.ops.view_as_real")
def view_as_real(x: Any) -> Result:
    """A last axis for the two parts.

    >>> {name}(np.ones((3, 2), "complex64"))
    """
    found = operand(x)
    return Result(Shape((*found.shape, 2)), "float32" if found.dtype == "complex64" else None)
