"""Losses, metrics, initializers and schedules: classes whose instances are called.

Source: keras/src/losses/loss.py, keras/src/metrics, keras/src/initializers, keras/src/optimizers/schedules.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from shapewright.knowledge.arrays.arguments import chosen_dtype, operand, plain_sizes
from shapewright.knowledge.keras import loss_functions as functions
from shapewright.knowledge.keras.losses import same_rank
from shapewright.knowledge.registry import instance, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Tensor
from shapewright.values.value import UNKNOWN

MEAN = "sum_over_batch_size"
LOSS = "y_true y_pred sample_weight"

# -- losses


def _reduced(
    of_samples: Callable[..., Result], y_true: Any, y_pred: Any, sample_weight: Any, reduction: Any, dtype: Any
) -> Result:
    """One number, or one for each sample where nothing is reduced."""
    chosen = "float32" if dtype is None else None
    if reduction not in (None, "none"):
        if not isinstance(reduction, str):
            raise NotKnown("reduction")
        return Result(Shape(()), chosen)
    if sample_weight is not None:
        raise NotKnown("no weights")
    target, output = operand(y_true), operand(y_pred)
    a, b = same_rank(target.shape, output.shape)
    made = of_samples(Given(Tensor(a, "float32")), Given(Tensor(b, "float32")))
    return Result(made.shape, chosen)


@instance(
    *spelled(
        "keras.losses.",
        "MeanSquaredError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredLogarithmicError LogCosh Hinge "
        "SquaredHinge CategoricalHinge KLDivergence Poisson",
    ),
    call=LOSS,
)
def regression_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    reduction: Any = MEAN,
    name: Any = None,
    dtype: Any = None,
) -> Result:
    """One number, or (batch, ..., outputs) -> (batch, ...).

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    >>> {name}("none")(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    >>> {name}(reduction=None)(np.ones((4, 2, 3), "float32"), np.ones((4, 2, 3), "float32"))
    """
    return _reduced(functions.regression, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.Huber", call=LOSS)
def huber_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    delta: Any = 1.0,
    reduction: Any = MEAN,
    name: Any = "huber_loss",
    dtype: Any = None,
) -> Result:
    """One number, or (batch, ..., outputs) -> (batch, ...).

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    >>> {name}(2.0, None)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _reduced(functions.huber, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.CosineSimilarity", call=LOSS)
def cosine_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    axis: Any = -1,
    reduction: Any = MEAN,
    name: Any = "cosine_similarity",
    dtype: Any = None,
) -> Result:
    """One number, or one without the axis that is compared.

    >>> {name}(reduction=None)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    compare: Callable[..., Result] = lambda a, b: functions.cosine_similarity(a, b, axis)  # noqa: E731
    return _reduced(compare, y_true, y_pred, sample_weight, reduction, dtype)


@instance(*spelled("keras.losses.", "BinaryCrossentropy CategoricalCrossentropy"), call=LOSS)
def crossentropy_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    from_logits: Any = False,
    label_smoothing: Any = 0.0,
    axis: Any = -1,
    reduction: Any = MEAN,
    name: Any = None,
    dtype: Any = None,
) -> Result:
    """One number, or (batch, ..., outputs) -> (batch, ...).

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    >>> {name}(from_logits=True, reduction="none")(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    compare: Callable[..., Result] = lambda a, b: functions.binary_crossentropy(a, b, axis=axis)  # noqa: E731
    return _reduced(compare, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.SparseCategoricalCrossentropy", call=LOSS)
def sparse_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    from_logits: Any = False,
    ignore_class: Any = None,
    reduction: Any = MEAN,
    axis: Any = -1,
    name: Any = "sparse_categorical_crossentropy",
    dtype: Any = None,
) -> Result:
    """One number, or (batch, ...) of numbers and (batch, ..., classes) -> (batch, ...).

    >>> {name}(from_logits=True)(np.ones((4,), "int32"), np.ones((4, 3), "float32"))
    >>> {name}(reduction="none")(np.ones((4, 2), "int32"), np.ones((4, 2, 3), "float32"))
    """
    compare: Callable[..., Result] = lambda a, b: functions.sparse_categorical_crossentropy(a, b, axis=axis)  # noqa: E731
    return _reduced(compare, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.BinaryFocalCrossentropy", call=LOSS)
def binary_focal_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    apply_class_balancing: Any = False,
    alpha: Any = 0.25,
    gamma: Any = 2.0,
    from_logits: Any = False,
    label_smoothing: Any = 0.0,
    axis: Any = -1,
    reduction: Any = MEAN,
    name: Any = "binary_focal_crossentropy",
    dtype: Any = None,
) -> Result:
    """One number, or (batch, ..., outputs) -> (batch, ...).

    >>> {name}(reduction=None)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    compare: Callable[..., Result] = lambda a, b: functions.binary_crossentropy(a, b, axis=axis)  # noqa: E731
    return _reduced(compare, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.CategoricalFocalCrossentropy", call=LOSS)
def categorical_focal_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    alpha: Any = 0.25,
    gamma: Any = 2.0,
    from_logits: Any = False,
    label_smoothing: Any = 0.0,
    axis: Any = -1,
    reduction: Any = MEAN,
    name: Any = "categorical_focal_crossentropy",
    dtype: Any = None,
) -> Result:
    """One number, or (batch, ..., classes) -> (batch, ...).

    >>> {name}(reduction=None)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    compare: Callable[..., Result] = lambda a, b: functions.categorical_crossentropy(a, b, axis=axis)  # noqa: E731
    return _reduced(compare, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.CategoricalGeneralizedCrossEntropy", call=LOSS)
def generalized_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    q: Any = 0.5,
    reduction: Any = MEAN,
    name: Any = "categorical_generalized_cross_entropy",
    dtype: Any = None,
) -> Result:
    """One number.

    >>> {name}()(np.ones((4,), "int32"), np.ones((4, 3), "float32"))
    """
    compare: Callable[..., Result] = lambda a, b: functions.generalized_cross_entropy(a, b, q)  # noqa: E731
    return _reduced(compare, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.CTC", call=LOSS)
def ctc_loss(
    y_true: Any, y_pred: Any, sample_weight: Any, reduction: Any = MEAN, name: Any = "ctc", dtype: Any = None
) -> Result:
    """One number, or one for each sample.

    >>> {name}()(np.ones((2, 3), "int32"), np.ones((2, 5, 4), "float32"))
    >>> {name}(None)(np.ones((2, 3), "int32"), np.ones((2, 5, 4), "float32"))
    """
    return _reduced(functions.ctc, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.Dice", call=LOSS)
def dice_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    reduction: Any = MEAN,
    name: Any = "dice",
    axis: Any = None,
    dtype: Any = None,
) -> Result:
    """One number, or one for each element of the axes that are left.

    >>> {name}()(np.ones((4, 5, 1), "float32"), np.ones((4, 5, 1), "float32"))
    """
    compare: Callable[..., Result] = lambda a, b: functions.dice(a, b, axis)  # noqa: E731
    return _reduced(compare, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.Tversky", call=LOSS)
def tversky_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    alpha: Any = 0.5,
    beta: Any = 0.5,
    reduction: Any = MEAN,
    name: Any = "tversky",
    axis: Any = None,
    dtype: Any = None,
) -> Result:
    """One number, or one for each element of the axes that are left.

    >>> {name}()(np.ones((4, 5, 1), "float32"), np.ones((4, 5, 1), "float32"))
    """
    compare: Callable[..., Result] = lambda a, b: functions.dice(a, b, axis)  # noqa: E731
    return _reduced(compare, y_true, y_pred, sample_weight, reduction, dtype)


@instance("keras.losses.Circle", call=LOSS)
def circle_loss(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    gamma: Any = 80.0,
    margin: Any = 0.4,
    remove_diagonal: Any = True,
    reduction: Any = MEAN,
    name: Any = "circle",
    dtype: Any = None,
) -> Result:
    """One number, or one for each sample.

    >>> {name}()(np.array([0, 1, 0, 1]), np.random.rand(4, 3).astype("float32"))
    """
    return _reduced(functions.circle, y_true, y_pred, sample_weight, reduction, dtype)


# -- initializers


def _filled(shape: Any, dtype: Any) -> Result:
    if shape is None or shape is UNKNOWN:
        raise NotKnown("shape")
    return Result(plain_sizes(shape), chosen_dtype(dtype, "float32"))


@instance(*spelled("keras.initializers.", "Zeros Ones"), call="shape dtype")
def filled(shape: Any, dtype: Any) -> Result:
    """The shape that is asked for.

    >>> {name}()((2, 3))
    >>> {name}()(shape=[4], dtype="int32")
    """
    return _filled(shape, dtype)


@instance("keras.initializers.Constant", call="shape dtype")
def constant(shape: Any, dtype: Any, value: Any = 0.0) -> Result:
    """The shape that is asked for.

    >>> {name}(2.0)((2, 3))
    """
    return _filled(shape, dtype)


@instance("keras.initializers.Identity", call="shape dtype")
def identity(shape: Any, dtype: Any, gain: Any = 1.0) -> Result:
    """A matrix of the shape that is asked for.

    >>> {name}()((2, 3))
    """
    return _filled(shape, dtype)


@instance("keras.initializers.Orthogonal", call="shape dtype")
def orthogonal(shape: Any, dtype: Any, gain: Any = 1.0, seed: Any = None) -> Result:
    """The shape that is asked for, of two axes or more.

    >>> {name}()((2, 3))
    """
    made = _filled(shape, dtype)
    if made.shape is None or made.shape.rank < 2:
        raise NotKnown("two axes")
    return made


@instance(*spelled("keras.initializers.", "RandomNormal TruncatedNormal"), call="shape dtype")
def normal(shape: Any, dtype: Any, mean: Any = 0.0, stddev: Any = 0.05, seed: Any = None) -> Result:
    """The shape that is asked for.

    >>> {name}()((2, 3))
    """
    return _filled(shape, dtype)


@instance("keras.initializers.RandomUniform", call="shape dtype")
def uniform(shape: Any, dtype: Any, minval: Any = -0.05, maxval: Any = 0.05, seed: Any = None) -> Result:
    """The shape that is asked for.

    >>> {name}()((2, 3))
    """
    return _filled(shape, dtype)


@instance("keras.initializers.VarianceScaling", call="shape dtype")
def scaled(
    shape: Any,
    dtype: Any,
    scale: Any = 1.0,
    mode: Any = "fan_in",
    distribution: Any = "truncated_normal",
    seed: Any = None,
    input_axes: Any = None,
    output_axes: Any = None,
) -> Result:
    """The shape that is asked for.

    >>> {name}()((2, 3))
    """
    return _filled(shape, dtype)


@instance(
    *spelled("keras.initializers.", "GlorotNormal GlorotUniform HeNormal HeUniform LecunNormal LecunUniform"),
    call="shape dtype",
)
def fanned(shape: Any, dtype: Any, seed: Any = None, input_axes: Any = None, output_axes: Any = None) -> Result:
    """The shape that is asked for.

    >>> {name}()((2, 3))
    """
    return _filled(shape, dtype)


# -- learning rate schedules


def _rate(step: Any) -> Result:
    """A number for each step."""
    return Result(operand(step).shape, None)


@instance("keras.optimizers.schedules.ExponentialDecay", call="step")
def exponential_decay(
    step: Any, initial_learning_rate: Any, decay_steps: Any, decay_rate: Any, staircase: Any = False, name: Any = None
) -> Result:
    """A rate for a step.

    >>> {name}(0.1, 100, 0.9)(5)
    """
    return _rate(step)


@instance("keras.optimizers.schedules.InverseTimeDecay", call="step")
def inverse_time_decay(
    step: Any, initial_learning_rate: Any, decay_steps: Any, decay_rate: Any, staircase: Any = False, name: Any = None
) -> Result:
    """A rate for a step.

    >>> {name}(0.1, 100, 0.9)(5)
    """
    return _rate(step)


@instance("keras.optimizers.schedules.PolynomialDecay", call="step")
def polynomial_decay(
    step: Any,
    initial_learning_rate: Any,
    decay_steps: Any,
    end_learning_rate: Any = 0.0001,
    power: Any = 1.0,
    cycle: Any = False,
    name: Any = None,
) -> Result:
    """A rate for a step.

    >>> {name}(0.1, 100)(5)
    """
    return _rate(step)


@instance("keras.optimizers.schedules.CosineDecay", call="step")
def cosine_decay(
    step: Any,
    initial_learning_rate: Any,
    decay_steps: Any,
    alpha: Any = 0.0,
    name: Any = None,
    warmup_target: Any = None,
    warmup_steps: Any = 0,
) -> Result:
    """A rate for a step.

    >>> {name}(0.1, 100)(5)
    """
    return _rate(step)


@instance("keras.optimizers.schedules.CosineDecayRestarts", call="step")
def cosine_restarts(
    step: Any,
    initial_learning_rate: Any,
    first_decay_steps: Any,
    t_mul: Any = 2.0,
    m_mul: Any = 1.0,
    alpha: Any = 0.0,
    name: Any = None,
) -> Result:
    """A rate for a step.

    >>> {name}(0.1, 100)(5)
    """
    return _rate(step)


@instance("keras.optimizers.schedules.PiecewiseConstantDecay", call="step")
def piecewise(step: Any, boundaries: Any, values: Any, name: Any = None) -> Result:
    """A rate for a step.

    >>> {name}([10, 20], [0.1, 0.01, 0.001])(5)
    """
    return _rate(step)
