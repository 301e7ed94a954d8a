"""`tf.signal`: frames and Fourier transforms."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import axes_of, chosen_dtype, narrowed, operand, size_of
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import TRACED, Given, NotKnown, Result
from shapewright.knowledge.tensorflow.common import ABSENT, alike, complex_of, first_operand, flag, leading, real_of
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise NotKnown("a number")
    return value


def _frames(dim: Dim, length: int, step: int, pad_end: Any) -> Dim:
    """How many frames an axis gives."""
    if flag(pad_end):
        return dim.ceil_div(step)
    if isinstance(dim.size, int):
        return dim.derive(max(0, 1 + (dim.size - length) // step))
    return Dim(None if dim.is_dynamic else UNNAMED)


@function("tensorflow.signal.frame")
def frame(
    signal: Any,
    frame_length: Any,
    frame_step: Any,
    pad_end: Any = False,
    pad_value: Any = 0,
    axis: Any = -1,
    name: Any = None,
) -> Result:
    """An axis cut into frames that may overlap.

    >>> {name}(tf.ones((2, 100)), 20, 10)
    >>> {name}(tf.ones((2, 105)), 20, 10, pad_end=True)
    """
    found = operand(signal)
    length, step = _whole(frame_length), _whole(frame_step)
    if axis not in (-1, found.shape.rank - 1):
        raise NotKnown("the last axis")
    count = _frames(found.shape[-1], length, step, pad_end)
    return Result(Shape((*leading(found.shape, 1), count, length)), narrowed(found))


@function("tensorflow.signal.stft")
def stft(
    signals: Any,
    frame_length: Any,
    frame_step: Any,
    fft_length: Any = None,
    window_fn: Any = None,
    pad_end: Any = False,
    name: Any = None,
) -> Result:
    """Frames of the last axis, and half of the frequencies of each. The length is the next power of two unless told.

    >>> {name}(tf.ones((2, 1000)), 255, 128)
    >>> {name}(tf.ones((2, 1000)), frame_length=200, frame_step=80, fft_length=256, pad_end=True)
    """
    found = operand(signals)
    length, step = _whole(frame_length), _whole(frame_step)
    whole = 1 << (length - 1).bit_length() if fft_length is None else _whole(fft_length)
    count = _frames(found.shape[-1], length, step, pad_end)
    return Result(Shape((*leading(found.shape, 1), count, whole // 2 + 1)), complex_of(narrowed(found)))


@function("tensorflow.signal.inverse_stft")
def inverse_stft(
    stfts: Any, frame_length: Any, frame_step: Any, fft_length: Any = None, window_fn: Any = None, name: Any = None
) -> Result:
    """The signal that the frames come from.

    >>> {name}(tf.signal.stft(tf.ones((2, 1000)), 256, 128), 256, 128)
    """
    found = operand(stfts)
    length, step = _whole(frame_length), _whole(frame_step)
    frames = found.shape[-2] if found.shape.rank > 1 else Dim(UNNAMED)
    return Result(Shape((*leading(found.shape, 2), (frames - 1) * step + length)), real_of(narrowed(found)))


@function("tensorflow.signal.overlap_and_add")
def overlap_and_add(signal: Any, frame_step: Any, name: Any = None) -> Result:
    """The signal that the frames come from.

    >>> {name}(tf.ones((2, 9, 20)), 10)
    """
    found = operand(signal)
    lead = leading(found.shape, 2)
    return Result(Shape((*lead, (found.shape[-2] - 1) * _whole(frame_step) + found.shape[-1])), narrowed(found))


@function(*spelled("tensorflow.signal.", "fft fft2d fft3d ifft ifft2d ifft3d"))
def fft(input: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.complex(tf.ones((2, 4, 6)), 0.0))
    """
    if not isinstance(input, Given):
        raise NotKnown("a tensor of complex numbers")
    return alike(operand(input))


