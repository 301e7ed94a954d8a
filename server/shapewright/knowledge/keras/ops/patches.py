"""Patches and windows of images, and images moved and cut. Source: keras/src/ops/image.py, keras/src/ops/nn.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import Operand, narrowed, operand, size_of
from shapewright.knowledge.arrays.dtypes import is_float
from shapewright.knowledge.keras.layers.windows import channels_last, per_axis, window_size
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape


def _images(value: Any) -> Operand:
    found = operand(value)
    if found.shape.rank not in (3, 4):
        raise NotKnown("an image or a batch of images")
    return found


def _kept(images: Any) -> Result:
    found = _images(images)
    return Result(found.shape, "float32" if narrowed(found) == "float32" else None)


@function(*spelled("keras.ops.image.", "hsv_to_rgb rgb_to_hsv"))
def colours(images: Any, data_format: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((4, 5, 3), "float32"))
    """
    channels = _images(images).shape[-1 if channels_last(data_format) else -3].size
    if (isinstance(channels, int) and channels != 3) or not is_float(_images(images).dtype):
        raise NotKnown("red, green and blue")
    return _kept(images)


@function("keras.ops.image.affine_transform")
def affine_transform(
    images: Any,
    transform: Any,
    interpolation: Any = "bilinear",
    fill_mode: Any = "constant",
    fill_value: Any = 0,
    data_format: Any = None,
) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((2, 4, 5, 3), "float32"), np.ones((2, 8), "float32"))
    """
    if fill_mode not in ("constant", "nearest", "wrap", "reflect"):
        raise NotKnown("fill_mode")
    given, count = operand(transform).shape, operand(images).shape
    if count.rank != given.rank + 2 or (given.rank == 2 and given[0].size not in (1, count[0].size)):
        raise NotKnown("a transform for each image")
    return _kept(images)


@function("keras.ops.image.perspective_transform")
def perspective_transform(
    images: Any,
    start_points: Any,
    end_points: Any,
    interpolation: Any = "bilinear",
    fill_value: Any = 0,
    data_format: Any = None,
) -> Result:
    """Keeps the shape.

    >>> p = np.random.rand(2, 4, 2).astype("float32"); {name}(np.ones((2, 4, 5, 3), "float32"), p, p)
    """
    points, shape = operand(start_points).shape, operand(images).shape
    if points.rank != shape.rank - 1 or (points.rank == 3 and points[0].size not in (1, shape[0].size)):
        raise NotKnown("points for each image")
    if operand(images).dtype == "bool":
        raise NotKnown("numbers")
    return _kept(images)


@function("keras.ops.image.gaussian_blur")
def gaussian_blur(images: Any, kernel_size: Any = (3, 3), sigma: Any = (1.0, 1.0), data_format: Any = None) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((2, 4, 5, 3), "float32"))
    """
    if not all(isinstance(value, (tuple, list)) and len(value) == 2 for value in (kernel_size, sigma)):
        raise NotKnown("pairs")
    return _kept(images)


@function("keras.ops.image.elastic_transform")
def elastic_transform(
    images: Any,
    alpha: Any = 20.0,
    sigma: Any = 5.0,
    interpolation: Any = "bilinear",
    fill_mode: Any = "reflect",
    fill_value: Any = 0.0,
    seed: Any = None,
    data_format: Any = None,
) -> Result:
    """Keeps the shape.

    >>> {name}(np.ones((2, 4, 5, 3), "float32"))
    """
    return _kept(images)


@function("keras.ops.image.map_coordinates")
def map_coordinates(
    inputs: Any, coordinates: Any, order: Any, fill_mode: Any = "constant", fill_value: Any = 0
) -> Result:
    """The shape of the coordinates of one axis.

    >>> {name}(np.ones((4, 5), "float32"), np.ones((2, 3, 6), "float32"), 1)
    """
    found, places = operand(inputs), operand(coordinates)
    if places.shape.rank < 2 or places.shape[0].size != found.shape.rank or order not in (0, 1):
        raise NotKnown("coordinates for each axis")
    return Result(Shape(places.shape.dims[1:]), narrowed(found))


