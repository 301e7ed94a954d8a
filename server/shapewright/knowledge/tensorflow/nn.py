"""`tf.nn`: normalizations, losses, blocks of pixels. Source: tensorflow/python/ops/nn_ops.py."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import narrowed, operand
from shapewright.knowledge.arrays.dtypes import is_float
from shapewright.knowledge.arrays.shapes import broadcasted, reduced
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import Misfit, NotKnown, Result, sized_by_data
from shapewright.knowledge.tensorflow.common import ABSENT, alike, alike_shapes, first_operand, flag, leading
from shapewright.knowledge.tensorflow.convolutions import axes_of
from shapewright.knowledge.tensorflow.elementwise import same_labels
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape


@function(*spelled("tensorflow.nn.", "local_response_normalization lrn"))
def same(x: Any = ABSENT, /, *_: Any, **named: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 4, 5, 3)))
    """
    return alike(first_operand(x, named))


@function("tensorflow.nn.dropout")
def dropout(x: Any, rate: Any, noise_shape: Any = None, seed: Any = None, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), 0.5)
    """
    return alike(operand(x))


@function("tensorflow.nn.bias_add")
def bias_add(value: Any, bias: Any, data_format: Any = None, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), tf.ones((3,)))
    """
    found, added = operand(value), operand(bias).shape
    if added.rank != 1 or found.shape.rank < 2 or data_format is not None:
        raise NotKnown("one number for each channel")
    last = found.shape[-1]
    if isinstance(last.size, int) and isinstance(added[0].size, int) and last.size != added[0].size:
        raise NotKnown("a number for each channel")
    return Result(found.shape.replace(-1, last if last.is_known else added[0]), narrowed(found))


@function("tensorflow.nn.experimental.stateless_dropout")
def stateless_dropout(x: Any, rate: Any, seed: Any, *_: Any, **__: Any) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), 0.5, [1, 2])
    """
    return alike(operand(x))


@function("tensorflow.nn.batch_normalization")
def batch_normalization(
    x: Any, mean: Any, variance: Any, offset: Any, scale: Any, variance_epsilon: Any, name: Any = None
) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), tf.ones(3), tf.ones(3), None, None, 1e-3)
    """
    found = operand(x)
    others = [operand(value).shape for value in (mean, variance, offset, scale) if value is not None]
    try:
        shape = broadcasted("tensors", found.shape, *others)
    except Misfit:
        raise NotKnown("numbers for each channel") from None
    return Result(shape, narrowed(found))


@function("tensorflow.nn.crelu")
def crelu(features: Any, axis: Any = -1, name: Any = None) -> Result:
    """The last axis twice.

    >>> {name}(tf.ones((2, 3)))
    """
    found = operand(features)
    if axis != -1 or not found.shape.rank:
        raise NotKnown("the last axis")
    return Result(found.shape.replace(-1, found.shape[-1] * 2), narrowed(found))


def _blocks(input: Any, block_size: Any, data_format: Any) -> tuple[Shape, str | None, int, list[int], int]:
    found = operand(input)
    axes, channels = axes_of(found.shape, 2, data_format)
    if not isinstance(block_size, int) or block_size < 1:
        raise NotKnown("block_size")
    return found.shape, narrowed(found), block_size, axes, channels


def _divides(number: int, dim: Dim) -> bool:
    return not isinstance(dim.size, int) or dim.size % number == 0


