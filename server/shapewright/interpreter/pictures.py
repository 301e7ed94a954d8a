"""Pictures of Pillow, and those that Keras loads with it: their size and mode, from which arrays have their shape.

Source: keras/src/utils/image_utils.py and Pillow's PIL/Image.py; what each gives is measured in
tests/interpreter/test_pictures.py.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from dataclasses import replace

from shapewright.interpreter.arguments import as_dim
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import dim_value, items_of
from shapewright.interpreter.run import Call, Run, attributes
from shapewright.knowledge.rule import NotKnown
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.values.picture import Picture
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, TEXT, UNKNOWN, Api, BoundApi, Literal, Tuple, Value, is_none, str_of

_SOME = Dim(UNNAMED)
_COLOURS = {"rgb": "RGB", "rgba": "RGBA"}


def _load(run: Run, call: Call, frame: Frame) -> Value:
    """`load_img(path, target_size=(height, width))`. A grey one may have more than eight bits."""
    given = call.by_name("path", "color_mode", "target_size")
    if not call.complete or "grayscale" in given:
        return UNKNOWN
    size, mode = given.get("target_size", NONE), str_of(given.get("color_mode", Literal("rgb")))
    height, width = (_SOME, _SOME) if is_none(size) else _sizes(run, size)
    return Picture(width, height, _COLOURS.get(mode or ""))


def _open(run: Run, call: Call, frame: Frame) -> Value:
    return Picture(_SOME, _SOME, None)


def _new(run: Run, call: Call, frame: Frame) -> Value:
    """`Image.new("RGB", (width, height))`."""
    given = call.by_name("mode", "size")
    width, height = _sizes(run, given.get("size", UNKNOWN))
    return Picture(width, height, str_of(given.get("mode", UNKNOWN)))


_OF_ARRAYS = {("uint8", 3): "RGB", ("uint8", 4): "RGBA", ("uint8", 2): "LA", ("float32", 0): "F", ("float64", 0): "F"} | {
    ("uint8", 0): "L",
    ("int32", 0): "I",
    ("bool", 0): "1",
}
"""The mode that an array of some dtype gives, by its channels."""


def _from_array(run: Run, call: Call, frame: Frame) -> Value:
    """`Image.fromarray(array)`."""
    given = call.by_name("obj", "mode")
    array = given.get("obj", UNKNOWN)
    if not isinstance(array, Tensor) or array.shape is None or array.shape.rank not in (2, 3):
        return Picture(_SOME, _SOME, None)
    channels = array.shape[2].size if array.shape.rank == 3 else 0
    mode = _OF_ARRAYS.get((array.dtype or "", channels)) if isinstance(channels, int) else None
    return Picture(array.shape[1], array.shape[0], mode if is_none(given.get("mode", NONE)) else None)


def _of_keras(run: Run, call: Call, frame: Frame) -> Value:
    """`array_to_img(array)`: one channel makes a grey picture. Whether one is 8 bit or 32 bit decides its values."""
    given = call.by_name("x", "data_format")
    array = given.get("x", UNKNOWN)
    if not isinstance(array, Tensor) or array.shape is None or array.shape.rank != 3 or array.library is Library.KERAS:
        return Picture(_SOME, _SOME, None)
    if not is_none(given.get("data_format", NONE)):
        return Picture(_SOME, _SOME, None)
    channels, scaled = array.shape[2].size, given.get("scale", Literal(True)) == Literal(True)
    mode = {3: "RGB", 4: "RGBA"}.get(channels) if isinstance(channels, int) else None
    return Picture(array.shape[1], array.shape[0], "L" if channels == 1 and scaled else mode)


PICTURES: dict[str, Callable[[Run, Call, Frame], Value]] = {
    "PIL.Image.open": _open,
    "PIL.Image.new": _new,
    "PIL.Image.fromarray": _from_array,
    **{f"keras.{module}.load_img": _load for module in ("utils", "preprocessing.image")},
    **{f"keras.{module}.array_to_img": _of_keras for module in ("utils", "preprocessing.image")},
}
"""The functions that make a picture."""


def _sizes(run: Run, pair: Value) -> tuple[Dim, Dim]:
    """A pair of sizes; each some size where it is not known."""
    items = items_of(run, pair) or []
    if len(items) != 2:
        return _SOME, _SOME
    first, second = (_size(item) for item in items)
    return first, second


def _size(value: Value) -> Dim:
    try:
        dim = as_dim(value)
    except NotKnown:
        return _SOME
    return _SOME if dim.size is None else dim


@attributes(Picture)
def attribute_of_picture(run: Run, picture: Picture, name: str) -> Value:
    if name == "size":
        return Tuple((dim_value(picture.width), dim_value(picture.height)))
    if name in ("width", "height"):
        return dim_value(picture.width if name == "width" else picture.height)
    if name == "mode":
        return TEXT if picture.mode is None else Literal(picture.mode)
    return BoundApi(picture, name)


_KEEPING = frozenset(["copy", "filter", "point", "effect_spread"])
_CHANGING = frozenset(["thumbnail", "putalpha"])


def call_picture_method(run: Run, picture: Picture, method: str, call: Call, frame: Frame) -> Value:
    """`picture.resize((width, height))`, `picture.convert("RGB")`: a new picture; `UNKNOWN` for what gives none."""
    if method == "resize":
        width, height = _sizes(run, call.by_name("size").get("size", UNKNOWN))
        return replace(picture, width=width, height=height)
    if method == "convert":
        mode = call.by_name("mode").get("mode")
        known = str_of(mode) if mode is not None else picture.mode if picture.mode != "P" else None
        return replace(picture, mode=known)
    if method in _KEEPING:
        return picture
    if method == "rotate":
        turned = call.by_name("angle", "resample", "expand").get("expand", Literal(False)) != Literal(False)
        return replace(picture, width=_SOME, height=_SOME) if turned else picture
    if method == "crop":
        return _cropped(run, picture, call.by_name("box").get("box", NONE))
    if method == "transpose":
        way = call.args[0] if call.args else UNKNOWN
        flipped = isinstance(way, Api) and way.name.rsplit(".", 1)[-1].startswith("FLIP_")
        return picture if flipped else replace(picture, width=_SOME, height=_SOME)
    if method in _CHANGING:
        _forget(run, picture, call, frame)
        return NONE
    return UNKNOWN


def _cropped(run: Run, picture: Picture, box: Value) -> Picture:
    """`picture.crop((left, upper, right, lower))`."""
    if is_none(box):
        return picture
    sides = [item.value if isinstance(item, Literal) else None for item in items_of(run, box) or []]
    left, upper, right, lower = sides if len(sides) == 4 else (None,) * 4
    width = Dim(right - left) if type(left) is int and type(right) is int and right > left else _SOME
    height = Dim(lower - upper) if type(upper) is int and type(lower) is int and lower > upper else _SOME
    return replace(picture, width=width, height=height)


def _forget(run: Run, picture: Picture, call: Call, frame: Frame) -> None:
    """A picture is changed in place: what its name stands for is not known any more."""
    node = call.node.func if isinstance(call.node, ast.Call) else None
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        frame.bind(run.store, node.value.id, UNKNOWN)

