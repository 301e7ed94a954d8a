"""Recurrent layers. Source: keras/src/layers/rnn."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.keras.layers.windows import channels_last, per_axis, window_size
from shapewright.knowledge.names import snake_case
from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, Inner, Ints, NotKnown, Refused, refuse, undefined
from shapewright.tensors.dimension import Dim
from shapewright.tensors.shape import Shape

# Only what decides shapes is spelled out; initializers, regularizers, constraints and dropout are in **_.


def _recurrent(
    x: Given,
    units: Dim,
    states: int,
    weights: Sequence[tuple[Dim, ...]],
    return_sequences: bool,
    return_state: bool,
    stateful: bool,
    cell: str,
) -> Applied:
    """(batch, time, features) -> (batch, units), or (batch, time, units) for sequences; each state is (batch, units)."""
    if stateful and x.axis(0).is_dynamic:
        text = "When using `stateful=True` in a RNN, the batch size must be static. Found dynamic batch size: sequence.shape="
        refuse("stateful", f"{text}{x.shape}", shape=x.shape)
    batch, time = x.axis(0), x.axis(1)
    output = Shape((batch, time, units) if return_sequences else (batch, units))
    outputs: Any = [output, *[Shape((batch, units))] * states] if return_state else output
    # The cell is built from the number of features, but RNN.build sets no axis in its input_spec.
    return Applied(outputs, weights, undefined=undefined(weights[0], f"{cell}/kernel"))


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
    stateful: bool = False,
    **_: Any,
) -> Applied:
    """(batch, time, features) -> (batch, units). Weights: kernel (features, 4 units), recurrent kernel (units, 4 units),
    bias (4 units,). Source: keras/src/layers/rnn/lstm.py.

    >>> {name}(4)(Input((10, 3)))
    >>> {name}(4, return_sequences=True, return_state=True)(Input((None, 3)))
    >>> {name}(4, stateful=True)(Input((5, 3)))
    >>> {name}(4, stateful=True)(Input(batch_shape=(2, 5, 3)))
    >>> {name}(4)(Input((1, 3, 1)))
    >>> {name}(4, use_bias=False)(Input((10, 3)), initial_state=[Input((4,)), Input((4,))])
    """
    gates = units * 4
    weights = [(x.axis(2), gates), (units, gates), *([(gates,)] if use_bias else [])]
    return _recurrent(x, units, 2, weights, return_sequences, return_state, stateful, "lstm_cell")


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
    stateful: bool = False,
    reset_after: bool = True,
    **_: Any,
) -> Applied:
    """(batch, time, features) -> (batch, units). Weights: kernel (features, 3 units), recurrent kernel (units, 3 units),
    bias (2, 3 units) with `reset_after`, else (3 units,). Source: keras/src/layers/rnn/gru.py.

    >>> {name}(4)(Input((10, 3)))
    >>> {name}(4, return_sequences=True, return_state=True, reset_after=False)(Input((None, 3)))
    """
    gates = units * 3
    bias = (Dim(2), gates) if reset_after else (gates,)
    weights = [(x.axis(2), gates), (units, gates), *([bias] if use_bias else [])]
    return _recurrent(x, units, 1, weights, return_sequences, return_state, stateful, "gru_cell")


@layer("keras.layers.SimpleRNN", ndim=3, axes="batch time features")
def simple_rnn(
    x: Given,
    units: Dim,
    activation: Any = "tanh",
    use_bias: bool = True,
    *,
    return_sequences: bool = False,
    return_state: bool = False,
    stateful: bool = False,
    **_: Any,
) -> Applied:
    """(batch, time, features) -> (batch, units). Weights: kernel (features, units), recurrent kernel (units, units),
    bias (units,). Source: keras/src/layers/rnn/simple_rnn.py.

    >>> {name}(4)(Input((10, 3)))
    >>> {name}(4, return_sequences=True, return_state=True)(Input((None, 3)))
    >>> {name}(4, stateful=True)(Input((5, 3)))
    >>> {name}(4, stateful=True)(Input(batch_shape=(2, 5, 3)))
    """
    weights = [(x.axis(2), units), (units, units), *([(units,)] if use_bias else [])]
    return _recurrent(x, units, 1, weights, return_sequences, return_state, stateful, "simple_rnn_cell")


# -- cells


def _cell_output(x: Given, units: Dim, states: Any, count: int) -> list[Any]:
    """The output and the new states, in the form in which the states were given."""
    if x.rank != 2:
        raise NotKnown("(batch, features)")
    state = Shape((x.axis(0), units))
    return [state, [state] * count if isinstance(states, (list, tuple)) or count > 1 else state]


@layer("keras.layers.LSTMCell", call="inputs states training")
def lstm_cell(
    inputs: Given,
    states: Any,
    units: Dim,
    activation: Any = "tanh",
    recurrent_activation: Any = "sigmoid",
    use_bias: bool = True,
    **_: Any,
) -> Applied:
    """(batch, features) -> (batch, units) and two states. Weights as those of LSTM. Source: keras/src/layers/rnn/lstm.py.

    >>> {name}(4)(Input((3,)), [Input((4,)), Input((4,))])
    """
    gates = units * 4
    weights = [(inputs.axis(-1), gates), (units, gates), *([(gates,)] if use_bias else [])]
    return Applied(_cell_output(inputs, units, states, 2), weights)


@layer("keras.layers.GRUCell", call="inputs states training")
def gru_cell(
    inputs: Given,
    states: Any,
    units: Dim,
    activation: Any = "tanh",
    recurrent_activation: Any = "sigmoid",
    use_bias: bool = True,
    *,
    reset_after: bool = True,
    **_: Any,
) -> Applied:
    """(batch, features) -> (batch, units) and the state. Weights as those of GRU. Source: keras/src/layers/rnn/gru.py.

    >>> {name}(4)(Input((3,)), Input((4,)))
    """
    gates = units * 3
    bias = (Dim(2), gates) if reset_after else (gates,)
    weights = [(inputs.axis(-1), gates), (units, gates), *([bias] if use_bias else [])]
    return Applied(_cell_output(inputs, units, states, 1), weights)


@layer("keras.layers.SimpleRNNCell", call="sequence states training")
def simple_rnn_cell(
    sequence: Given, states: Any, units: Dim, activation: Any = "tanh", use_bias: bool = True, **_: Any
) -> Applied:
    """(batch, features) -> (batch, units) and the state. Source: keras/src/layers/rnn/simple_rnn.py.

    >>> {name}(4)(Input((3,)), [Input((4,))])
    """
    weights = [(sequence.axis(-1), units), (units, units), *([(units,)] if use_bias else [])]
    return Applied(_cell_output(sequence, units, states, 1), weights)


def _apply_cells(cells: Sequence[Inner], shape: Shape) -> tuple[Shape, list[Any], list[Any]]:
    """The output, the states of each cell and the weights of cells one on top of another."""
    states: list[Any] = []
    weights: list[Any] = []
    for cell in cells:
        if cell.class_name not in ("LSTMCell", "GRUCell", "SimpleRNNCell"):
            raise NotKnown("a cell of Keras")
        applied = cell.apply(shape)
        shape, state = applied.output
        states.append(state)
        weights += applied.weights
    return shape, states, weights


@layer("keras.layers.StackedRNNCells", call="inputs states training")
def stacked_rnn_cells(inputs: Given, states: Any, cells: list[Inner], **_: Any) -> Applied:
    """(batch, features) -> (batch, units of the last cell) and the states of each.

    Source: keras/src/layers/rnn/stacked_rnn_cells.py.

    >>> layers.RNN({name}([layers.LSTMCell(4), layers.LSTMCell(5)]))(Input((10, 3)))
    """
    output, new_states, weights = _apply_cells(cells, inputs.shape)
    return Applied([output, new_states], weights)


@layer("keras.layers.RNN", axes="batch time features")
def rnn(
    x: Given,
    cell: list[Inner],
    return_sequences: bool = False,
    return_state: bool = False,
    go_backwards: Any = False,
    stateful: Any = False,
    unroll: Any = False,
    zero_output_for_mask: Any = False,
    **_: Any,
) -> Applied:
    """(batch, time, features) -> (batch, units of the cell), or (batch, time, units) for sequences.

    Source: keras/src/layers/rnn/rnn.py.

    >>> {name}(layers.LSTMCell(4))(Input((10, 3)))
    >>> {name}(layers.GRUCell(4), return_sequences=True, return_state=True)(Input((None, 3)))
    >>> {name}([layers.LSTMCell(4), layers.GRUCell(5)], return_state=True)(Input((10, 3)))
    >>> {name}(layers.SimpleRNNCell(4, use_bias=False))(Input((10, 3)))
    """
    if x.rank != 3:
        raise NotKnown("(batch, time, features)")
    stacked = len(cell) > 1
    cells = cell
    if not stacked and cell[0].class_name == "StackedRNNCells":
        cells, stacked = cell[0].wrapped("cells"), True
    output, states, weights = _apply_cells(cells, Shape((x.axis(0), x.axis(2))))
    if not stacked:
        states = states[0] if isinstance(states[0], list) else states
    result = Shape((x.axis(0), x.axis(1), output[-1])) if return_sequences else output
    return Applied([result, *states] if return_state else result, weights)


# -- wrappers


@layer("keras.layers.TimeDistributed")
def time_distributed(x: Given, layer: Inner, **_: Any) -> Applied:
    """The wrapped layer on each step: (batch, time, ...) -> (batch, time, what the layer gives for (batch, ...)).

    Source: keras/src/layers/rnn/time_distributed.py.

    >>> {name}(layers.Dense(4))(Input((10, 3)))
    >>> {name}(layers.Conv2D(4, 3))(Input((None, 8, 8, 3)))
    >>> {name}(layers.Dense(4))(Input((10,)))
    """
    if x.rank < 3:
        refuse(
            "rank",
            "`TimeDistributed` Layer should be passed an `input_shape` with at least 3 dimensions, "
            f"received: {x.shape}",
            expected=3,
            shape=x.shape,
        )
    _refuse_map(x.shape, layer)
    _refuse_step(x.shape, layer)
    try:
        inner = layer.apply(x.shape.without(1), x.dtype)
    except Refused as refused:  # whether Keras asks the layer inside depends on how it is called
        raise NotKnown("an input that the layer takes") from refused
    if not isinstance(inner.output, Shape):
        raise NotKnown("one output")
    dtype = "float32" if x.tensor.is_symbolic else inner.dtype
    return Applied(inner.output.insert(1, x.axis(1)), inner.weights, inner.frozen, dtype)


def _refuse_step(shape: Shape, layer: Inner) -> None:
    """Refuses one series where a recurrent layer is to run over a series of them: it is built for a step, whose last but
    two axes are no features. Source: TimeDistributed.build in keras/src/layers/rnn/time_distributed.py."""
    gates = {"LSTM": 4, "GRU": 3, "SimpleRNN": 1}.get(layer.class_name)
    units = layer.argument("units") if gates else None
    if shape.rank == 3 and shape[0].size is None and isinstance(units, int) and gates:
        inner = snake_case(layer.class_name)
        text = "Shapes used to initialize variables must be fully-defined (no `None` dimensions). Received: "
        text += f"shape=(None, {gates * units}) for variable path='{{layer}}/{inner}/{inner}_cell/kernel'"
        refuse("rank", text, expected=4, shape=shape)


def _refuse_map(shape: Shape, layer: Inner) -> None:
    """Refuses images where a convolution is to run over a series of them. Source: compute_conv_output_shape in
    keras/src/ops/operation_utils.py, where the input spec of the layer inside is not asked."""
    name, step = layer.class_name, shape.without(1)
    if name not in ("Conv1D", "Conv2D", "Conv3D") or step.rank == int(name[4]) + 2 or not step.rank:
        return
    window, filters, channels = layer.argument("kernel_size"), layer.argument("filters"), step[-1].size
    sizes = [window] * int(name[4]) if isinstance(window, int) else window
    if not isinstance(sizes, (tuple, list)) or not isinstance(filters, int) or not isinstance(channels, int):
        return
    kernel = Shape((*sizes, channels, filters))
    text = f"Kernel shape must have the same length as input, but received kernel of shape {kernel} and input of shape {step}."
    refuse("rank", text, expected=int(name[4]) + 3, shape=shape)


@layer("keras.layers.Bidirectional", axes="batch time features")
def bidirectional(
    x: Given,
    layer: Inner,
    merge_mode: Any = "concat",
    weights: Any = None,
    backward_layer: Any = None,
    **_: Any,
) -> Applied:
    """The wrapped layer forwards and backwards; by default the outputs side by side: (batch, time, 2 units).

    Source: keras/src/layers/rnn/bidirectional.py.

    >>> {name}(layers.LSTM(4))(Input((10, 3)))
    >>> {name}(layers.GRU(4, return_sequences=True), merge_mode="sum")(Input((None, 3)))
    >>> {name}(layers.LSTM(4, return_sequences=True, return_state=True))(Input((10, 3)))
    >>> {name}(layers.LSTM(4), merge_mode=None)(Input((10, 3)))
    >>> {name}(layers.LSTM(4))(Input((3,)))
    """
    if backward_layer is not None or merge_mode not in ("concat", "sum", "mul", "ave", None):
        raise NotKnown("one layer for both directions")
    inner = layer.apply(x.shape, x.dtype)
    first, *states = inner.output if isinstance(inner.output, list) else [inner.output]
    outputs: list[Any] = [first, first] if merge_mode is None else [first]
    if merge_mode == "concat":
        outputs = [first.replace(-1, first[-1] * 2)]
    outputs += [*states, *states]
    both = [*inner.weights, *inner.weights]
    return Applied(outputs if len(outputs) > 1 else outputs[0], both, [*inner.frozen, *inner.frozen])


# -- convolutional


def _conv_lstm(
    x: Given,
    spatial: int,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints,
    padding: str,
    data_format: Any,
    dilation_rate: Ints,
    use_bias: bool,
    return_sequences: bool,
    return_state: bool,
) -> Applied:
    """(batch, time, *space, channels) -> (batch, *new space, filters). Source: keras/src/layers/rnn/conv_lstm.py."""
    if isinstance(filters.size, int) and filters.size < 1:
        raise NotKnown("a number of filters")
    last = channels_last(data_format)
    if x.axis(-1 if last else 2).is_dynamic:
        raise NotKnown("channels that are known")
    kernel, steps = per_axis(kernel_size, spatial), per_axis(strides, spatial)
    dilation = per_axis(dilation_rate, spatial)
    first = 2 if last else 3
    sizes = [window_size(x.axis(first + n), kernel[n], steps[n], padding.lower(), dilation[n]) for n in range(spatial)]
    if any(not isinstance(size.size, int) or size.size <= 0 for size in sizes):
        raise NotKnown("a known size of the images")
    channels, batch = x.axis(-1 if last else 2), x.axis(0)
    state = Shape((batch, *sizes, filters) if last else (batch, filters, *sizes))
    gates = filters * 4
    weights: list[tuple[Dim | int, ...]] = [
        (*kernel, channels, gates),
        (*kernel, filters, gates),
        *([(gates,)] if use_bias else []),
    ]
    output = state.insert(1, x.axis(1)) if return_sequences else state
    return Applied([output, state, state] if return_state else output, weights)


@layer("keras.layers.ConvLSTM1D", ndim=4, axes="batch time steps channels")
def conv_lstm_1d(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = 1,
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Ints = 1,
    activation: Any = "tanh",
    recurrent_activation: Any = "sigmoid",
    use_bias: bool = True,
    *,
    return_sequences: bool = False,
    return_state: bool = False,
    **_: Any,
) -> Applied:
    """(batch, time, steps, channels) -> (batch, new steps, filters), or with the time axis for
    sequences. Source: keras/src/layers/rnn/conv_lstm1d.py.

    >>> {name}(4, 3)(Input((None, 8, 3)))
    >>> {name}(4, 3, padding="same", return_sequences=True, return_state=True, use_bias=False)(Input((None, 8, 3)))
    """
    return _conv_lstm(
        x,
        1,
        filters,
        kernel_size,
        strides,
        padding,
        data_format,
        dilation_rate,
        use_bias,
        return_sequences,
        return_state,
    )


@layer("keras.layers.ConvLSTM2D", ndim=5, axes="batch time height width channels")
def conv_lstm_2d(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = 1,
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Ints = 1,
    activation: Any = "tanh",
    recurrent_activation: Any = "sigmoid",
    use_bias: bool = True,
    *,
    return_sequences: bool = False,
    return_state: bool = False,
    **_: Any,
) -> Applied:
    """(batch, time, height, width, channels) -> (batch, new height, new width, filters), or with the time axis for
    sequences. Source: keras/src/layers/rnn/conv_lstm2d.py.

    >>> {name}(4, 3)(Input((None, 8, 9, 3)))
    >>> {name}(4, 3, padding="same", return_sequences=True, return_state=True, use_bias=False)(Input((None, 8, 9, 3)))
    """
    return _conv_lstm(
        x,
        2,
        filters,
        kernel_size,
        strides,
        padding,
        data_format,
        dilation_rate,
        use_bias,
        return_sequences,
        return_state,
    )


@layer("keras.layers.ConvLSTM3D", ndim=6, axes="batch time depth height width channels")
def conv_lstm_3d(
    x: Given,
    filters: Dim,
    kernel_size: Ints,
    strides: Ints = 1,
    padding: str = "valid",
    data_format: Any = None,
    dilation_rate: Ints = 1,
    activation: Any = "tanh",
    recurrent_activation: Any = "sigmoid",
    use_bias: bool = True,
    *,
    return_sequences: bool = False,
    return_state: bool = False,
    **_: Any,
) -> Applied:
    """(batch, time, depth, height, width, channels) -> (batch, new depth, new height, new width, filters), or
    with the time axis for sequences. Source: keras/src/layers/rnn/conv_lstm3d.py.

    >>> {name}(4, 3)(Input((5, 8, 9, 7, 3)))
    >>> {name}(4, 3, padding="same", return_sequences=True, return_state=True, use_bias=False)(Input((5, 8, 9, 7, 3)))
    """
    return _conv_lstm(
        x,
        3,
        filters,
        kernel_size,
        strides,
        padding,
        data_format,
        dilation_rate,
        use_bias,
        return_sequences,
        return_state,
    )
