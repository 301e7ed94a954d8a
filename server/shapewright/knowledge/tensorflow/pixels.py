"""`tf.image`: colours, random changes, measures, patches and boxes. Source: tensorflow/python/ops/image_ops_impl.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import narrowed, operand, size_of, sizes_of
from shapewright.knowledge.arrays.shapes import broadcasted, swapped
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import TRACED, Given, NotKnown, Result, refuse, sized_by_data
from shapewright.knowledge.tensorflow.common import (
    alike,
    alike_shapes,
    bracketed,
    flag,
    leading,
    refuse_crop,
    refuse_image,
    refuse_rank,
)
from shapewright.knowledge.tensorflow.convolutions import spatial, windows
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape


def _image(shape: Shape, least: bool = False) -> Shape:
    """An image or a batch of them; `least` says that fewer axes are refused with words of their own."""
    if shape.rank < 3 and least:
        refuse_image(shape, f"'image' (shape {shape}) must be at least three-dimensional.")
    if shape.rank not in (3, 4) and not least:
        refuse_image(shape, f"'image' (shape {shape}) must have either 3 or 4 dimensions.")
    if shape.rank not in (3, 4):
        raise NotKnown("an image or a batch of them")
    return shape


@function("tensorflow.image.grayscale_to_rgb")
def grayscale_to_rgb(images: Any, name: Any = None) -> Result:
    """Three channels.

    >>> {name}(tf.ones((8, 9, 1)))
    """
    found = operand(images)
    last = found.shape[-1].size if found.shape.rank else None
    if found.shape.rank < 3 or not isinstance(images, Given):
        raise NotKnown("images")
    if isinstance(last, int) and last != 1 and TRACED.get():
        raise NotKnown("one channel")
    if isinstance(last, int) and last != 1:
        text = "Last dimension of a grayscale image should be size 1."
        refuse("axes", text, shape=found.shape, expected=3, channels=1)
    return Result(found.shape.replace(-1, 3), narrowed(found))


@function(*spelled("tensorflow.image.", "hsv_to_rgb rgb_to_hsv"))
def hsv(images: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)))
    """
    return _coloured(images)


def _coloured(images: Any) -> Result:
    """Images of three channels."""
    found = operand(images)
    if not found.shape.rank or found.shape[-1].size not in (3, None):
        raise NotKnown("red, green and blue")
    return Result(found.shape.replace(-1, 3), narrowed(found))


@function(*spelled("tensorflow.image.", "rgb_to_yiq rgb_to_yuv yiq_to_rgb yuv_to_rgb"))
def yuv(images: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)))
    """
    return _coloured(images)


@function("tensorflow.image.per_image_standardization")
def per_image_standardization(image: Any) -> Result:
    """The same shape of floats.

    >>> {name}(tf.ones((8, 9, 3)))
    >>> {name}(tf.ones((8, 9, 3), tf.uint8))
    """
    found = operand(image)
    return Result(found.shape, "float32" if narrowed(found) in ("float32", "uint8") else None)


@function("tensorflow.image.adjust_gamma")
def adjust_gamma(image: Any, gamma: Any = 1, gain: Any = 1) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.5)
    """
    return alike(operand(image))


@function(*spelled("tensorflow.image.stateless_random_", "flip_left_right flip_up_down"))
def stateless_flip(image: Any, seed: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), seed=(1, 2))
    """
    if operand(image).dtype == "bool":
        raise NotKnown("numbers")
    return alike(operand(image))


@function("tensorflow.image.stateless_random_hue")
def stateless_hue(image: Any, max_delta: Any, seed: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.2, seed=(1, 2))
    """
    _coloured(image)
    return alike(operand(image))


@function("tensorflow.image.stateless_random_brightness")
def stateless_change(image: Any, max_delta: Any, seed: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.2, seed=(1, 2))
    """
    return alike(operand(image))


@function("tensorflow.image.stateless_random_saturation")
def stateless_saturation(image: Any, lower: Any, upper: Any, seed: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.2, 0.5, seed=(1, 2))
    """
    _coloured(image)
    return alike(operand(image))


