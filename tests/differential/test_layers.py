"""Random layers on random inputs, in stacks and small graphs, against real Keras."""

from __future__ import annotations

import random
from collections.abc import Callable

from tests.differential.compare import assert_alike, examples
from tests.differential.real import require_keras

Rng = random.Random
Arguments = dict[str, list[str]]

SMALL = ["1", "2", "3", "5"]
SIZES_1D = ["1", "2", "3", "(2,)"]
SIZES_2D = [*SMALL, "(2, 3)", "(1, 2)"]
SIZES_3D = ["1", "2", "(1, 2, 3)"]
PADDING = ["'same'", "'valid'"]
FORMAT = ["'channels_last'"]
ACTIVATION = ["'relu'", "'softmax'", "None"]
BIAS = ["True", "False"]

# Of each layer the arguments that must be given, then those that may be. `rank` is that of most inputs it accepts.
RNN: tuple[Arguments, Arguments] = (
    {"units": SMALL},
    {"return_sequences": BIAS, "use_bias": BIAS, "go_backwards": BIAS, "activation": ACTIVATION},
)


def _conv(size: list[str], more: Arguments | None = None) -> tuple[Arguments, Arguments]:
    optional = {"strides": size[:3], "padding": PADDING, "dilation_rate": ["1", "2"], "use_bias": BIAS}
    return {"filters": ["1", "4", "6"], "kernel_size": size}, optional | (more or {})


def _pool(size: list[str]) -> tuple[Arguments, Arguments]:
    return {}, {"pool_size": size, "strides": [*size, "None"], "padding": PADDING}


