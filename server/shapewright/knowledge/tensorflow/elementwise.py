"""Functions of each element, alone or with those of other tensors, and reductions."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import axis_of, chosen_dtype, elements, narrowed, operand, promoted, size_of
from shapewright.knowledge.arrays.dtypes import is_int
from shapewright.knowledge.arrays.shapes import broadcasted, reduced
from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import TRACED, Given, NotKnown, Result, refuse, sized_by_data
from shapewright.knowledge.tensorflow.common import ABSENT, alike, bracketed, first_operand
from shapewright.tensors.dimension import same_length
from shapewright.tensors.shape import Shape, number_of_elements
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN

_PLAIN = ("square", "sqrt", "exp", "abs", "sin", "cos", "tan", "tanh", "sigmoid", "round", "floor", "sign", "negative")
_MATH = ("rsqrt", "log", "log1p", "ceil", "softplus", "erf", "reciprocal", "l2_normalize")
_NN = ("relu", "relu6", "elu", "selu", "silu", "swish", "gelu", "sigmoid", "tanh", "softplus")


@function(
    *(f"tensorflow.{name}" for name in (*_PLAIN, "identity", "stop_gradient")),
    *(f"tensorflow.math.{name}" for name in (*_PLAIN, *_MATH)),
    *(f"tensorflow.nn.{name}" for name in (*_NN, "l2_normalize")),
)
def unary(x: Any = ABSENT, /, *_: Any, **named: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)))
    """
    return alike(first_operand(x, named))


@function(*(f"tensorflow.{name}" for name in ("cumsum", "math.cumsum", "math.cumprod", "math.cumulative_logsumexp")))
def cumulative(x: Any, axis: Any = 0, exclusive: Any = False, reverse: Any = False, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)))
    >>> {name}(tf.ones((2, 3)), axis=-1)
    """
    found = operand(x)
    axis_of(axis, found.shape.rank)
    return alike(found)


@function("tensorflow.sort")
def sort(values: Any, axis: Any = -1, direction: Any = "ASCENDING", name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)))
    """
    found = operand(values)
    axis_of(axis, found.shape.rank)
    if direction != "ASCENDING" and narrowed(found) == "bool":
        raise NotKnown("numbers")
    return alike(found)


@function("tensorflow.nn.leaky_relu")
def leaky_relu(features: Any, alpha: Any = 0.2, name: Any = None) -> Result:
    """The same shape; whole numbers become floats.

    >>> {name}(tf.ones((2, 3)))
    >>> {name}(tf.ones((2, 3), tf.int32))
    """
    found = operand(features)
    if not isinstance(alpha, (int, float)):
        raise NotKnown("a number")
    return Result(found.shape, "float32" if is_int(narrowed(found)) else narrowed(found))