@function("tensorflow.image.stateless_random_contrast")
def stateless_change_between(image: Any, lower: Any, upper: Any, seed: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((8, 9, 3)), 0.2, 0.5, seed=(1, 2))
    """
    return alike(operand(image))


@function("tensorflow.image.stateless_random_crop")
def stateless_random_crop(value: Any, size: Any, seed: Any, name: Any = None) -> Result:
    """The given shape.

    >>> {name}(tf.ones((8, 9, 3)), (4, 5, 3), seed=(1, 2))
    """
    found, target = operand(value), sizes_of(size)
    if target.rank != found.shape.rank and 1 not in (target.rank, found.shape.rank):
        refuse_crop(found.shape, target)
    if target.rank != found.shape.rank or any(isinstance(s, int) and s < 0 for s in target.sizes):
        raise NotKnown("a size for each axis")
    return Result(target, narrowed(found))


@function("tensorflow.image.resize_with_pad")
def resize_with_pad(
    image: Any, target_height: Any, target_width: Any, method: Any = "bilinear", antialias: Any = False
) -> Result:
    """Height and width are those given.

    >>> {name}(tf.ones((8, 9, 3)), 10, 5)
    >>> {name}(tf.ones((2, 8, 9, 3)), 10, 5)
    """
    found = operand(image)
    shape = _image(found.shape)
    dtype = "float32" if narrowed(found) == "float32" else None
    return Result(Shape((*shape.dims[:-3], size_of(target_height), size_of(target_width), shape[-1])), dtype)


@function("tensorflow.image.central_crop")
def central_crop(image: Any, central_fraction: Any) -> Result:
    """The middle of the image.

    >>> {name}(tf.ones((8, 9, 3)), 0.5)
    >>> {name}(tf.ones((2, 11, 13, 3)), 0.7)
    >>> {name}(tf.ones((8, 9, 3)), 1.0)
    """
    found = operand(image)
    if not isinstance(central_fraction, (int, float)):
        raise NotKnown("central_fraction")
    if central_fraction == 1:
        return alike(found)
    shape = _image(found.shape, least=True)
    middle = [_middle(dim, central_fraction) for dim in shape.dims[-3:-1]]
    return Result(Shape((*shape.dims[:-3], *middle, shape[-1])), narrowed(found))


def _middle(dim: Dim, fraction: float) -> Dim:
    if not isinstance(dim.size, int):
        return Dim(None if dim.is_dynamic else UNNAMED)
    return dim.derive(dim.size - 2 * int((dim.size - dim.size * fraction) / 2))


@function("tensorflow.image.crop_and_resize")
def crop_and_resize(
    image: Any,
    boxes: Any,
    box_indices: Any,
    crop_size: Any,
    method: Any = "bilinear",
    extrapolation_value: Any = 0.0,
    name: Any = None,
) -> Result:
    """An image of the given size for each box.

    >>> {name}(tf.ones((2, 8, 9, 3)), tf.zeros((5, 4)), tf.zeros((5,), tf.int32), (4, 6))
    """
    shape, size = operand(image).shape, sizes_of(crop_size)
    given, places = operand(boxes).shape, operand(box_indices).shape
    if shape.rank != 4 or size.rank != 2 or given.rank != 2 or places.rank != 1:
        raise NotKnown("a batch of images and two sizes")
    alike_shapes(given, Shape((places[0], 4)))
    return Result(Shape((operand(boxes).shape[0], *size, shape[-1])), "float32")


@function("tensorflow.image.rot90")
def rot90(image: Any, k: Any = 1, name: Any = None) -> Result:
    """Height and width exchanged after an odd number of turns.

    >>> {name}(tf.ones((8, 9, 3)))
    >>> {name}(tf.ones((2, 8, 9, 3)), k=2)
    """
    found = operand(image)
    shape = _image(found.shape, least=True)
    if not isinstance(k, int) or isinstance(k, bool) or TRACED.get():  # a graph has all turns in it
        sides = shape.dims[-3:-1]
        kept = sides[0].size == sides[1].size and sides[0].is_known
        if not kept:
            sides = (sized_by_data(), sized_by_data())
        return Result(Shape((*shape.dims[:-3], *sides, shape[-1])), narrowed(found))
    return Result(swapped(shape, -3, -2) if k % 2 else shape, narrowed(found))


@function("tensorflow.image.transpose")
def transpose(image: Any, name: Any = None) -> Result:
    """Height and width exchanged.

    >>> {name}(tf.ones((8, 9, 3)))
    """
    found = operand(image)
    return Result(swapped(_image(found.shape, least=True), -3, -2), narrowed(found))


@function("tensorflow.image.image_gradients")
def image_gradients(image: Any) -> tuple[Result, Result]:
    """The changes downwards and to the right.

    >>> {name}(tf.ones((2, 8, 9, 3)))
    """
    found = operand(image)
    if found.shape.rank != 4:
        raise NotKnown("a batch of images")
    return alike(found), alike(found)


@function("tensorflow.image.sobel_edges")
def sobel_edges(image: Any) -> Result:
    """The changes downwards and to the right in a new last axis.

    >>> {name}(tf.ones((2, 8, 9, 3)))
    """
    found = operand(image)
    if found.shape.rank != 4:
        raise NotKnown("a batch of images")
    return Result(Shape((*found.shape, 2)), narrowed(found))


@function("tensorflow.image.total_variation")
def total_variation(images: Any, name: Any = None) -> Result:
    """A number for each image.

    >>> {name}(tf.ones((2, 8, 9, 3)))
    """
    found = operand(images)
    if found.shape.rank not in (3, 4):
        raise NotKnown("an image or a batch of them")
    return Result(leading(found.shape, 3), narrowed(found))


def _measured(img1: Any, img2: Any) -> Result:
    a, b = operand(img1).shape, operand(img2).shape
    alike_shapes(Shape(a.dims[-3:]), Shape(b.dims[-3:]))
    return Result(broadcasted("tensors", leading(a, 3), leading(b, 3)), "float32")


@function("tensorflow.image.psnr")
def psnr(a: Any, b: Any, max_val: Any, name: Any = None) -> Result:
    """A number for each image.

    >>> {name}(tf.ones((2, 16, 16, 3)), tf.ones((2, 16, 16, 3)), 1.0)
    """
    return _measured(a, b)


@function("tensorflow.image.ssim")
def ssim(img1: Any, img2: Any, max_val: Any, *_: Any, **named: Any) -> Result:
    """A number for each image.

    >>> {name}(tf.ones((2, 16, 16, 3)), tf.ones((2, 16, 16, 3)), 1.0)
    """
    if named.get("return_index_map", False) is not False:
        raise NotKnown("a number for each image")
    return _measured(img1, img2)


@function("tensorflow.image.ssim_multiscale")
def ssim_multiscale(img1: Any, img2: Any, max_val: Any, *_: Any, **__: Any) -> Result:
    """A number for each image.

    >>> {name}(tf.ones((2, 180, 180, 3)), tf.ones((2, 180, 180, 3)), 1.0)
    """
    return _measured(img1, img2)


@function("tensorflow.image.extract_patches")
def extract_patches(images: Any, sizes: Any, strides: Any, rates: Any, padding: Any, name: Any = None) -> Result:
    """The pixels of each window in the last axis.

    >>> {name}(tf.ones((2, 10, 12, 3)), [1, 3, 4, 1], [1, 3, 4, 1], [1, 1, 1, 1], "VALID")
    >>> {name}(images=tf.ones((2, 10, 12, 3)), sizes=[1, 3, 3, 1], strides=[1, 2, 2, 1], rates=[1, 1, 1, 1], padding="SAME")
    """
    found = operand(images)
    if not all(isinstance(value, (list, tuple)) and len(value) == 4 for value in (sizes, strides, rates)):
        raise NotKnown("a number for each axis")
    if found.shape.rank != 4:
        refuse_rank(found.shape, 4, f"input must be 4-dimensional{bracketed(found.shape.sizes)}")
    window, steps, holes = (spatial(value, 2) for value in (sizes, strides, rates))
    shape = found.shape.replace(-1, found.shape[-1] * (window[0] * window[1]))
    for axis, size, step, rate in zip((1, 2), window, steps, holes, strict=True):
        shape = shape.replace(axis, windows(shape[axis], size, step, rate, padding))
    return Result(shape, narrowed(found))


@function("tensorflow.image.draw_bounding_boxes")
def draw_bounding_boxes(images: Any, boxes: Any, colors: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 8, 9, 3)), tf.zeros((2, 1, 4)), None)
    """
    found, given = operand(images), operand(boxes).shape
    if given.rank != 3 or found.shape.rank != 4:
        raise NotKnown("boxes in images")
    alike_shapes(given, Shape((found.shape[0], given[1], 4)))
    return alike(found)


