"""Helpers that prepare arrays. Source: keras/src/utils."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import operand, size_of
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN


@function("keras.utils.to_categorical")
def to_categorical(x: Any, num_classes: Any = None) -> Result:
    """One place for each class; a last axis of size 1 makes room for it. Source: keras/src/utils/numerical_utils.py.

    >>> {name}(np.zeros((5,), "int64"), 10)
    >>> {name}(np.zeros((5, 1), "int64"), num_classes=10)
    """
    found = operand(x)
    if isinstance(x, Given) and x.library is not Library.NUMPY:
        raise NotKnown("an array of NumPy")
    dims = found.shape.dims
    if len(dims) > 1 and not dims[-1].is_known:
        raise NotKnown("whether the last axis has size 1")
    if len(dims) > 1 and dims[-1].size == 1:
        dims = dims[:-1]
    classes = Dim(UNNAMED) if num_classes is None or num_classes is UNKNOWN else size_of(num_classes)
    return Result(Shape((*dims, classes)), "float64", Library.NUMPY)


@function("keras.utils.pad_sequences", "keras.preprocessing.sequence.pad_sequences")
def pad_sequences(
    sequences: Any,
    maxlen: Any = None,
    dtype: Any = "int32",
    padding: Any = "pre",
    truncating: Any = "pre",
    value: Any = 0.0,
) -> Result:
    """(number of sequences, maxlen). Source: keras/src/utils/sequence_utils.py.

    >>> {name}([[1, 2], [3], [4, 5, 6]], maxlen=4)
    >>> {name}([[1, 2], [3], [4, 5, 6]])
    """
    longest: Any = maxlen
    if isinstance(sequences, Given):
        if sequences.rank != 1:
            raise NotKnown("a list of sequences")
        count = sequences.axis(0)
    elif isinstance(sequences, (list, tuple)) and sequences:
        count = Dim(len(sequences))
        if any(not isinstance(s, (list, tuple)) or any(not isinstance(n, (int, float)) for n in s) for s in sequences):
            raise NotKnown("lists of numbers")
        longest = max(len(s) for s in sequences) if maxlen is None else maxlen
    else:
        raise NotKnown("a list of sequences")
    width = Dim(UNNAMED) if longest is None or longest is UNKNOWN else size_of(longest)
    return Result(Shape((count, width)), dtype_name(dtype), Library.NUMPY)


@function("keras.utils.normalize")
def normalize(x: Any, axis: Any = -1, order: Any = 2) -> Result:
    """Keeps the shape. Source: keras/src/utils/numerical_utils.py.

    >>> {name}(np.ones((2, 3)))
    """
    if not isinstance(x, Given) or x.library is not Library.NUMPY:
        raise NotKnown("an array of NumPy")
    return Result(x.shape if x.rank else Shape((1,)), None, Library.NUMPY)


# -- images


@function("keras.utils.img_to_array", "keras.preprocessing.image.img_to_array")
def img_to_array(img: Any, data_format: Any = None, dtype: Any = None) -> Result:
    """(height, width, channels); a picture in grey gets one channel. Source: keras/src/utils/image_utils.py.

    >>> {name}(np.ones((4, 5, 3)))
    >>> {name}(np.ones((4, 5)))
    """
    if not isinstance(img, Given) or img.library is not Library.NUMPY or data_format not in (None, "channels_last"):
        raise NotKnown("an array of NumPy")
    if img.rank not in (2, 3):
        raise NotKnown("an image")
    shape = img.shape if img.rank == 3 else Shape((*img.shape, 1))
    return Result(shape, "float32" if dtype is None else dtype_name(dtype), Library.NUMPY)


# -- structures


@function("keras.utils.pack_x_y_sample_weight")
def pack(x: Any, y: Any = None, sample_weight: Any = None) -> Any:
    """What is given, as a tuple. Source: keras/src/trainers/data_adapters/data_adapter_utils.py.

    >>> {name}(np.ones((2, 3)), np.ones((2,)))
    """
    parts = [part for part in (x, y, sample_weight) if part is not None]
    if (
        not all(isinstance(part, Given) for part in parts)
        or (y is None and sample_weight is not None)
        or len(parts) < 2
    ):
        raise NotKnown("tensors")
    return tuple(Result(part.tensor.shape, part.dtype, part.library) for part in parts)
