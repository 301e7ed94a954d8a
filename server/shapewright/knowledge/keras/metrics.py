"""Metrics: what `result()` gives, and calling a metric on a batch. Source: keras/src/metrics."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import operand
from shapewright.knowledge.registry import instance, spelled
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.shape import Shape

PAIR = "y_true y_pred sample_weight"


def _scalar(dtype: Any) -> Result:
    return Result(Shape(()), "float32" if dtype is None else None)


@instance(*spelled("keras.metrics.", "Mean Sum"), call="values sample_weight")
def mean(values: Any, sample_weight: Any, name: Any = None, dtype: Any = None) -> Result:
    """One number.

    >>> {name}()(np.ones((4, 3), "float32"))
    >>> m = {name}(); m.update_state([1.0, 2.0]); m.result()
    """
    return _scalar(dtype)


@instance("keras.metrics.MeanMetricWrapper", call=PAIR)
def wrapper(
    y_true: Any, y_pred: Any, sample_weight: Any, fn: Any, name: Any = None, dtype: Any = None, **_: Any
) -> Result:
    """One number.

    >>> {name}(keras.losses.mean_squared_error)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance(
    *spelled(
        "keras.metrics.",
        "Accuracy CategoricalAccuracy SparseCategoricalAccuracy CategoricalHinge Hinge SquaredHinge KLDivergence Poisson "
        "LogCoshError MeanAbsoluteError MeanAbsolutePercentageError MeanSquaredError MeanSquaredLogarithmicError "
        "RootMeanSquaredError",
    ),
    call=PAIR,
)
def plain(y_true: Any, y_pred: Any, sample_weight: Any, name: Any = None, dtype: Any = None) -> Result:
    """One number.

    >>> a = np.ones((4,) if "Sparse" in "{name}" else (4, 3), "float32"); {name}()(a, np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.BinaryAccuracy", call=PAIR)
def binary_accuracy(
    y_true: Any, y_pred: Any, sample_weight: Any, name: Any = None, dtype: Any = None, threshold: Any = 0.5
) -> Result:
    """One number.

    >>> m = {name}(); m.update_state(np.ones((4, 3), "float32"), np.ones((4, 3), "float32")); m.result()
    """
    return _scalar(dtype)


@instance("keras.metrics.BinaryCrossentropy", call=PAIR)
def binary_crossentropy(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    name: Any = None,
    dtype: Any = None,
    from_logits: Any = False,
    label_smoothing: Any = 0,
) -> Result:
    """One number.

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.CategoricalCrossentropy", call=PAIR)
def categorical_crossentropy(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    name: Any = None,
    dtype: Any = None,
    from_logits: Any = False,
    label_smoothing: Any = 0,
    axis: Any = -1,
) -> Result:
    """One number.

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.SparseCategoricalCrossentropy", call=PAIR)
def sparse_crossentropy(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    name: Any = None,
    dtype: Any = None,
    from_logits: Any = False,
    ignore_class: Any = None,
    axis: Any = -1,
) -> Result:
    """One number.

    >>> {name}()(np.ones((4,), "int32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance(*spelled("keras.metrics.", "CosineSimilarity PearsonCorrelation ConcordanceCorrelation"), call=PAIR)
def correlation(
    y_true: Any, y_pred: Any, sample_weight: Any, name: Any = None, dtype: Any = None, axis: Any = -1
) -> Result:
    """One number.

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.TopKCategoricalAccuracy", call=PAIR)
def top_k(y_true: Any, y_pred: Any, sample_weight: Any, k: Any = 5, name: Any = None, dtype: Any = None) -> Result:
    """One number.

    >>> {name}(2)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.SparseTopKCategoricalAccuracy", call=PAIR)
def sparse_top_k(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    k: Any = 5,
    name: Any = None,
    dtype: Any = None,
    from_sorted_ids: Any = False,
) -> Result:
    """One number.

    >>> {name}(2)(np.ones((4,), "int32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


def _for_thresholds(thresholds: Any, dtype: Any) -> Result:
    """One number, or one for each of several thresholds."""
    if isinstance(thresholds, (list, tuple)):
        if len(thresholds) == 1:
            raise NotKnown("several thresholds")
        return Result(Shape((len(thresholds),)), _scalar(dtype).dtype)
    if thresholds is not None and not isinstance(thresholds, (int, float)):
        raise NotKnown("thresholds")
    return _scalar(dtype)


@instance(*spelled("keras.metrics.", "TruePositives TrueNegatives FalsePositives FalseNegatives"), call=PAIR)
def counted(
    y_true: Any, y_pred: Any, sample_weight: Any, thresholds: Any = None, name: Any = None, dtype: Any = None
) -> Result:
    """One number, or one for each of several thresholds.

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    >>> {name}([0.2, 0.5, 0.7])(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _for_thresholds(thresholds, dtype)


@instance(*spelled("keras.metrics.", "Precision Recall"), call=PAIR)
def precision(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    thresholds: Any = None,
    top_k: Any = None,
    class_id: Any = None,
    name: Any = None,
    dtype: Any = None,
) -> Result:
    """One number, or one for each of several thresholds.

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    >>> {name}([0.2, 0.5, 0.7])(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _for_thresholds(thresholds, dtype)


@instance("keras.metrics.AUC", call=PAIR)
def auc(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    num_thresholds: Any = 200,
    curve: Any = "ROC",
    summation_method: Any = "interpolation",
    name: Any = None,
    dtype: Any = None,
    thresholds: Any = None,
    multi_label: Any = False,
    num_labels: Any = None,
    label_weights: Any = None,
    from_logits: Any = False,
) -> Result:
    """One number.

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.PrecisionAtRecall", call=PAIR)
def precision_at_recall(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    recall: Any,
    num_thresholds: Any = 200,
    class_id: Any = None,
    name: Any = None,
    dtype: Any = None,
) -> Result:
    """One number.

    >>> {name}(0.5)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.RecallAtPrecision", call=PAIR)
def recall_at_precision(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    precision: Any,
    num_thresholds: Any = 200,
    class_id: Any = None,
    name: Any = None,
    dtype: Any = None,
) -> Result:
    """One number.

    >>> {name}(0.5)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.SensitivityAtSpecificity", call=PAIR)
def sensitivity(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    specificity: Any,
    num_thresholds: Any = 200,
    class_id: Any = None,
    name: Any = None,
    dtype: Any = None,
) -> Result:
    """One number.

    >>> {name}(0.5)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.SpecificityAtSensitivity", call=PAIR)
def specificity(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    sensitivity: Any,
    num_thresholds: Any = 200,
    class_id: Any = None,
    name: Any = None,
    dtype: Any = None,
) -> Result:
    """One number.

    >>> {name}(0.5)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.IoU", call=PAIR)
def iou(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    num_classes: Any,
    target_class_ids: Any,
    name: Any = None,
    dtype: Any = None,
    ignore_class: Any = None,
    sparse_y_true: Any = True,
    sparse_y_pred: Any = True,
    axis: Any = -1,
) -> Result:
    """One number.

    >>> {name}(2, [0, 1])(np.ones((4,), "int32"), np.ones((4,), "int32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.BinaryIoU", call=PAIR)
def binary_iou(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    target_class_ids: Any = (0, 1),
    threshold: Any = 0.5,
    name: Any = None,
    dtype: Any = None,
) -> Result:
    """One number.

    >>> {name}()(np.ones((4,), "float32"), np.ones((4,), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.MeanIoU", call=PAIR)
def mean_iou(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    num_classes: Any,
    name: Any = None,
    dtype: Any = None,
    ignore_class: Any = None,
    sparse_y_true: Any = True,
    sparse_y_pred: Any = True,
    axis: Any = -1,
) -> Result:
    """One number.

    >>> {name}(2)(np.ones((4,), "int32"), np.ones((4,), "int32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.OneHotIoU", call=PAIR)
def one_hot_iou(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    num_classes: Any,
    target_class_ids: Any,
    name: Any = None,
    dtype: Any = None,
    ignore_class: Any = None,
    sparse_y_pred: Any = False,
    axis: Any = -1,
) -> Result:
    """One number.

    >>> {name}(3, [0, 2])(np.ones((4, 3), "int32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


@instance("keras.metrics.OneHotMeanIoU", call=PAIR)
def one_hot_mean_iou(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    num_classes: Any,
    name: Any = None,
    dtype: Any = None,
    ignore_class: Any = None,
    sparse_y_pred: Any = False,
    axis: Any = -1,
) -> Result:
    """One number.

    >>> {name}(3)(np.ones((4, 3), "int32"), np.ones((4, 3), "float32"))
    """
    return _scalar(dtype)


def _for_classes(y_pred: Any, average: Any, dtype: Any) -> Result:
    """One number where the classes are averaged, else one for each class."""
    if average in ("micro", "macro", "weighted"):
        return _scalar(dtype)
    if average is not None or not isinstance(y_pred, Given):
        raise NotKnown("how many classes there are")
    found = operand(y_pred)
    if found.shape.rank != 2:
        raise NotKnown("(batch, classes)")
    return Result(Shape((found.shape[-1],)), _scalar(dtype).dtype)


@instance("keras.metrics.F1Score", call=PAIR)
def f1_score(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    average: Any = None,
    threshold: Any = None,
    name: Any = "f1_score",
    dtype: Any = None,
) -> Result:
    """One number where the classes are averaged, else one for each class.

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    >>> {name}("macro")(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _for_classes(y_pred, average, dtype)


@instance("keras.metrics.FBetaScore", call=PAIR)
def fbeta_score(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    average: Any = None,
    beta: Any = 1.0,
    threshold: Any = None,
    name: Any = "fbeta_score",
    dtype: Any = None,
) -> Result:
    """One number where the classes are averaged, else one for each class.

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    return _for_classes(y_pred, average, dtype)


@instance("keras.metrics.R2Score", call=PAIR)
def r2_score(
    y_true: Any,
    y_pred: Any,
    sample_weight: Any,
    class_aggregation: Any = "uniform_average",
    num_regressors: Any = 0,
    name: Any = "r2_score",
    dtype: Any = None,
) -> Result:
    """One number where the outputs are averaged, else one for each.

    >>> {name}()(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    >>> {name}(None)(np.ones((4, 3), "float32"), np.ones((4, 3), "float32"))
    """
    averaged = class_aggregation in ("uniform_average", "variance_weighted_average")
    return _for_classes(y_pred, "micro" if averaged else class_aggregation, dtype)