@function("tensorflow.image.non_max_suppression")
def non_max_suppression(boxes: Any, scores: Any, max_output_size: Any, *_: Any, **__: Any) -> Result:
    """The boxes that are kept.

    >>> {name}(tf.zeros((5, 4)), tf.zeros((5,)), 3)
    """
    given, found = operand(boxes).shape, operand(scores).shape
    if given.rank != 2 or found.rank != 1:
        raise NotKnown("boxes")
    alike_shapes(given, Shape((found[0], 4)))
    return Result(Shape((sized_by_data(),)), "int32")


@function("tensorflow.image.combined_non_max_suppression")
def combined_non_max_suppression(
    boxes: Any,
    scores: Any,
    max_output_size_per_class: Any,
    max_total_size: Any,
    iou_threshold: Any = 0.5,
    score_threshold: Any = float("-inf"),
    pad_per_class: Any = False,
    clip_boxes: Any = True,
    name: Any = None,
) -> Any:
    """Boxes, scores and classes that are kept of each image, and how many.

    >>> {name}(tf.zeros((2, 5, 1, 4)), tf.zeros((2, 5, 3)), 3, 7)
    """
    if flag(pad_per_class):
        raise NotKnown("how many boxes")
    batch, count = operand(boxes).shape[0], size_of(max_total_size)
    row = Result(Shape((batch, count)), "float32")
    return Result(Shape((batch, count, 4)), "float32"), row, row, Result(Shape((batch,)), "int32")


