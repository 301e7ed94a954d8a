"""KerasCV's Stable Diffusion: texts to vectors, vectors to pictures. Source: keras_cv/src/models/stable_diffusion."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import method
from shapewright.knowledge.rule import Result
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library

DIFFUSION = {"keras_cv.models.StableDiffusion": 768, "keras_cv.models.StableDiffusionV2": 1024}
"""The models, and how wide the vectors are that they make of tokens."""
_TOKENS = 77


@method("StableDiffusion.encode_text")
def encode_text(self: Any, prompt: Any) -> Result:
    """One text of 77 tokens."""
    return Result(Shape((1, _TOKENS, DIFFUSION[self.api])), None, Library.NUMPY)


def _pictures(batch_size: Dim, *sizes: Dim) -> Result:
    """Pictures of colours; the model takes no sizes but multiples of 128."""
    rounded = [Dim(round(size.size / 128) * 128 if isinstance(size.size, int) else UNNAMED) for size in sizes]
    return Result(Shape((batch_size, *rounded, 3)), "uint8", Library.NUMPY)


_ONE, _SIDE = Dim(1), Dim(512)


@method("StableDiffusion.text_to_image")
def text_to_image(
    self: Any,
    prompt: Any,
    negative_prompt: Any = None,
    batch_size: Dim = _ONE,
    *_: Any,
    img_height: Dim = _SIDE,
    img_width: Dim = _SIDE,
    **__: Any,
) -> Result:
    """As many pictures of one text as are asked for."""
    return _pictures(batch_size, img_height, img_width)


@method("StableDiffusion.generate_image")
def generate_image(
    self: Any,
    encoded_text: Any,
    negative_prompt: Any = None,
    batch_size: Dim = _ONE,
    *_: Any,
    img_height: Dim = _SIDE,
    img_width: Dim = _SIDE,
    **__: Any,
) -> Result:
    """As many pictures of what a text became as are asked for."""
    return _pictures(batch_size, img_height, img_width)