# Equalization is not among them: it gives back what it is given, and then Keras says of a model that it has a cycle.
LAYERS: dict[str, tuple[int, Arguments, Arguments]] = {
    "Dense": (2, {"units": SMALL}, {"use_bias": BIAS, "activation": ACTIVATION}),
    "LSTM": (3, *RNN),
    "GRU": (3, {**RNN[0]}, {**RNN[1], "reset_after": BIAS}),
    "SimpleRNN": (3, *RNN),
    "Conv1D": (3, *_conv(SIZES_1D, {"padding": [*PADDING, "'causal'"]})),
    "Conv2D": (4, *_conv(SIZES_2D, {"groups": ["1", "2"]})),
    "Conv3D": (5, *_conv(SIZES_3D)),
    "Conv1DTranspose": (3, {"filters": SMALL, "kernel_size": SIZES_1D}, {"strides": SIZES_1D, "padding": PADDING}),
    "Conv2DTranspose": (4, {"filters": SMALL, "kernel_size": SIZES_2D}, {"strides": SIZES_2D, "padding": PADDING}),
    "DepthwiseConv2D": (4, {"kernel_size": SIZES_2D}, {"depth_multiplier": ["1", "2"], "padding": PADDING}),
    "SeparableConv1D": (3, {"filters": SMALL, "kernel_size": SIZES_1D}, {"padding": PADDING, "use_bias": BIAS}),
    "SeparableConv2D": (4, {"filters": SMALL, "kernel_size": SIZES_2D}, {"padding": PADDING, "use_bias": BIAS}),
    "MaxPooling1D": (3, *_pool(SIZES_1D)),
    "AveragePooling1D": (3, *_pool(SIZES_1D)),
    "MaxPooling2D": (4, *_pool(SIZES_2D)),
    "AveragePooling2D": (4, *_pool(SIZES_2D)),
    "MaxPooling3D": (5, *_pool(SIZES_3D)),
    "GlobalMaxPooling1D": (3, {}, {"keepdims": BIAS, "data_format": FORMAT}),
    "GlobalAveragePooling1D": (3, {}, {"keepdims": BIAS}),
    "GlobalAveragePooling2D": (4, {}, {"keepdims": BIAS, "data_format": ["'channels_first'"]}),
    "Flatten": (4, {}, {"data_format": FORMAT}),
    "Reshape": (3, {"target_shape": ["(-1,)", "(6,)", "(2, 3)", "(-1, 2)", "(4, 3)", "(3, -1, 1)", "(2, 0)"]}, {}),
    "Permute": (3, {"dims": ["(1,)", "(2, 1)", "(1, 2)", "(3, 1, 2)", "(2, 3, 1)"]}, {}),
    "RepeatVector": (2, {"n": SMALL}, {}),
    "Dropout": (3, {"rate": ["0.0", "0.5", "1"]}, {"noise_shape": ["None"]}),
    "SpatialDropout1D": (3, {"rate": ["0.2"]}, {}),
    "GaussianNoise": (2, {"stddev": ["0.1"]}, {}),
    "BatchNormalization": (3, {}, {"axis": ["-1", "1", "2"], "scale": BIAS, "center": BIAS}),
    "LayerNormalization": (3, {}, {"axis": ["-1", "1", "(1, 2)"], "scale": BIAS}),
    "GroupNormalization": (3, {"groups": ["1", "2", "-1"]}, {}),
    "UnitNormalization": (3, {}, {"axis": ["-1", "1"]}),
    "Activation": (2, {"activation": ["'relu'", "'softmax'", "'tanh'"]}, {}),
    "ReLU": (2, {}, {"max_value": ["6.0"]}),
    "LeakyReLU": (2, {}, {}),
    "PReLU": (3, {}, {"shared_axes": ["[1]", "[1, 2]"]}),
    "ELU": (2, {}, {}),
    "Softmax": (2, {}, {"axis": ["-1", "1"]}),
    "Embedding": (2, {"input_dim": ["10"], "output_dim": SMALL}, {"mask_zero": BIAS}),
    "Masking": (3, {}, {}),
    "ZeroPadding1D": (3, {}, {"padding": ["1", "(2, 1)"]}),
    "ZeroPadding2D": (4, {}, {"padding": ["1", "(2, 1)", "((1, 2), (0, 1))"]}),
    "Cropping1D": (3, {}, {"cropping": ["1", "(1, 2)", "(4, 4)"]}),
    "Cropping2D": (4, {}, {"cropping": ["1", "(2, 1)", "((1, 0), (0, 3))"]}),
    "UpSampling1D": (3, {}, {"size": ["2", "3"]}),
    "UpSampling2D": (4, {}, {"size": ["2", "(1, 3)"]}),
    "Rescaling": (4, {"scale": ["0.5"]}, {}),
    "Conv3DTranspose": (5, {"filters": SMALL, "kernel_size": SIZES_3D}, {"strides": SIZES_3D, "padding": PADDING}),
    "DepthwiseConv1D": (3, {"kernel_size": SIZES_1D}, {"depth_multiplier": ["1", "2"], "padding": PADDING}),
    "AveragePooling3D": (5, *_pool(SIZES_3D)),
    "GlobalMaxPooling2D": (4, {}, {"keepdims": BIAS, "data_format": FORMAT}),
    "GlobalMaxPooling3D": (5, {}, {"keepdims": BIAS}),
    "GlobalAveragePooling3D": (5, {}, {"keepdims": BIAS}),
    "AdaptiveAveragePooling1D": (3, {"output_size": ["1", "2"]}, {}),
    "AdaptiveMaxPooling2D": (4, {"output_size": ["1", "(2, 1)"]}, {}),
    "AlphaDropout": (3, {"rate": ["0.2"]}, {}),
    "GaussianDropout": (3, {"rate": ["0.2"]}, {}),
    "SpatialDropout2D": (4, {"rate": ["0.2"]}, {}),
    "SpatialDropout3D": (5, {"rate": ["0.2"]}, {}),
    "ActivityRegularization": (2, {}, {"l2": ["0.1"]}),
    "Identity": (2, {}, {}),
    "RMSNormalization": (3, {}, {"axis": ["-1", "1"]}),
    "ZeroPadding3D": (5, {}, {"padding": ["1", "(2, 1, 0)", "((1, 2), (0, 1), (0, 0))"]}),
    "Cropping3D": (5, {}, {"cropping": ["1", "(2, 1, 0)"]}),
    "UpSampling3D": (5, {}, {"size": ["2", "(1, 3, 1)"]}),
    "ConvLSTM1D": (4, {"filters": SMALL, "kernel_size": SIZES_1D}, {"padding": PADDING, "return_sequences": BIAS}),
    "ConvLSTM2D": (5, {"filters": SMALL, "kernel_size": SIZES_2D}, {"padding": PADDING, "return_sequences": BIAS}),
    "EinsumDense": (
        3,
        {"equation": ["'abc,cd->abd'", "'...x,xy->...y'", "'ab,bc->ac'"], "output_shape": ["5", "(None, 4)", "(3, 2)"]},
        {"bias_axes": ["'d'", "'y'", "None"]},
    ),
    "Normalization": (3, {"mean": ["0.5"], "variance": ["2.0"]}, {"axis": ["None"]}),
    "Resizing": (4, {"height": SMALL, "width": SMALL}, {"crop_to_aspect_ratio": BIAS}),
    "CenterCrop": (4, {"height": SMALL, "width": SMALL}, {}),
    "RandomFlip": (4, {}, {"mode": ["'horizontal'"]}),
    "RandomRotation": (4, {"factor": ["0.2"]}, {}),
    "RandomZoom": (4, {"height_factor": ["0.2"]}, {}),
    "RandomCrop": (4, {"height": ["1", "2"], "width": ["1", "3"]}, {}),
    "CategoryEncoding": (2, {"num_tokens": ["4"]}, {"output_mode": ["'one_hot'", "'count'"]}),
    "Discretization": (2, {"bin_boundaries": ["[0.0, 1.0]"]}, {"output_mode": ["'one_hot'"]}),
    "Hashing": (2, {"num_bins": ["4"]}, {"output_mode": ["'int'"]}),
    "RNN": (
        3,
        {"cell": ["layers.LSTMCell(3)", "layers.GRUCell(2)", "[layers.SimpleRNNCell(2), layers.LSTMCell(4)]"]},
        {},
    ),
    "AdaptiveAveragePooling2D": (4, {"output_size": ["1", "(2, 1)", "3"]}, {"data_format": FORMAT}),
    "AdaptiveAveragePooling3D": (5, {"output_size": ["1", "(2, 1, 2)"]}, {}),
    "AdaptiveMaxPooling1D": (3, {"output_size": ["1", "2", "3"]}, {}),
    "AdaptiveMaxPooling3D": (5, {"output_size": ["1", "2"]}, {}),
    "ReversibleEmbedding": (2, {"input_dim": ["10"], "output_dim": SMALL}, {}),
    "Lambda": (2, {"function": ["lambda t: t * 2", "lambda t: t[:, :1]", "lambda t: keras.ops.sum(t, axis=-1)"]}, {}),
    "IntegerLookup": (2, {"vocabulary": ["[1, 2, 3]"]}, {"output_mode": ["'one_hot'", "'multi_hot'", "'count'"]}),
    "MelSpectrogram": (2, {}, {"num_mel_bins": ["8", "16"], "sequence_stride": ["256", "512"]}),
    "AugMix": (4, {}, {"value_range": ["(0, 1)"]}),
    "AutoContrast": (4, {}, {"value_range": ["(0, 1)"]}),
    "ContrastLimitedAdaptiveHistogramEqualization": (4, {}, {}),
    "RandAugment": (4, {}, {"value_range": ["(0, 1)"], "num_ops": ["1"]}),
    "RandomBrightness": (4, {"factor": ["0.2"]}, {}),
    "RandomColorDegeneration": (4, {"factor": ["0.2"]}, {}),
    "RandomColorJitter": (4, {}, {"brightness_factor": ["0.2"]}),
    "RandomContrast": (4, {"factor": ["0.2"]}, {}),
    "RandomElasticTransform": (4, {}, {"factor": ["0.2"]}),
    "RandomErasing": (4, {}, {"factor": ["0.2"]}),
    "RandomGaussianBlur": (4, {}, {"kernel_size": ["3"]}),
    "RandomGrayscale": (4, {}, {"factor": ["0.2"]}),
    "RandomHue": (4, {"factor": ["0.2"]}, {"value_range": ["(0, 1)"]}),
    "RandomInvert": (4, {}, {"factor": ["0.2"]}),
    "RandomPerspective": (4, {}, {"factor": ["0.2"]}),
    "RandomPosterization": (4, {"factor": ["3"]}, {}),
    "RandomSaturation": (4, {"factor": ["0.2"]}, {}),
    "RandomSharpness": (4, {"factor": ["0.2"]}, {}),
    "RandomShear": (4, {"x_factor": ["0.2"]}, {}),
    "RandomTranslation": (4, {"height_factor": ["0.2"], "width_factor": ["0.1"]}, {"fill_mode": ["'nearest'"]}),
    "Solarization": (4, {}, {"addition_factor": ["0.2"]}),
    "SpectralNormalization": (3, {"layer": ["layers.Dense(3)", "layers.Conv1D(2, 2)"]}, {}),
}
WRONG = ["0", "-1", "-3"]
"""What an argument is now and then."""
CAN_BE_WRONG = frozenset(["units", "filters", "kernel_size", "strides", "pool_size", "rate", "groups", "n", "stddev"])
"""Arguments that Keras looks at before there is an input."""
ATTENTIONS = [
    *("Attention()", "Attention(use_scale=True)", "AdditiveAttention()", "AdditiveAttention(use_scale=False)"),
    *("MultiHeadAttention(num_heads=2, key_dim=3)", "MultiHeadAttention(num_heads=1, key_dim=2, value_dim=4, use_bias=False)"),
    *("GroupQueryAttention(head_dim=3, num_query_heads=4, num_key_value_heads=2)",),
]
MERGES = ["Add", "Subtract", "Multiply", "Average", "Maximum", "Minimum", "Concatenate", "Concatenate", "Dot"]
SIZES = ["1", "2", "3", "4", "6", "8", "None"]