@function("tensorflow.nn.depth_to_space")
def depth_to_space(input: Any, block_size: Any, data_format: Any = "NHWC", name: Any = None) -> Result:
    """Channels become blocks of pixels.

    >>> {name}(tf.ones((2, 5, 6, 12)), 2)
    """
    shape, dtype, block, axes, channels = _blocks(input, block_size, data_format)
    if not _divides(block * block, shape[channels]):
        raise NotKnown("channels for each block")
    for axis in axes:
        shape = shape.replace(axis, shape[axis] * block)
    return Result(shape.replace(channels, shape[channels] // (block * block)), dtype)


@function("tensorflow.nn.space_to_depth")
def space_to_depth(input: Any, block_size: Any, data_format: Any = "NHWC", name: Any = None) -> Result:
    """Blocks of pixels become channels.

    >>> {name}(tf.ones((2, 4, 6, 3)), 2)
    """
    shape, dtype, block, axes, channels = _blocks(input, block_size, data_format)
    if not all(_divides(block, shape[axis]) for axis in axes):
        raise NotKnown("whole blocks")
    for axis in axes:
        shape = shape.replace(axis, shape[axis] // block)
    return Result(shape.replace(channels, shape[channels] * (block * block)), dtype)


@function("tensorflow.nn.embedding_lookup")
def embedding_lookup(params: Any, ids: Any, max_norm: Any = None, name: Any = None) -> Result:
    """The rows that the ids name.

    >>> {name}(tf.ones((10, 4)), tf.zeros((2, 3), tf.int32))
    """
    if isinstance(params, (list, tuple)):
        raise NotKnown("one table")
    found = operand(params)
    if not found.shape.rank or (max_norm is not None and not is_float(found.dtype)):
        raise NotKnown("rows")
    return Result(Shape((*operand(ids).shape, *found.shape.dims[1:])), narrowed(found))


@function("tensorflow.nn.l2_loss")
def l2_loss(t: Any, name: Any = None) -> Result:
    """One number.

    >>> {name}(tf.ones((2, 3)))
    """
    return Result(Shape(()), narrowed(operand(t)))


@function("tensorflow.nn.compute_average_loss")
def average_loss(per_example_loss: Any, *_: Any, **__: Any) -> Result:
    """One number.

    >>> {name}(tf.ones((4,)))
    """
    return Result(Shape(()), None)


@function("tensorflow.nn.scale_regularization_loss")
def regularization_loss(regularization_loss: Any) -> Result:
    """One number.

    >>> {name}(tf.ones((4,)))
    """
    return Result(Shape(()), None)


@function("tensorflow.nn.log_poisson_loss")
def log_poisson_loss(targets: Any, log_input: Any, compute_full_loss: Any = False, name: Any = None) -> Result:
    """One number for each element.

    >>> {name}(tf.ones((2, 3)), tf.ones((2, 3)))
    """
    found = operand(log_input)
    return Result(alike_shapes(operand(targets).shape, found.shape), narrowed(found))


@function("tensorflow.nn.weighted_cross_entropy_with_logits")
def weighted_cross_entropy(labels: Any, logits: Any, pos_weight: Any, name: Any = None) -> Result:
    """One number for each element.

    >>> {name}(tf.ones((2, 3)), tf.ones((2, 3)), 0.5)
    """
    found = operand(logits)
    if operand(pos_weight).shape.rank:
        raise NotKnown("one weight")
    return Result(same_labels(operand(labels).shape, found.shape), narrowed(found))


@function("tensorflow.nn.ctc_loss")
def ctc_loss(
    labels: Any,
    logits: Any,
    label_length: Any,
    logit_length: Any,
    logits_time_major: Any = True,
    unique: Any = None,
    blank_index: Any = None,
    name: Any = None,
) -> Result:
    """One number for each sequence.

    >>> {name}(tf.ones((2, 3), tf.int32), tf.ones((7, 2, 5)), [3, 3], [7, 7])
    >>> {name}(tf.ones((2, 3), tf.int32), tf.ones((2, 7, 5)), [3, 3], [7, 7], False, blank_index=-1)
    """
    found = operand(logits)
    if found.shape.rank != 3:
        raise NotKnown("three axes")
    return Result(Shape((found.shape[1 if flag(logits_time_major) else 0],)), narrowed(found))


@function("tensorflow.compat.v1.nn.ctc_loss")
def ctc_loss_v1(
    labels: Any,
    inputs: Any = None,
    sequence_length: Any = None,
    preprocess_collapse_repeated: Any = False,
    ctc_merge_repeated: Any = True,
    ignore_longer_outputs_than_inputs: Any = False,
    time_major: Any = True,
    logits: Any = None,
) -> Result:
    """One number for each sequence.

    >>> {name}(tf.sparse.from_dense([[1, 2], [2, 1]]), tf.ones((7, 2, 5)), [7, 7])
    """
    found = operand(logits if inputs is None else inputs)
    if found.shape.rank != 3:
        raise NotKnown("three axes")
    return Result(Shape((found.shape[1 if flag(time_major) else 0],)), narrowed(found))


@function("tensorflow.nn.weighted_moments")
def weighted_moments(
    x: Any, axes: Any, frequency_weights: Any, keepdims: Any = False, name: Any = None
) -> tuple[Result, Result]:
    """Mean and variance.

    >>> {name}(tf.ones((2, 3, 4)), [0, 1], tf.ones((2, 3, 4)))
    """
    found = operand(x)
    try:
        whole = broadcasted("tensors", found.shape, operand(frequency_weights).shape)
    except Misfit:
        raise NotKnown("weights that fit") from None
    result = Result(reduced(whole, axes, keepdims), narrowed(found))
    return result, result


@function("tensorflow.nn.normalize_moments")
def normalize_moments(
    counts: Any, mean_ss: Any, variance_ss: Any, shift: Any, name: Any = None
) -> tuple[Result, Result]:
    """Mean and variance.

    >>> {name}(3.0, tf.ones((2,)), tf.ones((2,)), None)
    """
    return alike(operand(mean_ss)), alike(operand(variance_ss))


@function("tensorflow.nn.collapse_repeated")
def collapse_repeated(labels: Any, seq_length: Any, name: Any = None) -> Any:
    """Something of the rank of the labels, and a length for each sequence.

    >>> {name}(tf.constant([[1, 1, 2]]), [3])
    """
    found = operand(labels)
    lead = leading(found.shape, 1)
    return Result(Shape((*lead, sized_by_data())), narrowed(found)), Result(operand(seq_length).shape, "int32")
