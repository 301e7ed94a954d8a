"""KerasHub: layers for texts. Source: keras_hub/src/layers, keras_hub/src/tokenizers."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import layer, spelled
from shapewright.knowledge.rule import Applied, Given, NotKnown
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape
from shapewright.values.value import UNKNOWN

_HUB = "keras_hub.layers."


@layer(f"{_HUB}TokenAndPositionEmbedding")
def token_and_position_embedding(
    inputs: Given,
    vocabulary_size: Dim,
    sequence_length: Dim,
    embedding_dim: Dim,
    tie_weights: Any = True,
    **_: Any,
) -> Applied:
    """(batch, time) -> (batch, time, embedding_dim). Weights: one vector a token, another way back unless tied, one vector a
    position.

    >>> {name}(30, 7, 16)(Input((7,), dtype="int32"))
    >>> {name}(vocabulary_size=30, sequence_length=7, embedding_dim=16)(Input((None,), dtype="int32"))
    """
    back = [] if tie_weights is True else [(embedding_dim, vocabulary_size)]
    weights = [(vocabulary_size, embedding_dim), *back, (sequence_length, embedding_dim)]
    return Applied(Shape((*inputs.shape, embedding_dim)), weights)


@layer(f"{_HUB}PositionEmbedding")
def position_embedding(inputs: Given, sequence_length: Dim, **_: Any) -> Applied:
    """Keeps the shape. Weights: one vector a position.

    >>> {name}(7)(Input((7, 16)))
    """
    return Applied(inputs.shape, [(sequence_length, inputs.axis(-1))])


@layer(*spelled(_HUB, "SinePositionEncoding RotaryEmbedding"))
def position_encoding(inputs: Given, **_: Any) -> Applied:
    """Keeps the shape.

    >>> {name}()(Input((7, 16)))
    """
    return Applied(inputs.shape)


def _attention(features: Dim, heads: int) -> list[tuple[Any, ...]]:
    """Query, key and value to the heads and back, and the norm behind."""
    one = features // heads
    into: list[tuple[Any, ...]] = [(features, heads, one), (heads, one)]
    return [*into * 3, (heads, one, features), (features,), (features,), (features,)]


def _feedforward(features: Dim, wide: Dim) -> list[tuple[Any, ...]]:
    return [(features, wide), (wide,), (wide, features), (features,)]


@layer(f"{_HUB}TransformerEncoder")
def transformer_encoder(inputs: Given, intermediate_dim: Dim, num_heads: int, **_: Any) -> Applied:
    """Keeps the shape (batch, time, features). Weights: attention, two norms, two dense layers.

    >>> {name}(32, 4)(Input((7, 16)))
    >>> {name}(intermediate_dim=32, num_heads=4)(Input((None, 16)))
    """
    features = inputs.axis(-1)
    norm = [(features,), (features,)]
    return Applied(inputs.shape, [*_attention(features, num_heads), *norm, *_feedforward(features, intermediate_dim)])


@layer(f"{_HUB}TransformerDecoder", call="decoder_sequence encoder_sequence")
def transformer_decoder(
    decoder_sequence: Given, encoder_sequence: Any, intermediate_dim: Dim, num_heads: int, **_: Any
) -> Applied:
    """Keeps the shape of the decoder's sequence. Attention to the encoder's sequence comes with weights of its own.

    >>> {name}(32, 4)(Input((7, 16)))
    >>> {name}(32, 4)(Input((7, 16)), Input((5, 16)))
    """
    features = decoder_sequence.axis(-1)
    if encoder_sequence is UNKNOWN:
        raise NotKnown("whether there is an encoder")
    attention = _attention(features, num_heads) * (1 if encoder_sequence is None else 2)
    norm = [(features,), (features,)]
    return Applied(decoder_sequence.shape, [*attention, *_feedforward(features, intermediate_dim), *norm])


@layer(f"{_HUB}FNetEncoder")
def fnet_encoder(inputs: Given, intermediate_dim: Dim, **_: Any) -> Applied:
    """Keeps the shape. Weights: two norms, two dense layers.

    >>> {name}(32)(Input((7, 16)))
    """
    features = inputs.axis(-1)
    return Applied(inputs.shape, [*[(features,)] * 4, *_feedforward(features, intermediate_dim)])


@layer(f"{_HUB}StartEndPacker")
def start_end_packer(inputs: Given, sequence_length: Dim, **options: Any) -> Applied:
    """(batch, time) -> (batch, sequence_length), (time,) -> (sequence_length,).

    >>> {name}(10, 1, 2)(np.ones((3, 5), "int32"))
    >>> {name}(sequence_length=10)(np.ones((5,), "int32"))
    """
    if options.get("return_padding_mask", False) is not False or inputs.rank not in (1, 2):
        raise NotKnown("one output")
    return Applied(Shape((*inputs.shape.dims[:-1], sequence_length)), dtype="int32")


_TOKENIZERS = "WordPieceTokenizer BytePairTokenizer SentencePieceTokenizer ByteTokenizer UnicodeCodepointTokenizer"


@layer(*spelled("keras_hub.tokenizers.", _TOKENIZERS))
def tokenizer(inputs: Given, *_: Any, sequence_length: Any = None, **options: Any) -> Applied:
    """(...) of texts -> (..., sequence_length); without a length the texts decide."""
    if not isinstance(sequence_length, (int, Dim)) or inputs.rank > 1:
        raise NotKnown("how many tokens")
    return Applied(Shape((*inputs.shape, sequence_length)), dtype="int32")
