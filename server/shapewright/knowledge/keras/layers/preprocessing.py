"""Preprocessing layers. Source: keras/src/layers/preprocessing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.keras.layers.windows import channels_last
from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, NotKnown, sized_by_data
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.value import UNKNOWN

# -- numbers


@layer("keras.layers.Rescaling")
def rescaling(x: Given, scale: Any, offset: Any = 0.0, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/preprocessing/rescaling.py.

    >>> {name}(1 / 255)(Input((5, 4)))
    """
    if not isinstance(scale, (int, float)) and scale is not UNKNOWN:
        raise NotKnown("how a scale with axes broadcasts")
    return Applied(x.shape)


@layer("keras.layers.Normalization")
def normalization(
    x: Given,
    axis: int | Sequence[int] | None = -1,
    mean: Any = None,
    variance: Any = None,
    invert: Any = False,
    **_: Any,
) -> Applied:
    """Keeps the shape. Weights, none of them trained: mean and variance over the kept axes and a count, unless both are
    given. Source: keras/src/layers/preprocessing/normalization.py.

    >>> {name}()(Input((5, 4)))
    >>> {name}(axis=None)(Input((5,)))
    >>> {name}(mean=3.0, variance=2.0)(Input((5,)))
    """
    axes = [] if axis is None else [axis] if isinstance(axis, int) else list(axis)
    kept = Shape(x.axis(n) for n in sorted(n % x.rank for n in axes)) if axes else Shape(())
    if any(dim.is_dynamic for dim in kept):
        raise NotKnown("a known size of the kept axes")
    return Applied(x.shape, frozen=[kept, kept, Shape(())] if mean is None else [])


# -- images


def _resized(x: Given, height: Dim, width: Dim, data_format: Any, dtype: str | None = "float32") -> Applied:
    """Images (height, width, channels), or batches of them, of another size."""
    if x.rank not in (3, 4):
        raise NotKnown("an image or a batch of images")
    first = -3 if channels_last(data_format) else -2
    return Applied(x.shape.replace(first, height).replace(first + 1, width), dtype=dtype)


@layer("keras.layers.Resizing")
def resizing(
    x: Given,
    height: Dim,
    width: Dim,
    interpolation: Any = "bilinear",
    crop_to_aspect_ratio: Any = False,
    pad_to_aspect_ratio: Any = False,
    fill_mode: Any = "constant",
    fill_value: Any = 0.0,
    antialias: Any = False,
    data_format: Any = None,
    **_: Any,
) -> Applied:
    """(batch, height, width, channels) -> (batch, new height, new width, channels).

    Source: keras/src/layers/preprocessing/image_preprocessing/resizing.py.

    >>> {name}(8, 9)(Input((None, None, 3)))
    >>> {name}(8, 9)(np.ones((5, 6, 3)))
    """
    return _resized(x, height, width, data_format)


@layer("keras.layers.CenterCrop")
def center_crop(x: Given, height: Dim, width: Dim, data_format: Any = None, **_: Any) -> Applied:
    """(batch, height, width, channels) -> (batch, new height, new width, channels).

    Source: keras/src/layers/preprocessing/image_preprocessing/center_crop.py.

    >>> {name}(8, 9)(Input((10, 11, 3)))
    """
    return _resized(x, height, width, data_format)


@layer("keras.layers.RandomCrop")
def random_crop(
    x: Given, height: Dim, width: Dim, seed: Any = None, data_format: Any = None, name: Any = None, **_: Any
) -> Applied:
    """(batch, height, width, channels) -> (batch, new height, new width, channels).

    Source: keras/src/layers/preprocessing/image_preprocessing/random_crop.py.

    >>> {name}(8, 9)(Input((10, 11, 3)))
    """
    return _resized(x, height, width, data_format)


def _augmented(x: Given) -> Applied:
    if x.rank not in (3, 4):
        raise NotKnown("an image or a batch of images")
    return Applied(x.shape, dtype="float32" if x.kept_dtype == "float32" else None)


@layer(
    "keras.layers.RandomBrightness",
    "keras.layers.RandomContrast",
    "keras.layers.RandomHue",
    "keras.layers.RandomPosterization",
    "keras.layers.RandomRotation",
    "keras.layers.RandomSaturation",
    "keras.layers.RandomSharpness",
)
def random_image(x: Given, factor: Any, **_: Any) -> Applied:
    """Keeps the shape of images. Source: keras/src/layers/preprocessing/image_preprocessing.

    >>> {name}(1)(Input((10, 11, 3)))
    """
    return _augmented(x)


