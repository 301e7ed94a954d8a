"""What runs and is almost never meant: samples that are mixed, an axis read as another, a batch size that is fixed in passing.

Each is written down as a mismatch without a message; findings decide whether it is said, and how.
"""

from __future__ import annotations

from typing import Any

from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.model_state import stack_of
from shapewright.interpreter.run import Call, Run
from shapewright.knowledge.registry import Rule
from shapewright.knowledge.rule import Result
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.keras import LayerRef, SequentialRef
from shapewright.values.tensor import Tensor
from shapewright.values.value import NONE, Literal, Value, int_of, str_of

_IMAGE = 16
"""Axes of fewer positions than this may be anything."""
_CHANNELS = (1, 3)
_SPATIAL = ("Conv2D", "MaxPooling2D", "AveragePooling2D", "SeparableConv2D", "ZeroPadding2D")


def suspect_function(run: Run, rule: Rule, call: Call, given: Value | None, result: Result) -> None:
    """A reshape that puts axes in another order, fixes the batch size, or a reduction over the samples."""
    if not isinstance(given, Tensor) or given.shape is None or result.shape is None:
        return
    before, after = given.shape, result.shape
    name = rule.name.rpartition(".")[2]
    kind = None
    if name == "reshape" and _reorders(before, after):
        kind = "reordered"
    elif name == "reshape" and before.rank and after.rank and _fixes_batch(before, after):
        kind = "batch-fixed"
    elif given.is_symbolic and _drops_batch(name, call, before):
        kind = "batch-reduced"
    if kind is not None:
        facts = {"shape": before, "target": after, "function": rule.name}
        trail = tuple(run.call_stack)
        run.report(Mismatch(kind, None, call.span(), None, given, None, facts, trail))


def _reorders(before: Shape, after: Shape) -> bool:
    """Whether a reshape gives the same sizes in another order, the first of them elsewhere: it mixes what it should move."""
    sizes = [size for size in before.sizes if isinstance(size, int) and size > 1]
    if before.rank < 3 or len(sizes) != before.rank or len(set(sizes)) != len(sizes):
        return False
    return before.sizes != after.sizes and before.sizes[0] != after.sizes[0] and sorted(map(str, after.sizes)) == sorted(
        map(str, sizes)
    )


def _fixes_batch(before: Shape, after: Shape) -> bool:
    """Whether an open batch axis gets a size, although all of each sample is in the other axes."""
    if not before[0].is_dynamic or not isinstance(after[0].size, int) or after[0].size < 2:
        return False
    inside, now = number_of_elements(before.dims[1:]).size, number_of_elements(after.dims[1:]).size
    return isinstance(inside, int) and inside == now


_REDUCTIONS = frozenset(["mean", "sum", "max", "min", "prod", "std", "var", "argmax", "argmin", "softmax"])


def _drops_batch(name: str, call: Call, before: Shape) -> bool:
    """Whether a Keras tensor is reduced, or made to sum to 1, over the samples of a batch."""
    given = call.keywords.get("axis", call.args[1] if len(call.args) > 1 else None)
    zero = given is not None and int_of(given) == 0
    return name in _REDUCTIONS and zero and before.rank > 1 and before[0].is_dynamic


def suspect_layer(run: Run, layer: LayerRef, inputs: Value, span: Any, input_span: Any, direct: bool) -> None:
    """Images whose channels come first, a softmax over the samples, and samples joined with samples."""
    kind = None
    axis = layer.config.get("axis")
    if isinstance(inputs, Tensor) and inputs.shape is not None:
        if direct and layer.class_name in _SPATIAL and "data_format" not in layer.config and _channels_first(inputs.shape):
            kind = "channels-first" if _is_square(layer) else None
        elif layer.class_name == "Softmax" and axis is not None and int_of(axis) == 0 and inputs.shape.rank > 1:
            kind = "batch-reduced"
    if kind is not None:
        facts = {"shape": inputs.shape if isinstance(inputs, Tensor) else None, "function": layer.api}
        run.report(Mismatch(kind, None, span, layer, inputs, input_span, facts, tuple(run.call_stack)))


def _channels_first(shape: Shape) -> bool:
    if shape.rank != 4 or shape[1].size not in _CHANNELS:
        return False
    height, width = shape[2].size, shape[3].size
    return isinstance(height, int) and height == width and height >= _IMAGE


def _is_square(layer: LayerRef) -> bool:
    """Whether a window is as high as wide, and larger than one position."""
    size = layer.config.get("kernel_size", layer.config.get("pool_size", Literal(2)))
    number = int_of(size)
    if number is not None:
        return number > 1
    items = [int_of(item) for item in getattr(size, "items", ())]
    return len(items) == 2 and items[0] == items[1] and items[0] != 1


def suspect_outer(run: Run, span: Any, shapes: list[Shape]) -> None:
    """Arithmetic of `(n,)` and `(n, 1)`, which gives every pair: `(n, n)`."""
    flat, column = sorted(shapes, key=lambda shape: shape.rank)
    if flat.rank != 1 or column.rank != 2 or column[1].size != 1 or flat[0].size != column[0].size:
        return
    if flat[0].size == 1 or isinstance(flat[0].size, str):
        return
    facts = {"shapes": tuple(shapes)}
    run.report(Mismatch("outer", None, span, None, None, None, facts, tuple(run.call_stack)))


_MAP_LAYERS = frozenset(
    ["Conv2D", "SeparableConv2D", "MaxPooling2D", "AveragePooling2D", "Dropout", "BatchNormalization", "Activation", "ReLU",
     "ZeroPadding2D", "Rescaling", "LeakyReLU", "Dense"]
)


def suspect_maps(run: Run, model: SequentialRef) -> None:
    """A classifier of images that ends in a softmax over every position of its maps: a Flatten is missing in front of Dense."""
    stack = stack_of(run, model)
    if not stack.certain or len(stack.outputs) != len(stack.layers) or len(stack.layers) < 2:
        return
    layers = [layer for layer in stack.layers if isinstance(layer, LayerRef) and layer.class_name in _MAP_LAYERS]
    last, output = stack.layers[-1], stack.outputs[-1]
    if len(layers) != len(stack.layers) or not isinstance(last, LayerRef) or not isinstance(output, Tensor):
        return
    shape, names = output.shape, [layer.class_name for layer in layers]
    if last.class_name != "Dense" or not any("Conv2D" in name for name in names) or output.doubtful:
        return
    if str_of(last.config.get("activation", NONE)) != "softmax" or shape is None or shape.rank != 4:
        return
    if all(isinstance(size, int) and size > 1 for size in shape.sizes[1:3]):
        facts = {"shape": shape, "first": layers[names.index("Dense")]}
        run.report(Mismatch("maps", None, last.node, model, output, None, facts, tuple(run.call_stack)))
