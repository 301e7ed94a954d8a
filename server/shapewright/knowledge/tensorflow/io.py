"""`tf.io` and the decoding functions of `tf.image` and `tf.audio`. What a file holds is only known when it is read."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import chosen_dtype, operand
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import NotKnown, Result, sized_by_data
from shapewright.knowledge.tensorflow.strings import text, texts
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape

_MODULES = ("tensorflow.image.", "tensorflow.io.")


def _both(names: str) -> list[str]:
    """The names of functions that are in `tf.image` and in `tf.io`."""
    return [name for module in _MODULES for name in spelled(module, names)]


@function("tensorflow.io.read_file")
def read_file(filename: Any, name: Any = None) -> Result:
    """One string.

    >>> open("/dev/null"); {name}("/dev/null")
    """
    return Result(Shape(()), "string")


def image_of_some_size(channels: Any) -> Shape:
    """Height and width are those of the file, and so are the channels unless told."""
    known = isinstance(channels, int) and channels > 0
    return Shape((sized_by_data(), sized_by_data(), Dim(channels) if known else sized_by_data()))


@function(*_both("decode_jpeg"))
def decode_jpeg(contents: Any, channels: Any = 0, *_: Any, **__: Any) -> Result:
    """An image of some size.

    >>> {name}(tf.io.encode_jpeg(tf.zeros((4, 5, 3), "uint8")), channels=3)
    """
    return Result(image_of_some_size(channels), "uint8")


@function(*_both("decode_and_crop_jpeg"))
def decode_and_crop_jpeg(contents: Any, crop_window: Any, channels: Any = 0, *_: Any, **__: Any) -> Result:
    """A part of an image.

    >>> {name}(tf.io.encode_jpeg(tf.zeros((4, 5, 3), "uint8")), [0, 0, 2, 3], channels=3)
    """
    return Result(image_of_some_size(channels), "uint8")


@function(*_both("decode_png"))
def decode_png(contents: Any, channels: Any = 0, dtype: Any = "uint8", name: Any = None) -> Result:
    """An image of some size.

    >>> {name}(tf.io.encode_png(tf.zeros((4, 5, 3), "uint8")), channels=3)
    """
    return Result(image_of_some_size(channels), dtype_name(dtype))


@function(*_both("decode_bmp"))
def decode_bmp(contents: Any, channels: Any = 0, name: Any = None) -> Result:
    """An image of some size.

    >>> start = "424d3a0000000000000036000000280000000100000001000000010018"; \
        {name}(bytes.fromhex(start + "00" * 25 + "ffffff00"))
    """
    return Result(image_of_some_size(channels), "uint8")


@function(*_both("decode_gif"))
def decode_gif(contents: Any, name: Any = None) -> Result:
    """Images of some size.

    >>> {name}(bytes.fromhex("47494638396101000100800000ffffff00000021f90400000000002c00000000010001000002024401003b"))
    """
    return Result(Shape((sized_by_data(), sized_by_data(), sized_by_data(), 3)), "uint8")


@function(*_both("decode_image"))
def decode_image(
    contents: Any, channels: Any = None, dtype: Any = "uint8", name: Any = None, expand_animations: Any = True
) -> Result:
    """An image of some size. With animations it may have an axis more.

    >>> {name}(tf.io.encode_png(tf.zeros((4, 5, 3), "uint8")), channels=3, expand_animations=False)
    """
    if expand_animations is not False:
        return Result(None, dtype_name(dtype))
    return Result(image_of_some_size(channels), dtype_name(dtype))


@function(*_both("extract_jpeg_shape"))
def extract_jpeg_shape(contents: Any, output_type: Any = "int32", name: Any = None) -> Result:
    """Height, width and channels.

    >>> {name}(tf.io.encode_jpeg(tf.zeros((4, 5, 3), "uint8")))
    """
    return Result(Shape((3,)), chosen_dtype(output_type, None))


@function(*_both("is_jpeg"))
def is_jpeg(contents: Any, name: Any = None) -> Result:
    """One bool.

    >>> {name}(tf.io.encode_jpeg(tf.zeros((4, 5, 3), "uint8")))
    """
    return Result(Shape(()), "bool")


@function(*_both("encode_jpeg"))
def encode_jpeg(image: Any, *_: Any, **__: Any) -> Result:
    """One string.

    >>> {name}(tf.zeros((4, 5, 3), "uint8"))
    """
    return Result(Shape(()), "string")


@function(*_both("encode_png"))
def encode_png(image: Any, compression: Any = -1, name: Any = None) -> Result:
    """A string for each image.

    >>> {name}(tf.zeros((4, 5, 3), "uint8"))
    """
    shape = operand(image).shape
    if shape.rank < 3:
        raise NotKnown("images")
    return Result(Shape(shape.dims[:-3]), "string")


@function("tensorflow.audio.decode_wav")
def decode_wav(
    contents: Any, desired_channels: Any = -1, desired_samples: Any = -1, name: Any = None
) -> tuple[Result, Result]:
    """Samples and channels, and the sample rate.

    >>> {name}(tf.audio.encode_wav(tf.zeros((5, 1)), 8000), desired_channels=1)
    >>> {name}(tf.audio.encode_wav(tf.zeros((5, 1)), 8000), 1, 7)
    """
    sizes = [Dim(n) if isinstance(n, int) and n > 0 else sized_by_data() for n in (desired_samples, desired_channels)]
    return Result(Shape(sizes), "float32"), Result(Shape(()), "int32")


@function("tensorflow.audio.encode_wav")
def encode_wav(audio: Any, sample_rate: Any, name: Any = None) -> Result:
    """One string.

    >>> {name}(tf.zeros((5, 1)), 8000)
    """
    return Result(Shape(()), "string")


@function("tensorflow.io.decode_raw")
def decode_raw(
    input_bytes: Any, out_type: Any, little_endian: Any = True, fixed_length: Any = None, name: Any = None
) -> Result:
    """The numbers in each string.

    >>> {name}("abcd", tf.uint8)
    """
    if fixed_length is not None:
        raise NotKnown("the length")
    return Result(Shape((*text(input_bytes), sized_by_data())), chosen_dtype(out_type, None))


@function("tensorflow.io.parse_tensor")
def parse_tensor(serialized: Any, out_type: Any, name: Any = None) -> Result:
    """A tensor of some shape.

    >>> tf.reduce_sum({name}(tf.io.serialize_tensor(tf.ones((2, 3))), tf.float32))
    """
    return Result(None, chosen_dtype(out_type, None))


@function("tensorflow.io.serialize_tensor")
def serialize_tensor(tensor: Any, name: Any = None) -> Result:
    """One string.

    >>> {name}(tf.ones((2, 3)))
    """
    return Result(Shape(()), "string")


@function(*spelled("tensorflow.io.", "decode_base64 encode_base64"))
def base64(input: Any, *_: Any, **__: Any) -> Result:
    """The same shape.

    >>> {name}("YWI")
    """
    return Result(texts(input), "string")


@function("tensorflow.io.matching_files")
def matching_files(pattern: Any, name: Any = None) -> Result:
    """Some names of files.

    >>> {name}("/nowhere/*")
    """
    return Result(Shape((sized_by_data(),)), "string")


@function("tensorflow.io.decode_csv")
def decode_csv(records: Any, record_defaults: Any, *_: Any, **__: Any) -> list[Result]:
    """One tensor for each column.

    >>> {name}("1,2.5", [0, 0.0])
    >>> {name}(["1,a", "2,b"], [[0.0], ["-"]])
    """
    if not isinstance(record_defaults, (list, tuple)):
        raise NotKnown("the columns")
    return [Result(texts(records), _default_dtype(default)) for default in record_defaults]


def _default_dtype(default: Any) -> str | None:
    """The dtype of a column: that of its default, or the one given in place of it."""
    if isinstance(default, (list, tuple)) and default:
        default = default[0]
    if isinstance(default, bool):
        return None
    if isinstance(default, (int, float)):
        return "float32" if isinstance(default, float) else "int32"
    return "string" if isinstance(default, str) else None