@layer("keras.layers.RandomColorDegeneration")
def random_color_degeneration(x: Given, factor: Any, value_range: Any = (0, 255), data_format: Any = None, **_: Any) -> Applied:
    """Keeps the shape of images of three channels.

    >>> {name}(1)(Input((10, 11, 3)))
    """
    if x.axis(-1 if channels_last(data_format) else -3).size != 3:
        raise NotKnown("red, green and blue")
    return _augmented(x)


@layer("keras.layers.RandomFlip")
def random_flip(x: Given, mode: Any = "horizontal_and_vertical", seed: Any = None, **_: Any) -> Applied:
    """Keeps the shape of images. Source: keras/src/layers/preprocessing/image_preprocessing/random_flip.py.

    >>> {name}("horizontal")(Input((10, 11, 3)))
    """
    return _augmented(x)


@layer("keras.layers.RandomTranslation")
def random_translation(x: Given, height_factor: Any, width_factor: Any, **_: Any) -> Applied:
    """Keeps the shape of images. Source: keras/src/layers/preprocessing/image_preprocessing/random_translation.py.

    >>> {name}(0.2, 0.2)(Input((10, 11, 3)))
    """
    return _augmented(x)


@layer("keras.layers.RandomZoom")
def random_zoom(x: Given, height_factor: Any, width_factor: Any = None, **_: Any) -> Applied:
    """Keeps the shape of images. Source: keras/src/layers/preprocessing/image_preprocessing/random_zoom.py.

    >>> {name}(0.2)(Input((10, 11, 3)))
    """
    return _augmented(x)


@layer(
    "keras.layers.RandomPerspective",
    "keras.layers.RandomErasing",
    "keras.layers.RandomInvert",
    "keras.layers.RandomElasticTransform",
    "keras.layers.RandomGaussianBlur",
)
def random_change(x: Given, factor: Any = 1.0, **_: Any) -> Applied:
    """Keeps the shape of images. Source: keras/src/layers/preprocessing/image_preprocessing.

    >>> {name}(factor=0.5)(Input((10, 11, 3)))
    """
    return _augmented(x)


@layer("keras.layers.RandomGrayscale")
def random_grayscale(x: Given, factor: Any = 0.5, **_: Any) -> Applied:
    """Keeps the shape of images. Source: keras/src/layers/preprocessing/image_preprocessing/random_grayscale.py.

    >>> {name}()(Input((10, 11, 3)))
    """
    return _augmented(x)


@layer(
    "keras.layers.AugMix",
    "keras.layers.AutoContrast",
    "keras.layers.ContrastLimitedAdaptiveHistogramEqualization",
    "keras.layers.Equalization",
    "keras.layers.RandAugment",
    "keras.layers.RandomColorJitter",
    "keras.layers.RandomShear",
    "keras.layers.Solarization",
)
def augmentation(x: Given, **_: Any) -> Applied:
    """Keeps the shape of images. Source: keras/src/layers/preprocessing/image_preprocessing.

    >>> {name}()(Input((10, 11, 3)))
    """
    return _augmented(x)


# -- categories


def _encoded(x: Given, depth: Dim, output_mode: str) -> Shape:
    """The last axis counted into `depth` bins, or a new axis with `one_hot`."""
    if x.rank == 0:
        return Shape((depth,))
    if output_mode == "one_hot":
        if not x.axis(-1).is_known and not x.axis(-1).is_dynamic:
            raise NotKnown("whether the last axis has size 1")
        if x.axis(-1).size != 1 or x.rank == 1:
            return Shape((*x.shape, depth))
    return x.shape.replace(-1, depth)


@layer("keras.layers.CategoryEncoding")
def category_encoding(
    x: Given, num_tokens: Any = None, output_mode: str = "multi_hot", sparse: Any = False, **_: Any
) -> Applied:
    """(batch, n) -> (batch, num_tokens). Source: keras/src/layers/preprocessing/category_encoding.py.

    >>> {name}(4)(Input((5,), dtype="int32"))
    >>> {name}(4, "one_hot")(Input((5,), dtype="int32"))
    >>> {name}(4, output_mode="one_hot")(Input((1,), dtype="int32"))
    """
    if not isinstance(num_tokens, (int, Dim)) or not x.tensor.is_symbolic:
        raise NotKnown("num_tokens")
    return Applied(_encoded(x, Dim(num_tokens) if isinstance(num_tokens, int) else num_tokens, output_mode))


@layer("keras.layers.Hashing")
def hashing(
    x: Given,
    num_bins: Dim,
    mask_value: Any = None,
    salt: Any = None,
    output_mode: str = "int",
    sparse: Any = False,
    **_: Any,
) -> Applied:
    """Keeps the shape for `int`; (batch, n) -> (batch, num_bins) for `multi_hot` and `count`.

    Source: keras/src/layers/preprocessing/hashing.py.

    >>> {name}(4)(Input((5,), dtype="string"))
    """
    if output_mode == "int":
        return Applied(x.shape, dtype="int64")
    raise NotKnown("an output of integers")


