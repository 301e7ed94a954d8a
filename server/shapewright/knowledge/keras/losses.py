"""What losses ask of targets and outputs. Source: keras/src/losses/losses.py and keras/src/backend/tensorflow/nn.py."""

from __future__ import annotations

import re

from shapewright.knowledge.rule import refuse
from shapewright.tensors.dimension import same_length
from shapewright.tensors.shape import Shape

CATEGORICAL, SPARSE, BINARY = "categorical_crossentropy", "sparse_categorical_crossentropy", "binary_crossentropy"
_SAME_SHAPE = frozenset([CATEGORICAL, BINARY, "categorical_focal_crossentropy", "binary_focal_crossentropy"])
_ELEMENTWISE = frozenset(
    [
        *("mean_squared_error", "mean_absolute_error", "mean_absolute_percentage_error"),
        *("mean_squared_logarithmic_error", "huber", "log_cosh", "hinge", "squared_hinge", "poisson", "kl_divergence"),
    ]
)
_OUTPUT_FIRST = frozenset(["huber", "log_cosh"])
"""Losses that subtract the target from the output, and name the sizes in that order."""
_SHORT = {
    "mse": "mean_squared_error",
    "mae": "mean_absolute_error",
    "mape": "mean_absolute_percentage_error",
    "msle": "mean_squared_logarithmic_error",
    "bce": BINARY,
    "kld": "kl_divergence",
    "kullback_leibler_divergence": "kl_divergence",
    "logcosh": "log_cosh",
}


def loss_name(name: str) -> str:
    """The one name of a loss: `MSE`, `MeanSquaredError` and `mean_squared_error` are the same."""
    snake = re.sub("([a-z0-9])([A-Z])", r"\1_\2", re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)).lower()
    return {"kldivergence": "kl_divergence"}.get(snake, _SHORT.get(snake, snake))


def fit_target(loss: str, target: Shape, output: Shape) -> None:
    """Refuses a target that the loss cannot compare with the output, in Keras's words.

    `kind` is "target" for what Keras raises, "target-broadcast" for what it broadcasts without a word.
    """
    facts = {"loss": loss, "target": target, "output": output}
    target, output = same_rank(target, output)
    received = f"Received: target.shape={target}, output.shape={output}"
    if loss in _SAME_SHAPE:
        if target.rank != output.rank:
            refuse("target", f"Arguments `target` and `output` must have the same rank (ndim). {received}", **facts)
        if _differ(target, output):
            refuse("target", f"Arguments `target` and `output` must have the same shape. {received}", **facts)
    elif loss == SPARSE:
        _fit_sparse(target, output, received, facts)
    elif loss in _ELEMENTWISE:
        _fit_elementwise(loss, target, output, facts)


def _fit_sparse(target: Shape, output: Shape, received: str, facts: dict[str, object]) -> None:
    if target.rank == output.rank and target.rank and target[-1].size == 1:
        target = target.without(-1)
    if target.rank != output.rank - 1:
        refuse("target", f"Argument `output` must have rank (ndim) `target.ndim - 1`. {received}", **facts)
    if _differ(target, output.without(-1)):
        text = "Arguments `target` and `output` must have the same shape up until the last dimension: "
        refuse("target", f"{text}target.shape={target}, output.shape={output}", **facts)


def _fit_elementwise(loss: str, target: Shape, output: Shape, facts: dict[str, object]) -> None:
    stretched = target.rank != output.rank
    for a, b in zip(reversed(target.dims), reversed(output.dims), strict=False):
        if not isinstance(a.size, int) or not isinstance(b.size, int) or a.size == b.size:
            continue
        if 1 not in (a.size, b.size):
            first, second = (b, a) if loss in _OUTPUT_FIRST else (a, b)
            refuse("target", f"Dimensions must be equal, but are {first} and {second}", **facts)
        stretched = True
    if stretched and target.rank and output.rank:
        refuse("target-broadcast", "", **facts)


def same_rank(target: Shape, output: Shape) -> tuple[Shape, Shape]:
    """A last axis of size 1 is added or dropped. Source: squeeze_or_expand_tosame_rank in keras/src/losses/loss.py."""
    if target.rank == output.rank + 1 and target[-1].size == 1:
        return (target, output.insert(output.rank, 1)) if output.rank == 1 else (target.without(-1), output)
    if output.rank == target.rank + 1 and output[-1].size == 1:
        return (target.insert(target.rank, 1), output) if target.rank == 1 else (target, output.without(-1))
    return target, output


def _differ(a: Shape, b: Shape) -> bool:
    return any(same_length(x, y) is False for x, y in zip(a, b, strict=True))