@function("tensorflow.nn.softmax", "tensorflow.nn.log_softmax", "tensorflow.math.softmax", "tensorflow.math.log_softmax")
def softmax(logits: Any, axis: Any = None, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)))
    >>> {name}(tf.ones((2, 3)), axis=0)
    """
    found = operand(logits)
    if axis is not None:
        axis_of(axis, found.shape.rank)
    return alike(found)


@function("tensorflow.cast", "tensorflow.dtypes.cast")
def cast(x: Any, dtype: Any, name: Any = None) -> Result:
    """The same shape in another dtype.

    >>> {name}(tf.ones((2, 3)), tf.int32)
    >>> {name}([1, 2], "float32")
    >>> {name}(tf.shape(tf.zeros((2, 3)))[0], tf.float32)
    """
    found = operand(x)
    kept = x.tensor.content if isinstance(x, Given) else None
    to = chosen_dtype(dtype, None)
    content = elements(x) if kept is not None and to is not None and to.startswith("int") else None
    return Result(found.shape, to, content=content)


@function(
    *(f"tensorflow.{name}" for name in ["add", "subtract", "multiply", "divide", "maximum", "minimum", "pow"]),
    *(f"tensorflow.math.{name}" for name in ["add", "subtract", "multiply", "divide", "maximum", "minimum", "pow"]),
    *(f"tensorflow.math.{name}" for name in ("squared_difference", "floordiv", "floormod", "mod", "divide_no_nan")),
)
def binary(x: Any, y: Any, name: Any = None) -> Result:
    """Two operands broadcast to one shape.

    >>> {name}(tf.ones((2, 3)), tf.ones((3,)))
    >>> {name}(tf.ones((2, 1)), 2.0)
    >>> {name}(np.ones((2, 3), "float32"), tf.ones((4, 1, 3)))
    """
    a, b = operand(x), operand(y)
    found = promoted("tensorflow", a, b)
    floating = found is not None and found.startswith("float")
    return Result(broadcasted("tensors", a.shape, b.shape), found if floating else None)


@function(
    *(f"tensorflow.{name}" for name in ["equal", "not_equal", "greater", "greater_equal", "less", "less_equal"]),
    *(f"tensorflow.math.{name}" for name in ["equal", "not_equal", "greater", "greater_equal", "less", "less_equal"]),
)
def compare(x: Any, y: Any, name: Any = None) -> Result:
    """Two operands broadcast to one shape of bools.

    >>> {name}(tf.ones((2, 3)), tf.ones((3,)))
    >>> {name}(tf.ones((2, 1)), 0.5)
    """
    return Result(broadcasted("tensors", operand(x).shape, operand(y).shape), "bool")


@function(
    "tensorflow.logical_and", "tensorflow.logical_or", "tensorflow.math.logical_and", "tensorflow.math.logical_or"
)
def logical(x: Any, y: Any, name: Any = None) -> Result:
    """Two operands broadcast to one shape of bools.

    >>> {name}(tf.ones((2, 3), "bool"), tf.ones((3,), "bool"))
    """
    a, b = operand(x), operand(y)
    if any(found.library is Library.TENSORFLOW and found.dtype is None for found in (a, b)):
        raise NotKnown("bools")
    return Result(broadcasted("tensors", a.shape, b.shape), "bool")


@function("tensorflow.logical_not", "tensorflow.math.logical_not")
def logical_not(x: Any, name: Any = None) -> Result:
    """The same shape of bools.

    >>> {name}(tf.ones((2, 3), "bool"))
    """
    return Result(operand(x).shape, "bool")


@function("tensorflow.clip_by_value")
def clip_by_value(t: Any, clip_value_min: Any, clip_value_max: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), 0.0, 1.0)
    >>> {name}(tf.ones((2, 3), tf.int32), 0, 1)
    """
    found = operand(t)
    if operand(clip_value_min).shape.rank or operand(clip_value_max).shape.rank:
        raise NotKnown("bounds that are numbers")
    return Result(found.shape, narrowed(found))


@function("tensorflow.where")
def where(condition: Any, x: Any = None, y: Any = None, name: Any = None) -> Result:
    """Three operands broadcast to one shape.

    >>> {name}(tf.ones((2, 1), "bool"), tf.ones((3,)), 0.0)
    >>> {name}(True, tf.ones((3,)), tf.ones((3,)))
    >>> {name}(tf.ones((2, 1), "bool"))
    >>> {name}(tf.ones((2, 1), "bool"), tf.ones((3,)), tf.zeros((3,)))
    """
    if x is None and y is None:
        return Result(Shape((sized_by_data(), operand(condition).shape.rank)), "int64")
    if x is None or y is None:
        raise NotKnown("both or none")
    a, b = operand(x), operand(y)
    dtypes = {found.dtype for found in (a, b) if found.library is Library.TENSORFLOW}
    fraction = any(found.library is None and found.dtype == "float64" for found in (a, b))
    if len(dtypes) > 1 or (fraction and any(is_int(dtype) or dtype == "bool" for dtype in dtypes)):
        raise NotKnown("one dtype")
    return Result(broadcasted("tensors", operand(condition).shape, a.shape, b.shape), promoted("tensorflow", a, b))


_REDUCTIONS = ("sum", "mean", "max", "min", "prod", "logsumexp", "std", "variance")


