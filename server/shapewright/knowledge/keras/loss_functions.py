"""Losses and metrics as functions: one number for each sample. Source: keras/src/losses/losses.py, keras/src/metrics."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import Operand, axis_of, narrowed, operand
from shapewright.knowledge.keras.losses import same_rank
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.dimension import same_length
from shapewright.tensors.shape import Shape


def both(names: str) -> list[str]:
    """Names that are in keras.losses and in keras.metrics."""
    return [*spelled("keras.losses.", names), *spelled("keras.metrics.", names)]


def _dtype(output: Operand) -> str | None:
    """Targets take the dtype of the output; integers become floats in one way or another."""
    return "float32" if narrowed(output) == "float32" else None


def _without_axis(y_true: Any, y_pred: Any, axis: Any = -1, fitted: bool = True) -> Result:
    """Both broadcast, without one axis; with `fitted` a last axis of size 1 makes the ranks fit."""
    target, output = operand(y_true), operand(y_pred)
    a, b = same_rank(target.shape, output.shape) if fitted else (target.shape, output.shape)
    try:
        shape = broadcast(a, b)
    except BroadcastError:
        raise NotKnown("a target that fits") from None
    return Result(shape.without(axis_of(axis, shape.rank)), _dtype(output))


def _same(y_true: Any, y_pred: Any, axis: Any) -> Result:
    """Target and output have one shape, and one axis goes."""
    target, output = operand(y_true), operand(y_pred)
    if target.shape.rank != output.shape.rank:
        raise NotKnown("a target that fits")
    if any(same_length(a, b) is False for a, b in zip(target.shape, output.shape, strict=True)):
        raise NotKnown("a target that fits")
    return Result(output.shape.without(axis_of(axis, output.shape.rank)), _dtype(output))


@function(
    *both(
        "mean_squared_error mean_absolute_error mean_absolute_percentage_error mean_squared_logarithmic_error log_cosh"
    )
)
def regression(y_true: Any, y_pred: Any) -> Result:
    """(batch, ..., outputs) -> (batch, ...).

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    >>> {name}(np.ones((4,), "float32"), np.ones((4, 1), "float32"))
    >>> {name}(Input((3,)), Input((3,)))
    """
    return _without_axis(y_true, y_pred)


@function(*both("huber"))
def huber(y_true: Any, y_pred: Any, delta: Any = 1.0) -> Result:
    """(batch, ..., outputs) -> (batch, ...).

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _without_axis(y_true, y_pred)


@function(*both("hinge squared_hinge categorical_hinge poisson kl_divergence"))
def plain(y_true: Any, y_pred: Any) -> Result:
    """(batch, ..., outputs) -> (batch, ...).

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _without_axis(y_true, y_pred, fitted=False)


@function("keras.losses.cosine_similarity")
def cosine_similarity(y_true: Any, y_pred: Any, axis: Any = -1) -> Result:
    """Without the axis that is compared.

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _without_axis(y_true, y_pred, axis)


@function(*spelled("keras.metrics.", "pearson_correlation concordance_correlation"))
def correlation(y_true: Any, y_pred: Any, axis: Any = -1) -> Result:
    """Without the axis that is compared.

    >>> {name}(np.random.rand(4, 3).astype("float32"), np.random.rand(4, 3).astype("float32"))
    """
    return _without_axis(y_true, y_pred, axis)


@function(*both("binary_crossentropy"))
def binary_crossentropy(
    y_true: Any, y_pred: Any, from_logits: Any = False, label_smoothing: Any = 0.0, axis: Any = -1
) -> Result:
    """(batch, ..., outputs) -> (batch, ...).

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _same(y_true, y_pred, axis)


@function(*both("binary_focal_crossentropy"))
def binary_focal_crossentropy(
    y_true: Any,
    y_pred: Any,
    apply_class_balancing: Any = False,
    alpha: Any = 0.25,
    gamma: Any = 2.0,
    from_logits: Any = False,
    label_smoothing: Any = 0.0,
    axis: Any = -1,
) -> Result:
    """(batch, ..., outputs) -> (batch, ...).

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _same(y_true, y_pred, axis)


@function(*both("categorical_crossentropy"))
def categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: Any = False, label_smoothing: Any = 0.0, axis: Any = -1
) -> Result:
    """(batch, ..., classes) -> (batch, ...).

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _same(y_true, y_pred, axis)


@function(*both("categorical_focal_crossentropy"))
def categorical_focal_crossentropy(
    y_true: Any,
    y_pred: Any,
    alpha: Any = 0.25,
    gamma: Any = 2.0,
    from_logits: Any = False,
    label_smoothing: Any = 0.0,
    axis: Any = -1,
) -> Result:
    """(batch, ..., classes) -> (batch, ...).

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _same(y_true, y_pred, axis)


@function(*both("sparse_categorical_crossentropy"))
def sparse_categorical_crossentropy(
    y_true: Any, y_pred: Any, from_logits: Any = False, ignore_class: Any = None, axis: Any = -1
) -> Result:
    """(batch, ...) of numbers and (batch, ..., classes) -> (batch, ...).

    >>> {name}(np.ones((4,), "int32"), np.ones((4, 3), "float32"))
    >>> {name}(np.ones((4, 1), "int32"), np.ones((4, 3), "float32"))
    """
    target, output = operand(y_true), operand(y_pred)
    rest = output.shape.without(axis_of(axis, output.shape.rank))
    given = target.shape
    if given.rank == output.shape.rank and given.rank and given[-1].size == 1:
        given = given.without(-1)
    if axis != -1 or given.rank != rest.rank:
        raise NotKnown("a target that fits")
    if any(same_length(a, b) is False for a, b in zip(given, rest, strict=True)):
        raise NotKnown("a target that fits")
    return Result(rest, _dtype(output))