def _layer(rng: Rng, rank: int | None = None) -> str:
    """The text of a call that makes a layer, most of the time one that accepts a rank."""
    names = [name for name, (wanted, *_) in LAYERS.items() if rank is None or wanted == rank or wanted == 2]
    name = rng.choice(names if rng.random() < 0.85 else list(LAYERS))
    _, must, may = LAYERS[name]
    given = {key: rng.choice(values) for key, values in must.items()}
    given |= {key: rng.choice(values) for key, values in may.items() if rng.random() < 0.3}
    if CAN_BE_WRONG.intersection(given) and rng.random() < 0.05:
        given[rng.choice(sorted(CAN_BE_WRONG.intersection(given)))] = rng.choice(WRONG)
    return f"layers.{name}({', '.join(f'{key}={value}' for key, value in given.items())})"


def _wrapped(rng: Rng, rank: int) -> str:
    """Some layers are wrapped."""
    if rank == 3 and rng.random() < 0.15:
        cell = rng.choice(["LSTM(2)", "GRU(3, return_sequences=True)", "LSTM(4, return_sequences=True)"])
        mode = rng.choice(["", ", merge_mode='sum'", ", merge_mode=None"])
        return f"layers.Bidirectional(layers.{cell}{mode})"
    if rank >= 3 and rng.random() < 0.08:
        return f"layers.TimeDistributed({_layer(rng, rank - 1)})"
    return _layer(rng, rank)