@layer("keras.layers.Discretization")
def discretization(
    x: Given,
    bin_boundaries: Any = None,
    num_bins: Any = None,
    epsilon: Any = 0.01,
    output_mode: str = "int",
    sparse: Any = False,
    dtype: Any = None,
    name: Any = None,
) -> Applied:
    """Keeps the shape for `int`. Source: keras/src/layers/preprocessing/discretization.py.

    >>> {name}([0.0, 1.0])(Input((5,)))
    >>> {name}([0.0, 1.0], output_mode="one_hot")(Input((1,)))
    >>> {name}([0.0, 1.0], output_mode="multi_hot")(Input((5,)))
    """
    if output_mode == "int":
        return Applied(x.shape, dtype="int32" if dtype is None else None)
    bins = len(bin_boundaries) + 1 if isinstance(bin_boundaries, (list, tuple)) else num_bins
    if output_mode not in ("one_hot", "multi_hot", "count") or not isinstance(bins, int) or sparse is not False:
        raise NotKnown("an output of numbers")
    return Applied(
        _encoded(x, Dim(bins), output_mode), dtype="float32" if x.tensor.is_symbolic and dtype is None else None
    )


@layer("keras.layers.StringLookup", "keras.layers.IntegerLookup")
def lookup(
    x: Given, max_tokens: Any = None, num_oov_indices: Any = 1, mask_token: Any = None, **options: Any
) -> Applied:
    """Keeps the shape for `int`. Source: keras/src/layers/preprocessing/index_lookup.py.

    >>> s = "Str" in "{name}"; {name}(vocabulary=["a"] if s else [1])(Input((5,), dtype="string" if s else "int64"))
    >>> v = ["a"] if "Str" in "{name}" else [1]; {name}(vocabulary=v, output_mode="one_hot")(np.array(v * 5))
    >>> v = ["a"] if "Str" in "{name}" else [1]; {name}(vocabulary=v, output_mode="count")(np.array(v * 5))
    >>> v = ["a"] if "Str" in "{name}" else [1]; {name}(vocabulary=v, output_mode="binary")(np.array(v * 5))
    """
    mode = options.get("output_mode", "int")
    mode = {"binary": "multi_hot", "tf-idf": "tf_idf"}.get(mode, mode)  # what they were called once
    if mode == "int" and not options.get("invert"):
        return Applied(x.shape, dtype="int64")
    if mode == "int" and options.get("invert") is True:
        return Applied(x.shape, dtype=None)
    if mode not in ("one_hot", "multi_hot", "count", "tf_idf") or options.get("sparse", False) is not False:
        raise NotKnown("an output of numbers")
    depth = _vocabulary(max_tokens, num_oov_indices, mask_token, options)
    return Applied(_encoded(x, depth, mode), dtype="float32" if x.tensor.is_symbolic else None)


def _vocabulary(max_tokens: Any, num_oov_indices: Any, mask_token: Any, options: dict[str, Any]) -> Dim:
    """How many tokens there are, those for the unknown among them; an adapted vocabulary has some size."""
    padded, words = options.get("pad_to_max_tokens", False), options.get("vocabulary")
    if padded is True and isinstance(max_tokens, int):
        return Dim(max_tokens)
    plain = isinstance(words, (list, tuple)) and all(isinstance(word, (str, int)) for word in words)
    special = {"[UNK]", -1, options.get("oov_token", "[UNK]"), mask_token} - {None}
    if padded is not False or not plain or not isinstance(num_oov_indices, int) or special & set(words or ()):
        return Dim(UNNAMED)
    return Dim(len(words or ()) + num_oov_indices)


@layer("keras.layers.HashedCrossing")
def hashed_crossing(
    x: list[Given],
    num_bins: Dim,
    output_mode: Any = "int",
    sparse: Any = False,
    name: Any = None,
    dtype: Any = None,
    **_: Any,
) -> Applied:
    """Several inputs of one shape, (batch,) or (batch, 1) -> that shape, or (batch, num_bins) for `one_hot`.

    Source: keras/src/layers/preprocessing/hashed_crossing.py.

    >>> {name}(5)((np.array([["a"], ["b"]]), np.array([[1], [2]])))
    >>> {name}(5, output_mode="one_hot")((np.array(["a", "b"]), np.array([1, 2])))
    """
    first = x[0]
    if len(x) < 2 or first.rank not in (1, 2) or any(part.shape.sizes != first.shape.sizes for part in x):
        raise NotKnown("inputs of one shape")
    if dtype is not None or sparse is not False or any(part.tensor.is_symbolic for part in x):
        raise NotKnown("tensors")
    if first.rank == 2 and first.axis(1).size != 1:
        raise NotKnown("one value a sample")
    if output_mode == "int":
        return Applied(first.shape, dtype="int64")
    return Applied(Shape((first.axis(0), num_bins)), dtype=None)