@function(
    *(f"tensorflow.reduce_{name}" for name in _REDUCTIONS[:6]), *(f"tensorflow.math.reduce_{n}" for n in _REDUCTIONS)
)
def reduction(input_tensor: Any, axis: Any = None, keepdims: Any = False, name: Any = None) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(tf.ones((2, 3)))
    >>> {name}(tf.ones((2, 3, 4)), axis=[1, 2])
    >>> {name}(tf.ones((2, 3, 4)), axis=-1, keepdims=True)
    >>> {name}([tf.ones((2, 3)), tf.ones((2, 3))], 0)
    """
    if axis is None and keepdims is False:
        return Result(Shape(()), _dtype(input_tensor))
    found = operand(input_tensor)
    return Result(reduced(found.shape, axis, keepdims), narrowed(found))


def _dtype(value: Any) -> str | None:
    """The dtype, of a tensor of unknown rank as well."""
    return value.dtype if isinstance(value, Given) else narrowed(operand(value)) if value is not UNKNOWN else None


@function("tensorflow.reduce_any", "tensorflow.reduce_all", "tensorflow.math.reduce_any", "tensorflow.math.reduce_all")
def reduce_any(input_tensor: Any, axis: Any = None, keepdims: Any = False, name: Any = None) -> Result:
    """Without the reduced axes, or with 1 in their place.

    >>> {name}(tf.ones((2, 3), "bool"), axis=1)
    """
    if axis is None and keepdims is False:
        return Result(Shape(()), "bool")
    return Result(reduced(operand(input_tensor).shape, axis, keepdims), "bool")


@function("tensorflow.argmax", "tensorflow.argmin", "tensorflow.math.argmax", "tensorflow.math.argmin")
def argmax(input: Any, axis: Any = None, output_type: Any = "int64", name: Any = None) -> Result:
    """Without one axis, the first unless told.

    >>> {name}(tf.ones((2, 3)))
    >>> {name}(tf.ones((2, 3, 4)), axis=-1, output_type=tf.int32)
    """
    return Result(reduced(operand(input).shape, 0 if axis is None else axis, False), chosen_dtype(output_type, None))


@function("tensorflow.argsort")
def argsort(values: Any, axis: Any = -1, direction: Any = "ASCENDING", stable: Any = False, name: Any = None) -> Result:
    """The same shape of positions.

    >>> {name}(tf.ones((2, 3)))
    """
    found = operand(values)
    axis_of(axis, found.shape.rank)
    return Result(found.shape, "int32")


@function("tensorflow.norm", "tensorflow.linalg.norm")
def norm(tensor: Any, ord: Any = "euclidean", axis: Any = None, keepdims: Any = None, name: Any = None) -> Result:
    """Without the axes that the norm is over.

    >>> {name}(tf.ones((2, 3)))
    >>> {name}(tf.ones((2, 3, 4)), axis=2, keepdims=True)
    """
    found = operand(tensor)
    return Result(reduced(found.shape, axis, keepdims), narrowed(found))


@function("tensorflow.nn.moments")
def moments(x: Any, axes: Any, shift: Any = None, keepdims: Any = False, name: Any = None) -> tuple[Result, Result]:
    """Mean and variance.

    >>> {name}(tf.ones((2, 3, 4)), axes=[0, 1])
    >>> {name}(tf.ones((2, 3, 4)), [1], keepdims=True)
    """
    found = operand(x)
    result = Result(reduced(found.shape, axes, keepdims), narrowed(found))
    return result, result


@function("tensorflow.math.top_k", "tensorflow.nn.top_k")
def top_k(input: Any, k: Any = 1, sorted: Any = True, index_type: Any = "int32", name: Any = None) -> Any:
    """The last axis becomes `k`.

    >>> {name}(tf.ones((2, 5)), k=3)
    """
    found = operand(input)
    shape = found.shape.replace(axis_of(-1, found.shape.rank), size_of(k))
    return Result(shape, narrowed(found)), Result(shape, chosen_dtype(index_type, None))


@function("tensorflow.nn.softmax_cross_entropy_with_logits")
def softmax_cross_entropy(labels: Any, logits: Any, axis: Any = -1, name: Any = None) -> Result:
    """One number for each row.

    >>> {name}(labels=tf.ones((2, 3)), logits=tf.ones((2, 3)))
    """
    found = operand(logits)
    given = operand(labels).shape
    if axis == -1 and not (TRACED.get() and (given.rank, found.shape.rank) != (2, 2)):
        _compare_rows(given, found.shape)
    if not isinstance(axis, int) or given.rank != found.shape.rank or (TRACED.get() and given.rank != 2):
        raise NotKnown("rows of one axis")
    return Result(reduced(broadcasted("tensors", operand(labels).shape, found.shape), axis, False), narrowed(found))


def _compare_rows(labels: Shape, logits: Shape) -> None:
    """Refuses labels for other rows or classes than the logits have; a vector is one row."""
    pair = [shape.sizes if shape.rank == 2 else (1, *shape.sizes) for shape in (logits, labels)]
    known = all(len(sizes) == 2 and all(isinstance(size, int) for size in sizes) for sizes in pair)
    for a, b in zip(*pair, strict=True) if known else ():
        if a != b and 1 not in (a, b):
            text = f"logits and labels must be broadcastable: logits_size={bracketed(pair[0])} labels_size={bracketed(pair[1])}"
            text = f"Dimensions must be equal, but are {a} and {b}" if TRACED.get() else text
            refuse("labels", text, labels=labels, logits=logits)


@function("tensorflow.nn.sparse_softmax_cross_entropy_with_logits")
def sparse_softmax_cross_entropy(labels: Any, logits: Any, name: Any = None) -> Result:
    """One number for each row.

    >>> {name}(labels=tf.ones((2,), tf.int32), logits=tf.ones((2, 3)))
    """
    found, given = operand(logits), operand(labels)
    if given.shape.rank != found.shape.rank - 1:
        shown = f"Received: labels.shape={given.shape} of rank {given.shape.rank} and logits.shape={found.shape} of rank "
        text = f"`labels.shape.rank` must equal `logits.shape.rank - 1`. {shown}{found.shape.rank}"
        refuse("labels", text, labels=given.shape, logits=found.shape)
    if any(same_length(a, b) is False for a, b in zip(given.shape, found.shape, strict=False)):
        text = "`labels.shape` must equal `logits.shape` except for the last dimension. "
        shown = f"Received: labels.shape={given.shape} and logits.shape={found.shape}"
        refuse("labels", text + shown, labels=given.shape, logits=found.shape)
    return Result(reduced(found.shape, -1, False), narrowed(found))


@function("tensorflow.nn.sigmoid_cross_entropy_with_logits")
def sigmoid_cross_entropy(labels: Any = None, logits: Any = None, name: Any = None) -> Result:
    """One number for each element.

    >>> {name}(labels=tf.ones((2, 3)), logits=tf.ones((2, 3)))
    """
    found = operand(logits)
    return Result(same_labels(operand(labels).shape, found.shape), narrowed(found))


def same_labels(labels: Shape, logits: Shape) -> Shape:
    """The shape that labels and logits have in common."""
    if labels.rank != logits.rank or any(same_length(a, b) is False for a, b in zip(labels, logits, strict=True)):
        text = f"`logits` and `labels` must have the same shape, received ({logits} vs {labels})."
        refuse("labels", text, labels=labels, logits=logits)
    return broadcasted("tensors", labels, logits)


@function("tensorflow.rank")
def rank(input: Any, name: Any = None) -> Result:
    """One number.

    >>> {name}(tf.ones((2, 3)))
    """
    known = isinstance(input, Given) and input.tensor.shape is not None
    return Result(Shape(()), "int32", content=input.rank if known else None)


@function("tensorflow.size")
def size(input: Any, out_type: Any = None, name: Any = None) -> Result:
    """One number.

    >>> {name}(tf.ones((2, 3)))
    >>> tf.ones(({name}(tf.ones((2, 3))),))
    """
    known = isinstance(input, Given) and input.tensor.shape is not None
    return Result(
        Shape(()), chosen_dtype(out_type, "int32"), content=number_of_elements(input.shape) if known else None
    )
