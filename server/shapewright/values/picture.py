"""Pictures of Pillow: no arrays themselves, but what arrays are made of."""

from __future__ import annotations

from dataclasses import dataclass

from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import Value


@dataclass(frozen=True, slots=True)
class Picture(Value):
    """A picture: its size, and its mode (`"RGB"`), `None` where that is not known."""

    width: Dim
    height: Dim
    mode: str | None


_GREY = dict.fromkeys(("L", "P", "1", "F", "I"), 0)
CHANNELS = {"RGB": 3, "YCbCr": 3, "LAB": 3, "HSV": 3, "RGBA": 4, "RGBX": 4, "CMYK": 4, "LA": 2} | _GREY
"""How many channels the array of a picture of some mode has; 0 where it has no such axis."""
_DTYPES = {"1": "bool", "F": "float32", "I": "int32"}


def array_of(picture: Picture) -> Tensor:
    """What `np.array(picture)` is: (height, width, channels), or (height, width) for one in grey."""
    channels = CHANNELS.get(picture.mode or "")
    if channels is None:
        return Tensor(None, None, Library.NUMPY)
    shape = Shape((picture.height, picture.width, *([channels] if channels else [])))
    return Tensor(shape, _DTYPES.get(picture.mode or "", "uint8"), Library.NUMPY)
