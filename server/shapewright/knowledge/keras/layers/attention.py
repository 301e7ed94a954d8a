"""Attention layers. Source: keras/src/layers/attention."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, NotKnown, Refused
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape

_CALL = "query value key query_mask value_mask key_mask attention_mask return_attention_scores"


def _projected(features: Dim, heads: int | Dim, size: int | Dim, use_bias: bool) -> list[Shape]:
    """A projection to heads: kernel (features, heads, size), bias (heads, size)."""
    return [Shape((features, heads, size)), *([Shape((heads, size))] if use_bias else [])]


def _key_of(value: Given, key: Any) -> Given:
    if key is None:
        return value
    if not isinstance(key, Given):
        raise NotKnown("key")
    return key


def _scored(scores: Any) -> bool:
    """Whether the call asks for the attention scores as well."""
    if scores not in (None, True, False):
        raise NotKnown("return_attention_scores")
    return bool(scores)


@layer("keras.layers.MultiHeadAttention", call=_CALL)
def multi_head_attention(
    query: Given,
    value: Given,
    key: Any,
    return_attention_scores: Any,
    num_heads: int,
    key_dim: Dim,
    value_dim: Any = None,
    dropout: Any = 0.0,
    use_bias: bool = True,
    output_shape: Any = None,
    attention_axes: Any = None,
    sliding_window: Any = None,
    flash_attention: Any = None,
    kernel_initializer: Any = "glorot_uniform",
    bias_initializer: Any = "zeros",
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    use_gate: bool = False,
    **_: Any,
) -> Applied:
    """(batch, target, features), (batch, source, features) -> (batch, target, features), or `output_shape` for the last.

    Weights: projections of query, key and value to the heads and back. With `return_attention_scores` the scores
    (batch, heads, target, source) besides. Source: keras/src/layers/attention/multi_head_attention.py.

    >>> {name}(2, 8)(Input((5, 16)), Input((7, 16)))
    >>> {name}(2, 8, value_dim=4, use_bias=False)(Input((5, 16)), value=Input((7, 12)), key=Input((7, 3)))
    >>> {name}(2, 8, output_shape=(10,))(Input((None, 16)), Input((7, 16)))
    >>> {name}(num_heads=2, key_dim=8, dropout=0.1)(Input((5, 16)), Input((7, 16)), return_attention_scores=True)
    >>> {name}(2, 8)(Input((5, 6, 16)), Input((5, 6, 16)))
    """
    key = _key_of(value, key)
    wide = key_dim if value_dim is None else value_dim
    if not isinstance(wide, (int, Dim)) or use_gate or attention_axes is not None or query.rank < 3:
        raise NotKnown("a value_dim, no gate and the usual axes")
    if value.rank != key.rank or any(
        same_length(a, b) is False or a.is_known != b.is_known
        for a, b in zip(value.shape.dims[1:-1], key.shape.dims[1:-1], strict=True)
    ):
        raise NotKnown("value and key of one length")
    last = [query.axis(-1)] if output_shape is None else output_shape
    if not isinstance(last, (tuple, list)):
        last = [last]
    if len(last) != 1 or not isinstance(last[0], (int, Dim)):
        raise NotKnown("output_shape")
    weights = [
        *_projected(query.axis(-1), num_heads, key_dim, use_bias),
        *_projected(key.axis(-1), num_heads, key_dim, use_bias),
        *_projected(value.axis(-1), num_heads, wide, use_bias),
        Shape((num_heads, wide, *last)),
        *([Shape(last)] if use_bias else []),
    ]
    output = Shape((*query.shape.dims[:-1], *last))
    if not _scored(return_attention_scores):
        return Applied(output, weights, dtype="float32")
    if query.rank != 3:
        raise NotKnown("how scores of more axes are arranged")
    # Keras's own answer for symbolic inputs has the length of the query twice.
    source = query.axis(1) if query.tensor.is_symbolic else key.axis(1)
    return Applied([output, Shape((query.axis(0), num_heads, query.axis(1), source))], weights)


@layer("keras.layers.GroupQueryAttention", call=_CALL)
def group_query_attention(
    query: Given,
    value: Given,
    key: Any,
    return_attention_scores: Any,
    head_dim: Dim,
    num_query_heads: int,
    num_key_value_heads: int,
    dropout: Any = 0.0,
    use_bias: bool = True,
    sliding_window: Any = None,
    flash_attention: Any = None,
    kernel_initializer: Any = "glorot_uniform",
    bias_initializer: Any = "zeros",
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    use_gate: bool = False,
    **_: Any,
) -> Applied:
    """(batch, target, features), (batch, source, features) -> (batch, target, features).

    Source: keras/src/layers/attention/grouped_query_attention.py.

    >>> {name}(8, 4, 2)(Input((5, 16)), Input((7, 16)))
    """
    key = _key_of(value, key)
    if use_gate or query.rank != 3 or _scored(return_attention_scores):
        raise NotKnown("no gate, no scores")
    features = query.axis(-1)
    if value.rank != 3 or key.rank != 3 or features.size != value.axis(-1).size:
        raise NotKnown("values as wide as the queries")
    weights = [
        *_projected(features, num_query_heads, head_dim, use_bias),
        *_projected(key.axis(-1), num_key_value_heads, head_dim, use_bias),
        *_projected(value.axis(-1), num_key_value_heads, head_dim, use_bias),
        Shape((num_query_heads, head_dim, features)),
        *([Shape((features,))] if use_bias else []),
    ]
    return Applied(query.shape, weights)


def _attended(inputs: list[Given], scores: Any, weights: list[Shape]) -> Applied:
    """[query (batch, target, features), value (batch, source, width)] -> (batch, target, width)."""
    query, value = inputs[:2]
    if len(inputs) not in (2, 3) or query.rank != 3 or value.rank != 3:
        raise NotKnown("[query, value] or [query, value, key]")
    output = Shape((*query.shape.dims[:-1], value.axis(-1)))
    if not _scored(scores):
        return Applied(output, weights)
    return Applied([output, Shape((query.axis(0), query.axis(1), value.axis(1)))], weights)


_INPUTS = "inputs mask training return_attention_scores"


@layer("keras.layers.Attention", call=_INPUTS)
def attention(
    inputs: list[Given],
    return_attention_scores: Any,
    use_scale: bool = False,
    score_mode: str = "dot",
    dropout: Any = 0.0,
    seed: Any = None,
    **_: Any,
) -> Applied:
    """[query (batch, target, features), value (batch, source, width)] -> (batch, target, width).

    Source: keras/src/layers/attention/attention.py.

    >>> {name}()([Input((5, 16)), Input((7, 16))])
    >>> {name}(use_scale=True, score_mode="concat")([Input((5, 16)), Input((7, 16))], return_attention_scores=True)
    """
    made = _attended(inputs, return_attention_scores, [Shape(())] * (int(use_scale) + int(score_mode == "concat")))
    query, key = inputs[0].axis(-1), inputs[-1].axis(-1)
    if score_mode == "dot" and same_length(query, key) is False:  # nothing looks at the widths before there is data
        text = f"Dimensions must be equal, but are {query} and {key}"
        return replace(made, fails=Refused("attention", text, shapes=(inputs[0].shape, inputs[-1].shape)))
    return made


@layer("keras.layers.AdditiveAttention", call=_INPUTS)
def additive_attention(
    inputs: list[Given], return_attention_scores: Any, use_scale: bool = True, dropout: Any = 0.0, **_: Any
) -> Applied:
    """[query (batch, target, features), value (batch, source, width)] -> (batch, target, width). Weights: scale (features,).

    Source: keras/src/layers/attention/additive_attention.py.

    >>> {name}()([Input((5, 16)), Input((7, 16))])
    """
    return _attended(inputs, return_attention_scores, [Shape((inputs[0].axis(-1),))] if use_scale else [])