@function("keras.ops.image.scale_and_translate")
def scale_and_translate(
    images: Any,
    output_shape: Any,
    scale: Any,
    translation: Any,
    spatial_dims: Any,
    method: Any,
    antialias: Any = True,
) -> Result:
    """The shape that is asked for.

    >>> {name}(np.ones((4, 5, 3), "float32"), (2, 2, 3), np.ones(2, "float32"), np.zeros(2, "float32"), (0, 1), "linear")
    """
    found = operand(images)
    if not isinstance(output_shape, (tuple, list)) or len(output_shape) != found.shape.rank:
        raise NotKnown("output_shape")
    return Result(Shape(size_of(size) for size in output_shape))


def _grown(dim: Dim, before: Any, after: Any, target: Any, sign: int) -> Dim:
    """A size with what is put on (or cut off) before and after, or as the target says. Two of the three decide."""
    given = [value is not None for value in (before, after, target)]
    if sum(given) != 2:
        raise NotKnown("two of three")
    if target is not None:
        return size_of(target)
    amount = size_of(before) + size_of(after)
    return dim + amount if sign > 0 else dim - amount


@function("keras.ops.image.pad_images")
def pad_images(
    images: Any,
    top_padding: Any = None,
    left_padding: Any = None,
    bottom_padding: Any = None,
    right_padding: Any = None,
    target_height: Any = None,
    target_width: Any = None,
    data_format: Any = None,
) -> Result:
    """Height and width with what is put around.

    >>> {name}(np.ones((4, 5, 3), "float32"), 1, 2, 3, 4)
    >>> {name}(Input((4, 5, 3)), 1, 2, target_height=8, target_width=9)
    """
    found, first = _images(images), -3 if channels_last(data_format) else -2
    height = _grown(found.shape[first], top_padding, bottom_padding, target_height, 1)
    width = _grown(found.shape[first + 1], left_padding, right_padding, target_width, 1)
    return Result(found.shape.replace(first, height).replace(first + 1, width), narrowed(found))


@function("keras.ops.image.crop_images")
def crop_images(
    images: Any,
    top_cropping: Any = None,
    left_cropping: Any = None,
    bottom_cropping: Any = None,
    right_cropping: Any = None,
    target_height: Any = None,
    target_width: Any = None,
    data_format: Any = None,
) -> Result:
    """Height and width without what is cut off.

    >>> {name}(np.ones((8, 9, 3), "float32"), 1, 2, 3, 4)
    >>> {name}(Input((8, 9, 3)), 1, 2, target_height=4, target_width=5)
    """
    found, first = _images(images), -3 if channels_last(data_format) else -2
    height = _grown(found.shape[first], top_cropping, bottom_cropping, target_height, -1)
    width = _grown(found.shape[first + 1], left_cropping, right_cropping, target_width, -1)
    if any(isinstance(dim.size, int) and dim.size <= 0 for dim in (height, width)):
        raise NotKnown("an image that is large enough")
    return Result(found.shape.replace(first, height).replace(first + 1, width), narrowed(found))


@function("keras.ops.image.sobel_edges")
def sobel_edges(images: Any, data_format: Any = None) -> Result:
    """A last axis for the edges of both directions.

    >>> {name}(np.ones((2, 8, 9, 3), "float32"))
    """
    found = _images(images)
    if found.shape.rank != 4 or not channels_last(data_format) or any(d.size == 1 for d in found.shape.dims[1:3]):
        raise NotKnown("a batch of images, mirrored at their sides")
    return Result(Shape((*found.shape, 2)))


@function("keras.ops.image.ssim")
def ssim(
    image1: Any,
    image2: Any,
    max_val: Any = 1.0,
    filter_size: Any = 11,
    filter_sigma: Any = 1.5,
    k1: Any = 0.01,
    k2: Any = 0.03,
    data_format: Any = None,
) -> Result:
    """One number for each image.

    >>> {name}(np.ones((2, 16, 16, 3), "float32"), np.ones((2, 16, 16, 3), "float32"))
    """
    a, b = _images(image1), _images(image2)
    if a.shape.sizes != b.shape.sizes or a.shape.rank != 4:
        raise NotKnown("images of one shape")
    return Result(Shape((a.shape[0],)))


# -- patches