@function("tensorflow.image.sample_distorted_bounding_box")
def sample_distorted_bounding_box(image_size: Any, bounding_boxes: Any, *_: Any, **__: Any) -> Any:
    """Begin and size of a crop, and its box.

    >>> {name}([8, 9, 3], tf.zeros((1, 0, 4)), use_image_if_no_bounding_boxes=True)
    """
    dtype = narrowed(operand(image_size))
    return Result(Shape((3,)), dtype), Result(Shape((3,)), dtype), Result(Shape((1, 1, 4)), "float32")


@function("tensorflow.image.adjust_jpeg_quality")
def adjust_jpeg_quality(image: Any, jpeg_quality: Any, dct_method: Any = "", name: Any = None) -> Result:
    """An image of the same rank.

    >>> {name}(tf.ones((8, 9, 3)), 75)
    """
    found = operand(image)
    if found.shape.rank != 3:
        raise NotKnown("an image")
    return Result(Shape((sized_by_data(), sized_by_data(), found.shape[-1])), narrowed(found))


@function("tensorflow.image.random_jpeg_quality")
def random_jpeg_quality(image: Any, min_jpeg_quality: Any, max_jpeg_quality: Any, seed: Any = None) -> Result:
    """An image of the same rank.

    >>> {name}(tf.ones((8, 9, 3)), 50, 75)
    """
    return adjust_jpeg_quality(image, min_jpeg_quality)


@function("tensorflow.image.stateless_random_jpeg_quality")
def stateless_random_jpeg_quality(image: Any, min_jpeg_quality: Any, max_jpeg_quality: Any, seed: Any) -> Result:
    """An image of the same rank.

    >>> {name}(tf.ones((8, 9, 3)), 50, 75, (1, 2))
    """
    return adjust_jpeg_quality(image, min_jpeg_quality)