@layer("keras.layers.TextVectorization")
def text_vectorization(
    x: Given,
    max_tokens: Any = None,
    standardize: Any = "lower_and_strip_punctuation",
    split: Any = "whitespace",
    ngrams: Any = None,
    output_mode: str = "int",
    output_sequence_length: Any = None,
    pad_to_max_tokens: Any = False,
    **_: Any,
) -> Applied:
    """(batch,) or (batch, 1) of strings -> (batch, output_sequence_length); one string -> (output_sequence_length,).

    Source: keras/src/layers/preprocessing/text_vectorization.py.

    >>> {name}(output_sequence_length=7, vocabulary=["a", "b"])(Input((1,), dtype="string"))
    >>> {name}(output_sequence_length=7, vocabulary=["a", "b"])(["a", "b a"])
    >>> {name}(output_sequence_length=7, vocabulary=["a", "b"])([["a"]])
    >>> {name}(output_sequence_length=7, vocabulary=["a", "b"])("a")
    """
    if output_mode in ("multi_hot", "count", "tf_idf") and x.rank in (1, 2) and _.get("sparse", False) is False:
        one = x.rank == 1 or x.axis(1).size == 1
        if one and x.rank and not x.tensor.is_symbolic and output_sequence_length is None:
            options = {"pad_to_max_tokens": pad_to_max_tokens, "vocabulary": _.get("vocabulary")}
            return Applied(Shape((x.axis(0), _vocabulary(max_tokens, 1, None, options))), dtype=None)
    if output_mode != "int" or split is None or _.get("ragged") or x.rank > 2 or (x.rank == 2 and x.axis(1).size != 1):
        raise NotKnown("one text a sample")
    length = output_sequence_length
    if not isinstance(length, (int, Dim)):
        if length is not None:
            raise NotKnown("the longest text")
        length = Dim(None) if x.tensor.is_symbolic else sized_by_data()
    return Applied(Shape((*x.shape.dims[:1], length)), dtype="int64")


# -- sound


@layer("keras.layers.MelSpectrogram")
def mel_spectrogram(
    x: Given,
    fft_length: int = 2048,
    sequence_stride: int = 512,
    sequence_length: Any = None,
    window: Any = "hann",
    sampling_rate: Any = 16000,
    num_mel_bins: int = 128,
    **_: Any,
) -> Applied:
    """(batch, samples) -> (batch, num_mel_bins, frames). Source: keras/src/layers/preprocessing/mel_spectrogram.py.

    >>> {name}(num_mel_bins=64, sequence_stride=256, fft_length=512)(Input((16000,)))
    >>> {name}()(Input((None,)))
    """
    if x.rank not in (1, 2) or not x.tensor.is_symbolic:
        raise NotKnown("a signal or a batch of them")
    frames = (x.axis(-1) + (sequence_stride + 1)) // sequence_stride
    return Applied(Shape((*x.shape.dims[:-1], num_mel_bins, frames)))


# -- what is evaluated: see interpreter/mixing.py


@layer("keras.layers.MixUp")
def mix_up(x: Any, alpha: Any = 0.2, data_format: Any = None, seed: Any = None, **_: Any) -> Applied:
    """A dict of images and labels keeps its shapes.

    >>> {name}()({"images": np.ones((4, 8, 8, 3), "float32"), "labels": np.ones((4, 10), "float32")})
    """
    raise NotKnown("what a dict gives")


@layer("keras.layers.CutMix")
def cut_mix(x: Any, factor: Any = 1.0, seed: Any = None, data_format: Any = None, **_: Any) -> Applied:
    """A dict of images and labels keeps its shapes.

    >>> {name}()({"images": np.ones((4, 8, 8, 3), "float32"), "labels": np.ones((4, 10), "float32")})
    """
    raise NotKnown("what a dict gives")


@layer("keras.layers.Pipeline")
def pipeline(x: Any, layers: Any, name: Any = None) -> Applied:
    """What the last of its layers gives.

    >>> {name}([layers.Rescaling(1 / 255), layers.Resizing(4, 5)])(np.ones((2, 8, 8, 3), "float32"))
    """
    raise NotKnown("what layers give")