@function("keras.losses.categorical_generalized_cross_entropy")
def generalized_cross_entropy(y_true: Any, y_pred: Any, q: Any) -> Result:
    """(batch,) of numbers and (batch, classes) -> (batch,).

    >>> {name}(np.ones((4,), "int32"), np.ones((4, 3), "float32"), 0.5)
    """
    target, output = operand(y_true), operand(y_pred)
    if target.shape.rank != 1 or output.shape.rank != 2:
        raise NotKnown("(batch,) and (batch, classes)")
    return Result(Shape((output.shape[0],)), _dtype(output))


@function("keras.losses.ctc")
def ctc(y_true: Any, y_pred: Any) -> Result:
    """(batch, length) and (batch, steps, classes) -> (batch,).

    >>> {name}(np.ones((2, 3), "int32"), np.ones((2, 5, 4), "float32"))
    """
    target, output = operand(y_true), operand(y_pred)
    if target.shape.rank != 2 or output.shape.rank != 3:
        raise NotKnown("(batch, length) and (batch, steps, classes)")
    return Result(Shape((output.shape[0],)), _dtype(output))


def _overlap(y_true: Any, y_pred: Any, axis: Any) -> Result:
    target, output = operand(y_true), operand(y_pred)
    if axis is None:
        return Result(Shape(()), _dtype(output))
    if not isinstance(axis, (int, tuple, list)) or target.shape.rank != output.shape.rank:
        raise NotKnown("axis")
    gone = {axis_of(n, output.shape.rank) for n in ([axis] if isinstance(axis, int) else axis)}
    shape = broadcast(target.shape, output.shape)
    return Result(Shape(dim for n, dim in enumerate(shape) if n not in gone), _dtype(output))


@function("keras.losses.dice")
def dice(y_true: Any, y_pred: Any, axis: Any = None) -> Result:
    """One number, or one for each element of the other axes.

    >>> {name}(np.ones((4, 5, 1), "float32"), np.ones((4, 5, 1), "float32"))
    >>> {name}(np.ones((4, 5, 1), "float32"), np.ones((4, 5, 1), "float32"), axis=(1, 2))
    """
    return _overlap(y_true, y_pred, axis)


@function("keras.losses.tversky")
def tversky(y_true: Any, y_pred: Any, alpha: Any = 0.5, beta: Any = 0.5, axis: Any = None) -> Result:
    """One number, or one for each element of the other axes.

    >>> {name}(np.ones((4, 5, 1), "float32"), np.ones((4, 5, 1), "float32"))
    """
    return _overlap(y_true, y_pred, axis)


@function("keras.losses.circle")
def circle(
    y_true: Any,
    y_pred: Any,
    ref_labels: Any = None,
    ref_embeddings: Any = None,
    remove_diagonal: Any = True,
    gamma: Any = 80,
    margin: Any = 0.4,
) -> Result:
    """(batch,) of numbers and (batch, features) -> (batch,).

    >>> {name}(np.array([0, 1, 0, 1]), np.random.rand(4, 3).astype("float32"))
    """
    target, output = operand(y_true), operand(y_pred)
    if target.shape.rank != 1 or output.shape.rank != 2:
        raise NotKnown("(batch,) and (batch, features)")
    return Result(Shape((output.shape[0],)), _dtype(output))


# -- accuracies


@function("keras.metrics.binary_accuracy")
def binary_accuracy(y_true: Any, y_pred: Any, threshold: Any = 0.5) -> Result:
    """What is right, for each element.

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    target, output = operand(y_true), operand(y_pred)
    a, b = same_rank(target.shape, output.shape)
    if a.sizes != b.sizes:
        raise NotKnown("a target that fits")
    return Result(b, "float32" if _dtype(output) else None)


@function("keras.metrics.categorical_accuracy")
def categorical_accuracy(y_true: Any, y_pred: Any) -> Result:
    """(batch, ..., classes) -> (batch, ...).

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    made = _same(y_true, y_pred, -1)
    return Result(made.shape, made.dtype)


@function("keras.metrics.sparse_categorical_accuracy")
def sparse_categorical_accuracy(y_true: Any, y_pred: Any) -> Result:
    """(batch, ...) of numbers and (batch, ..., classes) -> (batch, ...).

    >>> {name}(np.ones((4,), "int32"), np.ones((4, 3), "float32"))
    """
    target, output = operand(y_true), operand(y_pred)
    rest = output.shape.without(-1) if output.shape.rank else output.shape
    if target.shape.sizes != rest.sizes:
        raise NotKnown("a target that fits")
    return Result(rest, _dtype(output))


@function("keras.metrics.top_k_categorical_accuracy")
def top_k_categorical_accuracy(y_true: Any, y_pred: Any, k: Any = 5) -> Result:
    """(batch, classes) -> (batch,).

    >>> {name}(np.ones((4, 6), "float32"), np.ones((4, 6), "float32"))
    """
    if operand(y_pred).shape.rank != 2:
        raise NotKnown("(batch, classes)")
    return Result(_same(y_true, y_pred, -1).shape, _dtype(operand(y_pred)))


@function("keras.metrics.sparse_top_k_categorical_accuracy")
def sparse_top_k(y_true: Any, y_pred: Any, k: Any = 5, from_sorted_ids: Any = False) -> Result:
    """(batch,) of numbers and (batch, classes) -> (batch,).

    >>> {name}(np.ones((4,), "int32"), np.ones((4, 6), "float32"))
    """
    if operand(y_pred).shape.rank != 2:
        raise NotKnown("(batch, classes)")
    return sparse_categorical_accuracy(y_true, y_pred)
