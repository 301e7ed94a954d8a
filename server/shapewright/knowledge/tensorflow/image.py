"""Images."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import Operand, narrowed, operand, size_of, sizes_of
from shapewright.knowledge.numpy.arguments import dtype_name
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import TRACED, NotKnown, Result, refuse
from shapewright.knowledge.tensorflow.common import (
    bracketed,
    dtype_of,
    of_unknown_rank,
    refuse_crop,
    refuse_image,
    refuse_rank,
)
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape, number_of_elements


@function("tensorflow.image.resize")
def resize(
    images: Any,
    size: Any,
    method: Any = "bilinear",
    preserve_aspect_ratio: Any = False,
    antialias: Any = False,
    name: Any = None,
) -> Result:
    """Height and width are those given. Source: tensorflow/python/ops/image_ops_impl.py.

    >>> {name}(tf.ones((8, 9, 3)), (4, 5))
    >>> {name}(tf.ones((2, 8, 9, 3), tf.uint8), [4, 5])
    >>> {name}(tf.ones((2, 8, 9, 3), tf.uint8), [8, 9])
    >>> {name}(tf.ones((2, 8, 9, 3), tf.uint8), [4, 5], method="nearest")
    """
    found, target = operand(images), sizes_of(size)
    if found.shape.rank not in (3, 4):
        refuse_image(found.shape, "'images' must have either 3 or 4 dimensions.")
    if preserve_aspect_ratio is not False or target.rank != 2:
        raise NotKnown("the size")
    kept = method == "nearest" or narrowed(found) == "float32"
    changed = any(
        a.is_known and b.is_known and a.size != b.size for a, b in zip(_sides(found.shape), target, strict=True)
    )
    dtype = narrowed(found) if kept else "float32" if changed and isinstance(method, str) else None
    return Result(_sized(found.shape, target), dtype)


def _sides(shape: Shape) -> tuple[Dim, ...]:
    """Height and width of an image, or of a batch of them."""
    if shape.rank not in (3, 4):
        raise NotKnown("images")
    return shape.dims[-3:-1]


def _sized(shape: Shape, target: Shape) -> Shape:
    _sides(shape)
    return Shape((*shape.dims[:-3], *target, shape[-1]))


@function(*(f"tensorflow.image.{name}" for name in ("random_flip_left_right", "random_flip_up_down")))
def random_flip(image: Any, seed: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)))
    """
    if operand(image).dtype == "bool":
        raise NotKnown("numbers")
    return _flipped(image)


def _flipped(image: Any) -> Result:
    found = operand(image)
    if found.shape.rank < 3:
        refuse_image(found.shape, f"'image' (shape {found.shape}) must be at least three-dimensional.")
    return Result(found.shape, narrowed(found))


@function(*(f"tensorflow.image.{name}" for name in ("flip_left_right", "flip_up_down")))
def flip(image: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)))
    """
    return _flipped(image)


@function(*(f"tensorflow.image.{name}" for name in ("adjust_saturation", "adjust_hue")))
def adjust_colours(image: Any, amount: Any, /, *_: Any, **__: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.3)
    """
    return _coloured(image, channels=3)


@function("tensorflow.image.random_hue")
def random_hue(image: Any, max_delta: Any, seed: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.3)
    """
    return _coloured(image, channels=3)


@function("tensorflow.image.adjust_contrast")
def adjust_contrast(image: Any, amount: Any, /, *_: Any, **__: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 1)), 0.3)
    """
    return _coloured(image)


def _coloured(image: Any, channels: int | None = None) -> Result:
    found = operand(image)
    if found.shape.rank < 3:
        text = f"input must be at least 3-D, got shape{bracketed(found.shape.sizes)}"
        refuse_rank(found.shape, 3, text, f"Shape must be at least rank 3 but is rank {found.shape.rank}")
    last = found.shape[-1].size
    if channels is not None and isinstance(last, int) and last != channels:
        if TRACED.get():
            raise NotKnown("so many channels")
        text = f"input must have {channels} channels but instead has {last} channels."
        refuse("axes", text, shape=found.shape, expected=3, channels=channels)
    return Result(found.shape, narrowed(found))


@function("tensorflow.image.random_brightness")
def random_brightness(image: Any, max_delta: Any, seed: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.3)
    """
    return adjust(image, max_delta)


@function("tensorflow.image.adjust_brightness")
def adjust(image: Any, amount: Any, /, *_: Any, **__: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.3)
    """
    found = operand(image)
    return Result(found.shape, narrowed(found))