@function(*spelled("tensorflow.signal.", "fftshift ifftshift"))
def fftshift(x: Any, axes: Any = None, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 4)))
    """
    found = operand(x)
    axes_of(axes, found.shape.rank)
    return alike(found)


def _lengths(fft_length: Any, count: int) -> list[Dim]:
    if not isinstance(fft_length, (list, tuple)) or len(fft_length) != count:
        raise NotKnown("fft_length")
    return [size_of(length) for length in fft_length]


def _real_fft(input_tensor: Any, fft_length: Any, count: int) -> Result:
    found = operand(input_tensor)
    lead = leading(found.shape, count)
    dims = list(found.shape.dims[-count:]) if fft_length is None else _lengths(fft_length, count)
    if TRACED.get() and any(dim.is_dynamic for dim in dims):
        raise NotKnown("sizes that are known before")
    return Result(Shape((*lead, *dims[:-1], dims[-1] // 2 + 1)), complex_of(narrowed(found)))


def _inverse_real_fft(input_tensor: Any, fft_length: Any, count: int) -> Result:
    found = operand(input_tensor)
    lead = leading(found.shape, count)
    dims = list(found.shape.dims[-count:])
    if count > 1 and TRACED.get() and any(dim.is_dynamic for dim in dims):
        raise NotKnown("sizes that are known before")
    dims = [*dims[:-1], (dims[-1] - 1) * 2] if fft_length is None else _lengths(fft_length, count)
    return Result(Shape((*lead, *dims)), real_of(narrowed(found)))


@function("tensorflow.signal.rfft")
def rfft(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Result:
    """Half of the frequencies of the last axis.

    >>> {name}(tf.ones((2, 100)))
    >>> {name}(tf.ones((2, 100)), [64])
    """
    return _real_fft(input_tensor, fft_length, 1)


@function("tensorflow.signal.rfft2d")
def rfft2d(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Result:
    """Half of the frequencies of the last two axes.

    >>> {name}(tf.ones((2, 8, 10)))
    """
    return _real_fft(input_tensor, fft_length, 2)


@function("tensorflow.signal.rfft3d")
def rfft3d(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Result:
    """Half of the frequencies of the last three axes.

    >>> {name}(tf.ones((2, 4, 8, 10)))
    """
    return _real_fft(input_tensor, fft_length, 3)


@function("tensorflow.signal.irfft")
def irfft(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Result:
    """The signal with these frequencies.

    >>> {name}(tf.signal.rfft(tf.ones((2, 100))))
    """
    return _inverse_real_fft(input_tensor, fft_length, 1)


@function("tensorflow.signal.irfft2d")
def irfft2d(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Result:
    """The signal with these frequencies.

    >>> {name}(tf.signal.rfft2d(tf.ones((2, 8, 10))))
    """
    return _inverse_real_fft(input_tensor, fft_length, 2)


@function("tensorflow.signal.irfft3d")
def irfft3d(input_tensor: Any, fft_length: Any = None, name: Any = None) -> Result:
    """The signal with these frequencies.

    >>> {name}(tf.signal.rfft3d(tf.ones((2, 4, 8, 10))))
    """
    return _inverse_real_fft(input_tensor, fft_length, 3)


@function(*spelled("tensorflow.signal.", "dct idct"))
def dct(input: Any, type: Any = 2, n: Any = None, axis: Any = -1, norm: Any = None, name: Any = None) -> Result:
    """The same shape and dtype, or `n` in the last axis.

    >>> {name}(tf.ones((2, 10)))
    """
    found = operand(input)
    if n is not None or axis != -1 or type not in (1, 2, 3, 4) or not isinstance(input, Given):
        raise NotKnown("all of the last axis")
    if TRACED.get() and None in found.shape.sizes:
        raise NotKnown("sizes that are known before")
    return alike(found)


@function("tensorflow.signal.mfccs_from_log_mel_spectrograms")
def mfccs(log_mel_spectrograms: Any = ABSENT, /, **named: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 10, 40)))
    """
    found = first_operand(log_mel_spectrograms, named | {"x": named.get("log_mel_spectrograms")})
    if TRACED.get() and None in found.shape.sizes:
        raise NotKnown("sizes that are known before")
    return alike(found)


@function("tensorflow.signal.linear_to_mel_weight_matrix")
def mel_weights(
    num_mel_bins: Any = 20,
    num_spectrogram_bins: Any = 129,
    sample_rate: Any = 8000,
    lower_edge_hertz: Any = 125.0,
    upper_edge_hertz: Any = 3800.0,
    dtype: Any = "float32",
    name: Any = None,
) -> Result:
    """From the bins of a spectrogram to those of the mel scale.

    >>> {name}()
    >>> {name}(80, num_spectrogram_bins=513, sample_rate=22050)
    """
    given = (num_mel_bins, num_spectrogram_bins, sample_rate, lower_edge_hertz, upper_edge_hertz)
    numbers = [value for value in given if isinstance(value, (int, float))]
    to = chosen_dtype(dtype, None)
    if any(number <= 0 for number in numbers) or not _of_fractions(dtype):
        raise NotKnown("numbers, bins and a dtype that there can be")
    if len(numbers) == len(given) and not lower_edge_hertz < upper_edge_hertz <= sample_rate / 2:
        raise NotKnown("frequencies that there can be")
    return Result(Shape((size_of(num_spectrogram_bins), size_of(num_mel_bins))), to)


@function(*spelled("tensorflow.signal.", "hann_window hamming_window"))
def window(window_length: Any, periodic: Any = True, dtype: Any = "float32", name: Any = None) -> Result:
    """So many numbers.

    >>> {name}(100)
    """
    if not _of_fractions(dtype):
        raise NotKnown("a dtype of TensorFlow's for fractions")
    return Result(Shape((size_of(window_length),)), chosen_dtype(dtype, None))


def _of_fractions(dtype: Any) -> bool:
    """Whether a dtype is one of TensorFlow's for fractions: its name alone is not taken. `float32` is our default."""
    name = chosen_dtype(dtype, None)
    return name is not None and name.startswith("float") and (not isinstance(dtype, str) or dtype == "float32")
