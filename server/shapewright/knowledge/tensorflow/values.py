"""Which numbers functions of TensorFlow do not take: seeds, rates, sizes that no image has. What they refuse gives nothing.

As measured: `tests/differential/test_tensorflow.py` compares.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from shapewright.knowledge.arrays.arguments import contents, elements, operand
from shapewright.knowledge.rule import Given, NotKnown
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape
from shapewright.values.value import UNKNOWN

Arguments = Mapping[str, Any]


def takes_values(name: str, arguments: Arguments) -> bool:
    """Whether a function takes these arguments, as far as it looks at the values of numbers.

    >>> takes_values("tensorflow.nn.dropout", {"x": UNKNOWN, "rate": 2, "seed": None})
    False
    """
    if not name.startswith("tensorflow."):
        return True
    short = name.removeprefix("tensorflow.")
    if "seed" in arguments and not _is_seed(arguments["seed"], "stateless" in short):
        return False
    if short not in _TAKES_NONE and any(_has_none(arguments.get(name)) for name in _SIZES):
        return False
    check = _CHECKS.get(short)
    try:
        return check is None or check(arguments)
    except NotKnown:
        return True
    except (TypeError, ValueError, LookupError, AttributeError):
        return False  # an argument of a kind that nothing looks for


_SIZES = ("shape", "dims", "size", "multiples", "output_shape", "target_height", "target_width", "depth", "num_rows")
_TAKES_NONE = frozenset(["ensure_shape", "TensorShape", "TensorSpec", "Variable", "sparse.placeholder"])


def _has_none(sizes: Any) -> bool:
    """Whether sizes that become a tensor are open: `x.shape` has `None` where `tf.shape(x)` has a number."""
    if isinstance(sizes, (list, tuple, Shape)):
        return any(size is None or (isinstance(size, Dim) and size.size is None) for size in sizes)
    return isinstance(sizes, Dim) and sizes.size is None


def _is_seed(seed: Any, stateless: bool) -> bool:
    """A function that keeps a state takes one number or none, the others two numbers."""
    if seed is UNKNOWN or isinstance(seed, Dim):
        return True
    if not stateless:
        return seed is None or isinstance(seed, (int, Given))
    if isinstance(seed, Given):
        return seed.tensor.shape is None or (seed.rank == 1 and seed.shape[0].size in (2, None))
    return isinstance(seed, (list, tuple)) and len(seed) == 2


def _rate(arguments: Arguments) -> bool:
    rate = arguments["rate"]
    return _within(rate, 0, 1) and rate != 1


def _hue(arguments: Arguments) -> bool:
    return _within(arguments["max_delta"], 0, 0.5)


def _brightness(arguments: Arguments) -> bool:
    return _within(arguments["max_delta"], 0, float("inf"))


def _between(arguments: Arguments) -> bool:
    lower, upper = arguments["lower"], arguments["upper"]
    return not isinstance(lower, (int, float)) or not isinstance(upper, (int, float)) or 0 <= lower < upper


def _resized(arguments: Arguments) -> bool:
    return all(_is_positive(size) for size in contents(arguments["size"]) or ())


def _target(arguments: Arguments) -> bool:
    return _is_positive(arguments["target_height"]) and _is_positive(arguments["target_width"])


def _is_positive(size: Any) -> bool:
    size = size.size if isinstance(size, Dim) else size
    return not isinstance(size, int) or size > 0


def _cropped(arguments: Arguments) -> bool:
    """A crop is no larger than what it is cut from."""
    shape, size = operand(arguments["value"]).shape, contents(arguments["size"])
    return size is None or len(size) != shape.rank or all(_fits(a, b) for a, b in zip(size, shape, strict=True))


def _sliced(arguments: Arguments) -> bool:
    """A slice lies within what it is cut from."""
    shape, sizes, begin = operand(arguments["input_"]).shape, contents(arguments["size"]), contents(arguments["begin"])
    if sizes is None or begin is None:
        return True
    if not len(sizes) == len(begin) == shape.rank:
        return False
    return all(
        _fits(start if size.size == -1 else start + size, dim)
        for start, size, dim in zip(begin, sizes, shape, strict=True)
    )


def _fits(part: Dim, whole: Dim) -> bool:
    return not isinstance(part.size, int) or not isinstance(whole.size, int) or part.size <= whole.size


def _picked(arguments: Arguments) -> bool:
    """Positions in a list lie on the axis."""
    shape = operand(arguments["params"]).shape
    positions = arguments.get("indices", arguments.get("ids"))
    axis = arguments.get("axis") or 0
    if not isinstance(axis, int) or not -shape.rank <= axis < shape.rank or arguments.get("batch_dims", 0) != 0:
        return True
    size = shape[axis].size
    return not isinstance(size, int) or all(not isinstance(n, int) or 0 <= n < size for n in _numbers(positions))


def _numbers(value: Any) -> list[Any]:
    if isinstance(value, (list, tuple)):
        return [number for item in value for number in _numbers(item)]
    return [value]


def _batched(arguments: Arguments) -> bool:
    """The leading axes of what is picked from are those of the positions."""
    count = arguments["batch_dims"]
    pair = [operand(arguments[name]).shape for name in ("params", "indices")]
    if not isinstance(count, int) or count < 0 or min(shape.rank for shape in pair) < count:
        return True
    return _same(*(Shape(shape.dims[:count]) for shape in pair))


def _gathered(arguments: Arguments) -> bool:
    return _picked(arguments) and _batched(arguments)


def _same(*shapes: Shape) -> bool:
    """Whether shapes can be equal."""
    first = shapes[0]
    return all(
        shape.rank == first.rank and all(same_length(a, b) is not False for a, b in zip(first, shape, strict=True))
        for shape in shapes
    )


def _crossed(arguments: Arguments) -> bool:
    shapes = [operand(arguments[name]).shape for name in ("a", "b")]
    return _same(*shapes) and all(shape.rank and shape[-1].size in (3, None) for shape in shapes)


def _mirrored(arguments: Arguments) -> bool:
    """What is mirrored is no wider than the axis."""
    mode, shape, widths = arguments["mode"], operand(arguments["tensor"]).shape, arguments["paddings"]
    if mode not in ("REFLECT", "SYMMETRIC") or not isinstance(widths, (list, tuple)):
        return True
    less = mode == "REFLECT"
    pairs = [(n, dim.size) for pair, dim in zip(widths, shape, strict=False) for n in pair]
    return all(not (isinstance(n, int) and isinstance(size, int)) or n <= size - less for n, size in pairs)


def _banded(arguments: Arguments) -> bool:
    shape = operand(arguments["input"]).shape
    bands = zip((arguments["num_lower"], arguments["num_upper"]), shape.dims[-2:], strict=False)
    return all(not isinstance(n, int) or n < 0 or _fits(Dim(n), dim) for n, dim in bands)


def _best(arguments: Arguments) -> bool:
    k, shape = arguments["k"], operand(arguments["input"]).shape
    return not isinstance(k, int) or not shape.rank or (k >= 0 and _fits(Dim(k), shape[-1]))


def _drawn(arguments: Arguments) -> bool:
    """Whole numbers need a bound above."""
    dtype = str(arguments["dtype"]).rpartition(".")[2]
    return arguments["maxval"] is not None or "int" not in dtype


def _confusion(arguments: Arguments) -> bool:
    shapes = [operand(arguments[name]).shape for name in ("labels", "predictions")]
    weights = arguments.get("weights")
    shapes += [operand(weights).shape] if weights is not None else []
    return all(shape.rank == 1 for shape in shapes) and _same(*shapes)


def _searched(arguments: Arguments) -> bool:
    pair = [operand(arguments[name]).shape for name in ("sorted_sequence", "values")]
    return min(s.rank for s in pair) > 0 and pair[0].rank == pair[1].rank and _same(*(Shape(s.dims[:-1]) for s in pair))


def _normed(arguments: Arguments) -> bool:
    """Norms of matrices are over two axes, those of vectors over one or all."""
    order, axis = arguments["ord"], arguments["axis"]
    pair = isinstance(axis, (list, tuple)) and len(axis) == 2
    return pair or order != "fro"


def _spaced(arguments: Arguments) -> bool:
    """Two numbers of one kind."""
    whole = [isinstance(arguments[name], int) for name in ("start", "stop")]
    fraction = [isinstance(arguments[name], float) for name in ("start", "stop")]
    return arguments["num"] is not None and not (any(whole) and any(fraction))


def _within(number: Any, least: float, most: float) -> bool:
    return not isinstance(number, (int, float)) or least <= number <= most


def _picked_nd(arguments: Arguments) -> bool:
    """Positions in lists lie in the tensor."""
    shape, rows = operand(arguments["params"]).shape, elements(arguments["indices"])
    rows = [rows] if isinstance(rows, (list, tuple)) and not any(isinstance(n, (list, tuple)) for n in rows) else rows
    if not isinstance(rows, (list, tuple)) or not all(isinstance(row, (list, tuple)) for row in rows):
        return True
    pairs = [pair for row in rows for pair in zip(row, shape.sizes, strict=False)]
    known = [(_plain(n), size) for n, size in pairs]
    return all(not (isinstance(n, int) and isinstance(size, int)) or 0 <= n < size for n, size in known)


def _plain(number: Any) -> Any:
    return number.size if isinstance(number, Dim) else number


def _padded(arguments: Arguments) -> bool:
    """The image, made smaller until it fits into the target, still has pixels."""
    shape = operand(arguments["image"]).shape
    sides = [dim.size for dim in shape.dims[-3:-1]]
    target = [_plain(arguments["target_height"]), _plain(arguments["target_width"])]
    if shape.rank < 3 or not _target(arguments) or not all(isinstance(n, int) for n in (*sides, *target)):
        return _target(arguments)
    ratio = max(side / asked for side, asked in zip(sides, target, strict=True))
    return all(side / ratio >= 1 for side in sides)


def _scalar(name: str) -> Callable[[Arguments], bool]:
    return lambda arguments: not operand(arguments[name]).shape.rank


_CHECKS: dict[str, Callable[[Arguments], bool]] = {
    **dict.fromkeys(("nn.dropout", "nn.experimental.stateless_dropout"), _rate),
    **dict.fromkeys(("image.random_hue", "image.stateless_random_hue"), _hue),
    **dict.fromkeys(("image.random_brightness", "image.stateless_random_brightness"), _brightness),
    **{
        f"image.{way}_{what}": _between for way in ("random", "stateless_random") for what in ("contrast", "saturation")
    },
    "image.resize": _resized,
    **dict.fromkeys(("image.crop_to_bounding_box", "image.resize_with_crop_or_pad"), _target),
    "image.resize_with_pad": _padded,
    **dict.fromkeys(("image.random_crop", "image.stateless_random_crop"), _cropped),
    "slice": _sliced,
    "gather": _gathered,
    "nn.embedding_lookup": _picked,
    "linalg.cross": _crossed,
    "pad": _mirrored,
    "linalg.band_part": _banded,
    **dict.fromkeys(("math.top_k", "nn.top_k"), _best),
    **dict.fromkeys(
        ("argmax", "argmin", "math.argmax", "math.argmin"), lambda a: not isinstance(a["axis"], (list, tuple))
    ),
    **dict.fromkeys(("random.uniform", "random.stateless_uniform"), _drawn),
    "math.confusion_matrix": _confusion,
    "searchsorted": _searched,
    **dict.fromkeys(("norm", "linalg.norm", "linalg.normalize"), _normed),
    "fill": _scalar("value"),
    "reverse_sequence": lambda arguments: arguments["seq_axis"] is not None,
    "linspace": _spaced,
    "image.adjust_hue": lambda arguments: _within(arguments["amount"], -1, 1),
    "gather_nd": _picked_nd,
}