def _patches(found: Operand, spatial: int, size: Any, strides: Any, dilation: Any, padding: Any, fmt: Any) -> Result:
    if not channels_last(fmt) or not isinstance(padding, str):
        raise NotKnown("channels last")
    shape = found.shape
    if shape.rank not in (spatial + 1, spatial + 2):
        raise NotKnown("images")
    windows = per_axis(size, spatial)
    steps = windows if strides is None else per_axis(strides, spatial)
    rates = per_axis(dilation, spatial)
    if min(rates) < 1 or (max(rates) > 1 and max(steps) > 1):
        raise NotKnown("steps between the pixels")
    first, count = shape.rank - spatial - 1, 1
    dims = list(shape.dims)
    for n in range(spatial):
        dims[first + n] = window_size(shape[first + n], windows[n], steps[n], padding.lower(), rates[n])
        count *= windows[n]
    if any(isinstance(dim.size, int) and dim.size <= 0 for dim in dims) or not shape[-1].is_known:
        raise NotKnown("an image that is large enough")
    dims[-1] = shape[-1] * count
    return Result(Shape(dims), "float32" if narrowed(found) == "float32" else None)


@function("keras.ops.image.extract_patches")
def extract_patches(
    images: Any, size: Any, strides: Any = None, dilation_rate: Any = 1, padding: Any = "valid", data_format: Any = None
) -> Result:
    """(batch, height, width, channels) -> (batch, rows, columns, size * size * channels).

    >>> {name}(Input((8, 9, 3)), 4)
    >>> {name}(np.ones((2, 8, 9, 3), "float32"), (2, 3), strides=2, padding="same")
    """
    if isinstance(size, (tuple, list)) and len(size) != 2:
        raise NotKnown("images")
    return _patches(operand(images), 2, size, strides, dilation_rate, padding, data_format)


@function("keras.ops.image.extract_patches_3d")
def extract_patches_3d(
    volumes: Any,
    size: Any,
    strides: Any = None,
    dilation_rate: Any = 1,
    padding: Any = "valid",
    data_format: Any = None,
) -> Result:
    """(batch, depth, height, width, channels) -> (batch, ..., size³ * channels).

    >>> {name}(np.ones((2, 4, 8, 9, 3), "float32"), 2)
    """
    return _patches(operand(volumes), 3, size, strides, dilation_rate, padding, data_format)


def _windows(size: Any, window: Any, dilation: Any, padding: Any, stride: Any) -> list[Dim]:
    """How many positions windows take along the axes of `size`."""
    windows, rates, pads, steps = (per_axis(value, 2) for value in (window, dilation, padding, stride))
    if min(*windows, *rates, *steps) < 1 or min(pads) < 0:
        raise NotKnown("windows of some size")
    found = []
    for n, dim in enumerate(size):
        if not isinstance(dim.size, int):
            raise NotKnown("sizes")
        found.append(Dim((dim.size + 2 * pads[n] - rates[n] * (windows[n] - 1) - 1) // steps[n] + 1))
    if any(isinstance(dim.size, int) and dim.size <= 0 for dim in found):
        raise NotKnown("an image that is large enough")
    return found


@function("keras.ops.unfold")
def unfold(x: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1) -> Result:
    """(batch, channels, height, width) -> (batch, channels * window, positions).

    >>> {name}(np.ones((2, 3, 6, 7), "float32"), 2)
    >>> {name}(np.ones((2, 3, 6, 7), "float32"), (2, 3), padding=1, stride=2)
    """
    found = operand(x)
    if found.shape.rank != 4:
        raise NotKnown("(batch, channels, height, width)")
    rows, columns = _windows(found.shape.dims[2:], kernel_size, dilation, padding, stride)
    a, b = per_axis(kernel_size, 2)
    return Result(Shape((found.shape[0], found.shape[1] * (a * b), rows * columns)), narrowed(found))


@function("keras.ops.fold")
def fold(x: Any, output_size: Any, kernel_size: Any, dilation: Any = 1, padding: Any = 0, stride: Any = 1) -> Result:
    """(batch, channels * window, positions) -> (batch, channels, height, width).

    >>> {name}(np.ones((2, 12, 30), "float32"), (6, 7), 2)
    """
    found = operand(x)
    if found.shape.rank != 3 or not isinstance(found.shape[1].size, int):
        raise NotKnown("(batch, channels * window, positions)")
    height, width = per_axis(output_size, 2)
    rows, columns = _windows([Dim(height), Dim(width)], kernel_size, dilation, padding, stride)
    a, b = per_axis(kernel_size, 2)
    if found.shape[1].size % (a * b) or (rows * columns).size != found.shape[2].size:
        raise NotKnown("positions that fit")
    return Result(Shape((found.shape[0], found.shape[1].size // (a * b), height, width)), narrowed(found))