def _input(rng: Rng, rank: int) -> str:
    sizes = [rng.choice(SIZES) for _ in range(rank - 1)]
    shape = f"({', '.join(sizes)}{',' if rank == 2 else ''})"
    return f"keras.Input(shape={shape}{rng.choice(['', '', '', ', batch_size=4'])})"


HEAD = ["import keras", "from keras import layers"]


def graph(rng: Rng) -> str:
    """A few inputs, layers called on any tensor made so far, merges, and a model of it all."""
    lines = list(HEAD)
    ranks: dict[str, int] = {}
    for number in range(rng.choice([1, 1, 2])):
        rank = rng.choice([1, 2, 2, 3, 3, 3, 4, 4, 5])
        ranks[f"x{number}"] = rank
        lines.append(f"x{number} = {_input(rng, rank)}")
    names = list(ranks)
    for number in range(rng.randint(3, 7)):
        name = f"v{number}"
        source = rng.choice(names)
        chance = rng.random()
        if chance < 0.04:
            layer, other = rng.choice(ATTENTIONS), rng.choice(names)
            given = f"[{source}, {other}]" if "num_" not in layer else f"{source}, {other}"
            lines.append(f"{name} = layers.{layer}({given})")
        elif chance < 0.2:
            other = rng.choice(names)
            merge = rng.choice(MERGES)
            arguments = rng.choice(["", "axis=1", "axis=-1"]) if merge == "Concatenate" else ""
            arguments = rng.choice(["axes=1", "axes=-1", "axes=(2, 1)"]) if merge == "Dot" else arguments
            lines.append(f"{name} = layers.{merge}({arguments})([{source}, {other}])")
        else:
            lines.append(f"{name} = {_wrapped(rng, ranks.get(source, rng.choice([2, 3, 4])))}({source})")
        names.append(name)
        ranks[name] = ranks.get(source, 3)
    if rng.random() < 0.5:
        inputs = [name for name in names if name.startswith("x")]
        given = inputs[0] if len(inputs) == 1 else "[" + ", ".join(inputs) + "]"
        lines.append(f"model = keras.Model({given}, {names[-1]})")
    return "\n".join(lines)