@function("tensorflow.image.random_contrast")
def random_contrast(image: Any, lower: Any, upper: Any, seed: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.3, 0.5)
    """
    return _coloured(image)


@function("tensorflow.image.random_saturation")
def random_saturation(image: Any, lower: Any, upper: Any, seed: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.3, 0.5)
    """
    return _coloured(image, channels=3)


@function("tensorflow.image.convert_image_dtype")
def convert_image_dtype(image: Any, dtype: Any, saturate: Any = False, name: Any = None) -> Result:
    """The same shape in another dtype.

    >>> {name}(tf.ones((8, 9, 3), tf.uint8), tf.float32)
    """
    to = dtype_name(dtype)
    if to is None or not to.startswith(("float", "int", "uint", "bfloat")):
        raise NotKnown("a dtype of numbers")
    return Result(operand(image).shape, to)


@function("tensorflow.image.rgb_to_grayscale")
def rgb_to_grayscale(images: Any, name: Any = None) -> Result:
    """One channel.

    >>> {name}(tf.ones((8, 9, 3)))
    """
    found = operand(images)
    if found.shape.rank < 2:
        raise NotKnown("images")
    last = found.shape[-1].size
    if isinstance(last, int) and last != 3:
        rows = number_of_elements(Shape(found.shape.dims[:-1])).size
        text = f"Matrix size-incompatible: In[0]: [{rows},{last}], In[1]: [3,1]"
        text = f"Dimensions must be equal, but are {last} and 3" if TRACED.get() else text
        if isinstance(rows, int):
            refuse("axes", text, shape=found.shape, expected=3, channels=3)
    return Result(found.shape.replace(-1, 1), narrowed(found))


@function("tensorflow.image.random_crop")
def random_crop(value: Any, size: Any, seed: Any = None, name: Any = None) -> Result:
    """The given shape.

    >>> {name}(tf.ones((8, 9, 3)), (4, 5, 3))
    """
    target = sizes_of(size)
    if of_unknown_rank(value) and all(isinstance(s, int) and s >= 0 for s in target.sizes):
        return Result(target, dtype_of(value))
    found = operand(value)
    if target.rank != found.shape.rank and 1 not in (target.rank, found.shape.rank):
        refuse_crop(found.shape, target)
    if target.rank != found.shape.rank or any(isinstance(s, int) and s < 0 for s in target.sizes):
        raise NotKnown("a size for each axis")
    return Result(target, narrowed(found))


@function("tensorflow.image.resize_with_crop_or_pad")
def resize_with_crop_or_pad(image: Any, target_height: Any, target_width: Any) -> Result:
    """Height and width are those given.

    >>> {name}(tf.ones((8, 9, 3)), 10, 5)
    """
    found = _image(image)
    return Result(_sized(found.shape, Shape((size_of(target_height), size_of(target_width)))), narrowed(found))


@function("tensorflow.image.crop_to_bounding_box")
def crop_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> Result:
    """Height and width are those given.

    >>> {name}(tf.ones((8, 9, 3)), 2, 3, 4, 5)
    """
    asked = Shape((size_of(target_height), size_of(target_width)))
    found = _image(image)
    return _boxed(
        found, asked, inner=asked, outer=Shape(found.shape.dims[-3:-1]), offsets=(offset_height, offset_width)
    )


@function("tensorflow.image.pad_to_bounding_box")
def pad_to_bounding_box(
    image: Any, offset_height: Any, offset_width: Any, target_height: Any, target_width: Any
) -> Result:
    """Height and width are those given.

    >>> {name}(tf.ones((8, 9, 3)), 2, 3, 10, 12)
    """
    asked = Shape((size_of(target_height), size_of(target_width)))
    found = _image(image)
    return _boxed(
        found, asked, inner=Shape(found.shape.dims[-3:-1]), outer=asked, offsets=(offset_height, offset_width)
    )


def _image(image: Any) -> Operand:
    """An image, or several."""
    found = operand(image)
    if found.shape.rank not in (3, 4):
        refuse_image(found.shape, f"'image' (shape {found.shape}) must have either 3 or 4 dimensions.")
    return found


def _boxed(found: Operand, asked: Shape, inner: Shape, outer: Shape, offsets: tuple[Any, Any]) -> Result:
    """An image of another size, as far as the inner of two boxes lies in the outer."""
    for small, large, offset in zip(inner.sizes, outer.sizes, offsets, strict=True):
        ends = isinstance(small, int) and isinstance(large, int) and isinstance(offset, int)
        if ends and (offset < 0 or small + offset > large):
            raise NotKnown("a box that does not fit")
    return Result(_sized(found.shape, asked), narrowed(found))
