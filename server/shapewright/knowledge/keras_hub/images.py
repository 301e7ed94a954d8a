"""KerasCV: layers that change what is in images. Source: keras_cv/src/layers/preprocessing."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import layer, spelled
from shapewright.knowledge.rule import Applied, Given, NotKnown
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape

_SAME = (
    "RandAugment AugMix AutoContrast ChannelShuffle Equalization GridMask Posterization RandomBrightness RandomChannelShift "
    "RandomColorDegeneration RandomColorJitter RandomContrast RandomCutout RandomFlip RandomGaussianBlur RandomHue "
    "RandomJpegQuality RandomRotation RandomSaturation RandomSharpness RandomShear RandomTranslation RandomZoom Solarization "
    "DropBlock2D DropPath"
)


@layer(*spelled("keras_cv.layers.", _SAME))
def augmented(inputs: Given, **_: Any) -> Applied:
    """Keeps the shape of images, or of a batch of them.

    >>> {name}()(Input((8, 8, 3)))
    """
    return Applied(inputs.shape)


@layer(*spelled("keras_cv.layers.", "RandomCropAndResize"))
def cropped_and_resized(inputs: Given, target_size: Any, **_: Any) -> Applied:
    """(..., height, width, channels) -> (..., *target_size, channels).

    >>> {name}((24, 20), (0.8, 1.0), (0.9, 1.1))(Input((8, 8, 3)))
    """
    sizes = target_size if isinstance(target_size, (tuple, list)) else ()
    if inputs.rank not in (3, 4) or len(sizes) != 2 or not all(isinstance(size, (int, Dim)) for size in sizes):
        raise NotKnown("images and a size")
    return Applied(Shape((*inputs.shape.dims[:-3], *sizes, inputs.axis(-1))))