def stack(rng: Rng) -> str:
    """A Sequential model, and a layer called twice."""
    rank = rng.choice([2, 3, 4])
    parts = [_input(rng, rank), *(_layer(rng, rank) for _ in range(rng.randint(1, 4)))]
    lines = [*HEAD, f"model = keras.Sequential([{', '.join(parts)}])"]
    again = _input(rng, rank)
    lines.append(f"x = {again.replace('1)', '2)').replace('1,)', '2,)')}")  # a last size of 1 would be squeezed
    lines.append(f"y = layers.{rng.choice(['Dense(3)', 'Dropout(0.5)', 'Flatten()'])}(x)")
    lines.append("z = model(x)")
    lines += [f"shared = {_layer(rng, rank)}", "a = shared(x)", f"b = shared({_input(rng, rank)})"]
    lines += [f"first = keras.Sequential([{_first(rng, rank)}, {_layer(rng, rank)}])", "c = first(x)"]
    lines.append(f"never = keras.Sequential([{_first(rng, rank)}, {_layer(rng, rank)}])")
    return "\n".join(lines)


def _first(rng: Rng, rank: int) -> str:
    """A layer that a Sequential model begins with: some declare their input, as Keras still allows."""
    sizes = f"({', '.join(rng.choice(SIZES) for _ in range(rank - 1))},)"
    declared = rng.choice(["", "", f", input_shape={sizes}", f", input_shape={sizes}", ", input_dim=4"])
    layer = _layer(rng, rank)
    return layer if "input_dim=" in layer or _takes_no_more(layer) else (layer[:-1] + declared + ")").replace("(, ", "(")


def _takes_no_more(layer: str) -> bool:
    """Whether a layer's constructor takes only its own arguments."""
    return layer.startswith(("layers.SpatialDropout", "layers.Discretization"))


def _compare(generate: Callable[[Rng], str], count: int, least: float) -> None:
    require_keras()
    tally = assert_alike(generate, count)
    assert tally["the same"] >= least * tally.total(), f"hardly anything was known: {tally}"


def test_random_graphs() -> None:
    _compare(graph, examples(150), 0.5)


def test_random_stacks() -> None:
    _compare(stack, examples(80), 0.4)
