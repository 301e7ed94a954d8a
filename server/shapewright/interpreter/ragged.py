"""Ragged tensors: the parts of several texts, and what is done to each of them.

Source: tensorflow/python/ops/ragged/ragged_string_ops.py, ragged_tensor.py.
"""

from __future__ import annotations

from shapewright.interpreter.arguments import shape_of
from shapewright.interpreter.datasets import as_tensors
from shapewright.interpreter.rule_calls import call_rule
from shapewright.interpreter.run import Call, Run, attributes
from shapewright.interpreter.tracing import is_traced
from shapewright.knowledge.registry import FUNCTIONS
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.ragged import Ragged
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import UNKNOWN, BoundApi, Literal, Value, is_none

_PARTS = {
    **{f"tensorflow.strings.{name}": "string" for name in ("split", "bytes_split", "unicode_split")},
    "tensorflow.strings.unicode_decode": "int32",
}
"""What takes texts apart, and the dtype of the parts."""
_EACH = frozenset(
    [
        *(f"tensorflow.strings.{name}" for name in ("lower", "upper", "strip", "regex_replace", "substr", "length")),
        *(f"tensorflow.strings.{name}" for name in ("to_number", "to_hash_bucket_fast")),
        "tensorflow.cast",
    ]
)
"""What is done to each value and leaves the rows as they are."""


def ragged_result(run: Run, name: str, call: Call) -> Value | None:
    """What a function makes of, or gives as, a ragged tensor; `None` where it is no matter of one."""
    first = (call.args[0] if call.args else call.keywords.get("input")) if call.complete else None
    if first is None:
        return None
    if isinstance(first, Ragged):
        return _of_each(run, name, first, call)
    if name not in _PARTS:
        return None
    texts = as_tensors(run, first)
    if not isinstance(texts, Tensor) or not texts.shape or texts.is_symbolic or texts.dtype not in (None, "string"):
        return None
    return Ragged(Shape((*texts.shape, _longest(run))), _PARTS[name])


def _longest(run: Run) -> Dim:
    """The length of the longest row: `None` in a graph."""
    return Dim(None if is_traced(run) else UNNAMED)


def _of_each(run: Run, name: str, ragged: Ragged, call: Call) -> Value:
    """What a function gives for a tensor of the same shape, with rows as before."""
    if name not in _EACH or not call.args:
        return UNKNOWN
    filled = Tensor(ragged.shape, ragged.dtype, Library.TENSORFLOW)
    made = call_rule(
        run, FUNCTIONS[name], Call([filled, *call.args[1:]], call.keywords, call.node, call.chunk, call.spans)
    )
    same = isinstance(made, Tensor) and made.shape is not None and made.shape.sizes == ragged.shape.sizes
    return Ragged(ragged.shape, made.dtype) if isinstance(made, Tensor) and same else UNKNOWN


@attributes(Ragged)
def attribute_of_ragged(run: Run, ragged: Ragged, name: str) -> Value:
    if name == "shape":
        return ShapeValue(Shape((*ragged.shape.dims[:-1], Dim(None))))
    if name == "dtype":
        return UNKNOWN if ragged.dtype is None else Literal(ragged.dtype)
    if name == "flat_values":
        return Tensor(Shape((_longest(run),)), ragged.dtype, Library.TENSORFLOW)
    return BoundApi(ragged, name)


def call_ragged_method(run: Run, ragged: Ragged, method: str, call: Call) -> Value:
    """A method of a ragged tensor."""
    if method == "row_lengths" and ragged.shape.rank == 2 and not call.args and not call.keywords:
        return Tensor(Shape(ragged.shape.dims[:-1]), "int64", Library.TENSORFLOW)
    return _filled(run, ragged, call) if method == "to_tensor" and call.complete else UNKNOWN


def _filled(run: Run, ragged: Ragged, call: Call) -> Value:
    """Every row filled up to the longest, or to the lengths of `shape=`."""
    given, dims = call.by_name("default_value", "name", "shape").get("shape"), list(ragged.shape)
    if given is not None and not is_none(given):
        wanted = shape_of(run, given)
        if wanted is None or wanted.rank != len(dims):
            return UNKNOWN
        dims = [dim if size.size in (None, -1) else size for dim, size in zip(dims, wanted, strict=True)]
    return Tensor(Shape(dims), ragged.dtype, Library.TENSORFLOW)
