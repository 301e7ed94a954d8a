"""`tf.strings`. What gives ragged tensors stands in interpreter/ragged.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import chosen_dtype, operand
from shapewright.knowledge.arrays.shapes import broadcasted, reduced
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import NotKnown, Result, sized_by_data
from shapewright.knowledge.tensorflow.common import leading
from shapewright.tensors.shape import Shape
from shapewright.values.value import UNKNOWN


def text(value: Any) -> Shape:
    """The shape of strings: a Python string is one."""
    return Shape(()) if isinstance(value, (str, bytes)) else operand(value).shape


def texts(values: Any) -> Shape:
    """The shape of a list of Python strings, or of a tensor."""
    if isinstance(values, (list, tuple)) and values and all(isinstance(v, (str, bytes)) for v in values):
        return Shape((len(values),))
    return text(values)


@function(*spelled("tensorflow.strings.", "lower upper"))
def cased(input: Any, encoding: Any = "", name: Any = None) -> Result:
    """The same shape.

    >>> {name}("Word")
    >>> {name}(["Word", "Words"])
    """
    return Result(texts(input), "string")


@function("tensorflow.strings.strip")
def strip(input: Any, name: Any = None) -> Result:
    """The same shape.

    >>> {name}([" a", "b "])
    """
    return Result(texts(input), "string")


@function("tensorflow.strings.regex_replace")
def regex_replace(input: Any, pattern: Any, rewrite: Any, replace_global: Any = True, name: Any = None) -> Result:
    """The same shape.

    >>> {name}(["a b", "c"], "[a-b]", "")
    """
    return Result(texts(input), "string")


@function("tensorflow.strings.regex_full_match")
def regex_full_match(input: Any, pattern: Any, name: Any = None) -> Result:
    """A bool for each string.

    >>> {name}(["a b", "c"], "[a-b]")
    """
    return Result(texts(input), "bool")


@function("tensorflow.strings.substr")
def substr(input: Any, pos: Any, len: Any, unit: Any = "BYTE", name: Any = None) -> Result:
    """The same shape.

    >>> {name}(["abc", "def"], 0, 2)
    """
    return Result(broadcasted("tensors", texts(input), operand(pos).shape), "string")


@function("tensorflow.strings.length")
def length(input: Any, unit: Any = "BYTE", name: Any = None) -> Result:
    """A number for each string.

    >>> {name}(["abc", "def"])
    """
    return Result(texts(input), "int32")


@function("tensorflow.strings.to_number")
def to_number(input: Any, out_type: Any = "float32", name: Any = None) -> Result:
    """A number for each string.

    >>> {name}(["1", "2"])
    >>> {name}("1", tf.int32)
    """
    return Result(texts(input), chosen_dtype(out_type, None))


@function("tensorflow.strings.as_string", "tensorflow.as_string")
def as_string(input: Any, *_: Any, **__: Any) -> Result:
    """A string for each number.

    >>> {name}(tf.constant([1, 2]))
    """
    return Result(operand(input).shape, "string")


@function(*spelled("tensorflow.strings.", "to_hash_bucket to_hash_bucket_fast"))
def to_hash_bucket(input: Any, num_buckets: Any, name: Any = None) -> Result:
    """A number for each string.

    >>> {name}(["a", "b"], 3)
    """
    return Result(texts(input), "int64")


@function("tensorflow.strings.to_hash_bucket_strong")
def to_hash_bucket_strong(input: Any, num_buckets: Any, key: Any, name: Any = None) -> Result:
    """A number for each string.

    >>> {name}(["a", "b"], 3, [1, 2])
    """
    return Result(texts(input), "int64")


@function("tensorflow.strings.join")
def join(inputs: Any, separator: Any = "", name: Any = None) -> Result:
    """Strings put together, those of scalars with all.

    >>> {name}(["a", "b"])
    >>> {name}(["a", tf.constant(["b", "c"])], separator=" ")
    """
    if not isinstance(inputs, (list, tuple)) or not inputs or any(part is UNKNOWN for part in inputs):
        raise NotKnown("strings")
    return Result(broadcasted("tensors", *(texts(part) for part in inputs)), "string")


@function("tensorflow.strings.reduce_join")
def reduce_join(inputs: Any, axis: Any = None, keepdims: Any = False, separator: Any = "", name: Any = None) -> Result:
    """Strings along some axes put together.

    >>> {name}(tf.constant([["a", "b"], ["c", "d"]]), axis=-1)
    >>> {name}(["a", "b"])
    """
    if axis is None and keepdims is False:
        return Result(Shape(()), "string")
    return Result(reduced(texts(inputs), axis, keepdims), "string")


@function("tensorflow.strings.format")
def format(template: Any, inputs: Any, *_: Any, **__: Any) -> Result:
    """One string.

    >>> {name}("{{}}", tf.constant([1, 2]))
    """
    return Result(Shape(()), "string")


def _one(input: Any) -> None:
    if text(input).rank:
        raise NotKnown("one string: of several the parts are ragged")


@function("tensorflow.strings.split")
def split(input: Any, sep: Any = None, maxsplit: Any = -1, name: Any = None) -> Result:
    """The words of a string.

    >>> {name}("a b")
    """
    _one(input)
    return Result(Shape((sized_by_data(),)), "string")


@function("tensorflow.strings.bytes_split")
def bytes_split(input: Any, name: Any = None) -> Result:
    """The bytes of a string.

    >>> {name}("a b")
    """
    _one(input)
    return Result(Shape((sized_by_data(),)), "string")


@function("tensorflow.strings.unicode_split")
def unicode_split(
    input: Any, input_encoding: Any, errors: Any = "replace", replacement_char: Any = 65533, name: Any = None
) -> Result:
    """The characters of a string.

    >>> {name}("ab", "UTF-8")
    """
    _one(input)
    return Result(Shape((sized_by_data(),)), "string")


@function("tensorflow.strings.unicode_decode")
def unicode_decode(input: Any, input_encoding: Any, *_: Any, **__: Any) -> Result:
    """The numbers of the characters of a string.

    >>> {name}("ab", "UTF-8")
    """
    _one(input)
    return Result(Shape((sized_by_data(),)), "int32")


@function("tensorflow.strings.unicode_encode")
def unicode_encode(input: Any, output_encoding: Any, *_: Any, **__: Any) -> Result:
    """A string for each last axis.

    >>> {name}(tf.constant([[97, 98]]), "UTF-8")
    """
    return Result(leading(operand(input).shape, 1), "string")


@function("tensorflow.strings.unicode_transcode")
def unicode_transcode(input: Any, input_encoding: Any, output_encoding: Any, *_: Any, **__: Any) -> Result:
    """The same shape.

    >>> {name}(["ab"], "UTF-8", "UTF-16-BE")
    """
    return Result(texts(input), "string")
