"""Recurrent layers. Source: keras/src/layers/rnn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape

# Only what decides shapes is spelled out; initializers, regularizers, constraints and dropout are in **_.


def _recurrent(
    x: Given, units: Dim, states: int, weights: Sequence[tuple[Dim, ...]], return_sequences: bool, return_state: bool
) -> Applied:
    """(batch, time, features) -> (batch, units), or (batch, time, units) for sequences; each state is (batch, units)."""
    batch, time = x.axis(0), x.axis(1)
    output = Shape((batch, time, units) if return_sequences else (batch, units))
    outputs: Any = [output, *[Shape((batch, units))] * states] if return_state else output
    # The cell is built from the number of features, but RNN.build sets no axis in its input_spec.
    return Applied(outputs, weights)


@layer("keras.layers.LSTM", ndim=3, axes="batch time features")
def lstm(
    x: Given,
    units: Dim,
    activation: Any = "tanh",
    recurrent_activation: Any = "sigmoid",
    use_bias: bool = True,
    *,
    return_sequences: bool = False,
    return_state: bool = False,
    **_: Any,
) -> Applied:
    """(batch, time, features) -> (batch, units). Weights: kernel (features, 4 units), recurrent kernel (units, 4 units),
    bias (4 units,). Source: keras/src/layers/rnn/lstm.py."""
    gates = units * 4
    weights = [(x.axis(2), gates), (units, gates), *([(gates,)] if use_bias else [])]
    return _recurrent(x, units, 2, weights, return_sequences, return_state)


@layer("keras.layers.GRU", ndim=3, axes="batch time features")
def gru(
    x: Given,
    units: Dim,
    activation: Any = "tanh",
    recurrent_activation: Any = "sigmoid",
    use_bias: bool = True,
    *,
    return_sequences: bool = False,
    return_state: bool = False,
    reset_after: bool = True,
    **_: Any,
) -> Applied:
    """(batch, time, features) -> (batch, units). Weights: kernel (features, 3 units), recurrent kernel (units, 3 units),
    bias (2, 3 units) with `reset_after`, else (3 units,). Source: keras/src/layers/rnn/gru.py."""
    gates = units * 3
    bias = (Dim(2), gates) if reset_after else (gates,)
    weights = [(x.axis(2), gates), (units, gates), *([bias] if use_bias else [])]
    return _recurrent(x, units, 1, weights, return_sequences, return_state)


@layer("keras.layers.SimpleRNN", ndim=3, axes="batch time features")
def simple_rnn(
    x: Given,
    units: Dim,
    activation: Any = "tanh",
    use_bias: bool = True,
    *,
    return_sequences: bool = False,
    return_state: bool = False,
    **_: Any,
) -> Applied:
    """(batch, time, features) -> (batch, units). Weights: kernel (features, units), recurrent kernel (units, units),
    bias (units,). Source: keras/src/layers/rnn/simple_rnn.py."""
    weights = [(x.axis(2), units), (units, units), *([(units,)] if use_bias else [])]
    return _recurrent(x, units, 1, weights, return_sequences, return_state)
