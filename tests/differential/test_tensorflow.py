"""Random calls of TensorFlow on random tensors, as code that just runs and in functions that are traced."""

from __future__ import annotations

import random
from inspect import Parameter

from shapewright.knowledge.registry import FUNCTIONS, Rule

from tests.differential import examples as rules
from tests.differential.compare import assert_alike, examples
from tests.differential.real import require_keras

Rng = random.Random
_SIZES = (1, 2, 2, 3, 3, 4, 6, 8)
_LEFT_OUT = (
    *("audio.", "io.", "compat.", "strings.", "image.decode", "image.encode", "image.extract_jpeg", "image.is_jpeg"),
    *("image.adjust_jpeg", "image.random_jpeg", "image.stateless_random_jpeg"),  # these are about bytes and files
    *(
        "Variable",
        "einsum",
        "linalg.einsum",
        "nn.ctc_loss",
        "nn.collapse_repeated",
        "image.combined_non_max_suppression",
    ),
    *("as_string", "image.sample_distorted_bounding_box", "image.ssim_multiscale", "nn.conv_transpose"),
    "math.bincount",  # these make as much as the values say
    "sequence_mask",
    "eig",
    "eigvals",
    "linalg.eig",  # these do not end for some matrices that are no numbers
    "linalg.eigvals",
    "linalg.logm",
    "linalg.sqrtm",
)
_ARITY = {"atan2": 2, "igamma": 2, "igammac": 2, "multiply_no_nan": 2, "nextafter": 2, "polygamma": 2, "truediv": 2}
_ARITY |= {"xdivy": 2, "xlog1py": 2, "xlogy": 2, "zeta": 2}
NAMES = sorted(
    name.removeprefix("tensorflow.")
    for name in rules.all_rules()
    if name.startswith("tensorflow.") and not name.removeprefix("tensorflow.").startswith(_LEFT_OUT)
)
_TENSOR_NAMES = """
    x y a b input inputs values value tensor input_ input_tensor t params matrix rhs image images features logits labels
    data real imag chol diagonal signal signals stfts boxes scores predictions targets mean variance per_example_loss
    weights log_input counts mean_ss shift frequency_weights img1 img2 sorted_sequence condition mask updates
    depthwise_filter pointwise_filter log_mel_spectrograms
"""
_TENSORS = frozenset(_TENSOR_NAMES.split())
_SHAPES = (
    "(2, 3)",
    "(6,)",
    "[-1]",
    "(2, -1)",
    "(3, 4)",
    "[4, 1, 3]",
    "(-1, 2, 3)",
    "tf.shape({t})",
    "(1, 2, 3, 1)",
    "[]",
)
_AXES = ("0", "1", "-1", "-1", "2", "-2", "None", "[0, 1]", "3")
_WINDOWS = ("1", "2", "3", "[1, 2, 2, 1]", "[2, 1]", "[1, 1, 1, 1]")
_WORDS: dict[str, tuple[str, ...]] = {
    "axis": _AXES,
    "axes": ("0", "1", "[0, 1]", "-1", "2", "[[1], [0]]"),
    "seed": ("(1, 2)", "(1, 2)", "1"),
    "keepdims": ("True", "False"),
    "dtype": ("tf.float32", "'int32'", "tf.bool", "tf.int64", "'float64'"),
    "type": ("tf.int32", "tf.float32", "tf.uint8"),
    "padding": ("'SAME'", "'VALID'"),
    "shape": _SHAPES,
    "dims": _SHAPES,
    "paddings": ("[[1, 2]]", "[[0, 1], [2, 0]]", "[[1, 1], [0, 0], [2, 2]]", "[[0, 0], [1, 1], [1, 1], [0, 0]]"),
    "perm": ("[1, 0]", "[0, 2, 1]", "(2, 0, 1)", "None", "[0, 3, 1, 2]"),
    "multiples": ("[2]", "[1, 2]", "(2, 1, 1)", "[1, 1, 2, 3]"),
    "repeats": ("2", "[1, 2]", "[2]"),
    "num_or_size_splits": ("2", "3", "[1, 1]", "[1, 2]", "[1, -1]"),
    "begin": ("[0]", "[0, 1]", "[0, 0, 1]"),
    "indices": ("[0, 1]", "0", "[[0], [1]]", "[[0, 1], [1, 0]]", "tf.constant([1, 0])", "[[[0, 0, 0]]]"),
    "ids": ("[0, 1]", "[[0, 0], [1, 0]]"),
    "size": ("(4, 4)", "[2, 3]", "[1, 1, 3]", "[2]", "8", "[-1, 1]", "[2, 2, 3]"),
    "crop_size": ("(2, 3)",),
    "box_indices": ("[0, 0]",),
    "ksize": _WINDOWS,
    "strides": _WINDOWS,
    "stride": ("1", "2"),
    "sizes": ("[1, 2, 2, 1]", "[1, 3, 3, 1]"),
    "rates": ("[1, 1, 1, 1]", "[1, 2, 2, 1]"),
    "filters": (
        "tf.ones((2, 2, 3, 4))",
        "tf.ones((2, 3, 4))",
        "tf.ones((1, 1, 2, 5))",
        "tf.ones((1, 2, 1, 3, 2))",
        "{t}",
    ),
    "filter": ("tf.ones((2, 2, 3, 2))", "tf.ones((1, 1, 2, 1))"),
    "output_shape": ("(2, 4, 4, 3)", "(2, 8, 3)"),
    "bias": ("tf.ones(3)", "tf.ones(2)", "{t}"),
    "segment_ids": ("[0, 0, 1]", "[0, 1]", "[0]"),
    "partitions": ("[0, 0, 1]", "[0, 1]"),
    "seq_lengths": ("[1, 1]", "[2, 1, 1]"),
    "block_size": ("2",),
    "noise_shape": ("None",),
    "depth": ("3", "5"),
    "num": ("None",),
    "fft_length": ("[4]", "None", "8"),
    "frame_length": ("2", "4", "8"),
    "frame_step": ("1", "2", "3"),
    "central_fraction": ("0.5", "1.0", "0.3"),
    "method": ("'bilinear'", "'nearest'", "'area'"),
    "ord": ("2", "1", "'euclidean'", "'fro'"),
    "direction": ("'ASCENDING'", "'DESCENDING'"),
    "side": ("'left'", "'right'"),
    "window_fn": ("None",),
    "data_format": ("None",),
    "out_type": ("tf.int64", "tf.int32"),
    "output_type": ("tf.int64", "tf.int32"),
    "index_type": ("tf.int64",),
    "out_idx": ("tf.int64",),
    "norm": ("None", "'ortho'"),
    "t_list": ("[{t}, {t}]",),
    "colors": ("[[1.0, 0.0, 0.0]]",),
    "value_range": ("[0.0, 1.0]",),
    "mode": ("'CONSTANT'", "'REFLECT'", "'SYMMETRIC'"),
    "pairs": ("[{t}, {t}]", "[{t}, {t}]", "({t},)", "{t}"),
    "batch_dims": ("1", "0", "-1"),
    "batch_shape": ("[2]", "None"),
    "scalar": ("2.0", "2"),
    "rate": ("0.5", "1", "2"),
    "rcond": ("None",),
    "use_norm": ("None",),
    "pos_weight": ("2.0", "{t}"),
    "beta": ("None", "1.0"),
    "alpha": ("0.5", "[0.5, 1.5]", "{t}"),
    "lam": ("0.5", "[0.5, 1.5]", "{t}"),
    "stddev": ("1.0", "{t}"),
    "maxval": ("5",),
    "align": ("'RIGHT_LEFT'",),
    "minlength": ("None",),
    "num_segments": ("2", "3"),
    "clip_norm": ("1.0",),
    "dtype_hint": ("None",),
    "validate_indices": ("None",),
    "num_classes": ("None", "3"),
    "maxlen": ("None",),
    "max_val": ("1.0",),
    "max_output_size": ("3",),
    "upper": ("0.9",),
    "lower": ("0.2",),
    "antialias": ("False", "True"),
    "delta": ("1", "2"),
    "limit": ("5", "None", "0.5"),
    "k": ("1", "2"),
    "start": ("0", "3", "0.5"),
    "stop": ("4.0", "1.0"),
}
_LISTS = frozenset(["concat.values", "stack.values", "add_n.inputs", "math.add_n.inputs", "math.accumulate_n.inputs"])
_LISTS |= {"identity_n.input", "shape_n.input"}
_TEXT = """
{a}[{indices}]
{a}[{indices}]
{a}[{indices}]
{a}[{indices}]
{a}[{a} > 0]
{a} {operator} {b}
{a} {operator} {b}
{a} {operator} 2
1.5 {operator} {a}
{a} {operator} [1, 2, 3]
{a} {operator} np.ones((2, 3), 'float32')
-{a}
abs({a})
~({a} > 0)
({a} > 0) & ({b} > 0)
{a}.shape
{a}.numpy()
{a}.get_shape()
tf.shape({a})[{n}]
tf.zeros(tf.shape({a}))
tf.zeros({a}.shape)
tf.reshape({a}, (tf.shape({a})[0], -1))
tf.reshape({a}, [-1, {a}.shape[-1]])
tf.zeros((tf.shape({a})[0], {n}))
tf.fill(tf.shape({a})[:1], 3.0)
tf.reshape({a}, tf.concat([tf.shape({a})[:1], [-1]], 0))
tf.transpose({a})
tf.einsum('ij,jk->ik', {a}, {b})
tf.einsum('bij,bjk->bik', {a}, {b})
tf.einsum('...i->...', {a})
tf.einsum('ij->ji', {a})
tf.einsum('...ij,...jk->...ik', {a}, {b})
tf.matmul({a}, {b}, transpose_b=True)
tf.tensordot({a}, {b}, {n})
tf.split({a}, 2, axis={axis})[0]
tf.unstack({a}, axis={axis})[0]
tf.linalg.svd({a})[0]
tf.linalg.qr({a})[1]
tf.nn.moments({a}, {axis})[0]
tf.math.top_k({a}, {n})[0]
tf.unique(tf.reshape({a}, [-1]))[0]
tf.where({a} > 0)
tf.where({a} > 0, {a}, {b})
tf.where({a} > 0, {a}, 0)
tf.concat([{a}, {b}], {axis})
tf.concat([{a}, {a}], axis={axis})
tf.stack([{a}, {b}], {axis})
tf.stack([{a}, {a}], {axis})
tf.meshgrid({a}, [1.0, 2.0])[0]
tf.expand_dims({a}, {axis})
tf.squeeze({a}, {axis})
tf.squeeze({a})
tf.boolean_mask({a}, [True, False])
tf.boolean_mask({a}, {a} > 0)
tf.gather({a}, [0, 0, 1], axis={axis})
tf.gather({a}, [[0, 0]], batch_dims={n})
tf.repeat({a}, {n}, axis={axis})
tf.tile({a}, [{n}, 1])
tf.pad({a}, [[{n}, 1], [0, 2]])
tf.cast({a}, {dtype})
tf.Variable({a})
tf.Variable({a}).assign({b})
tf.constant({n}, shape={shape})
tf.constant([[1, 2], [3, 4]], {dtype})
tf.range({n})
tf.range({n}, {n} + 7, 2)
tf.one_hot(tf.cast({a}, tf.int32), {n})
tf.reduce_mean({a}, {axis})
tf.reduce_sum({a}, {axis}, keepdims=True)
tf.argmax({a}, {axis})
tf.norm({a}, axis={axis})
tf.image.resize({a}, ({n}, 4))
tf.image.crop_to_bounding_box({a}, 0, 0, {n}, 1)
tf.image.random_crop({a}, {shape})
tf.nn.softmax({a}, axis={axis})
tf.nn.conv2d({a}, tf.ones((1, 1, 3, 2)), 1, 'SAME')
tf.nn.max_pool2d({a}, 2, {n}, 'VALID')
tf.nn.embedding_lookup({a}, [[0, 1]])
tf.signal.stft({a}, 4, 2)
tf.signal.frame({a}, 2, 1, axis={axis})
tf.strings.length(tf.as_string({a}))
tf.strings.join([tf.as_string({a}), 'x'])
tf.strings.reduce_join(tf.as_string({a}), axis={axis})
tf.strings.substr(tf.as_string({a}), 0, 1)
tf.sequence_mask([1, 2, 3], {n})
tf.math.bincount([1, 2], minlength=4)
tf.broadcast_to({a}, {shape})
tf.ensure_shape({a}, (None, 3))
tf.random.normal({shape})
tf.random.uniform({shape}, 0, 5, dtype=tf.int32)
tf.reverse({a}, [{n}])
tf.slice({a}, [0, 1], [{n}, 1])
tf.strided_slice({a}, [0], [2])
tf.cumsum({a}, axis={axis})
tf.linalg.diag({a})
tf.linalg.band_part({a}, -1, 0)
tf.map_fn(lambda row: row, {a})
tf.clip_by_value({a}, 0, 1)
tf.convert_to_tensor(np.zeros(({n}, 2)))
tf.ones_like({a}, dtype={dtype})
tf.tensor_scatter_nd_update({a}, [[0], [1]], {b})
"""
_TEMPLATES = _TEXT.strip().split("\n")
_INDICES = ("0", "1", "-1", ":", ":", "1:", ":2", "::2", "::-1", "-2:", "None", "tf.newaxis", "...", "5", "1:1", "3:1")
_OPERATORS = ("+", "-", "*", "/", "//", "%", "**", "@", ">", "<")


def _argument(rng: Rng, name: str, parameter: str, default: object, tensors: list[str]) -> str:
    """An argument for a parameter, by its name."""

    def filled(text: str) -> str:
        while "{t}" in text:
            text = text.replace("{t}", rng.choice(tensors), 1)
        return text

    if f"{name}.{parameter}" in _LISTS:
        return filled(rng.choice(_WORDS["pairs"]))
    if parameter in _WORDS:
        return filled(rng.choice(_WORDS[parameter]))
    if parameter in _TENSORS:
        return rng.choice([*[rng.choice(tensors)] * 8, "[[1.0, 2.0, 3.0]]", "2.0"])
    if isinstance(default, bool):
        return rng.choice(("False", "True"))
    return rng.choice(["1", "2", "3", "0", "4"])


def _call(rng: Rng, name: str, rule: Rule, tensors: list[str]) -> str:
    last = name.rsplit(".", 1)[-1]
    if any(p.name == "named" for p in rule.arguments) and last != "meshgrid":
        return f"tf.{name}({', '.join(rng.choice(tensors) for _ in range(_ARITY.get(last, 1)))})"
    parts = []
    for parameter in rule.arguments:
        if parameter.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD):
            parts += rng.choices(tensors, k=rng.randint(1, 2)) if last == "meshgrid" and not parts else []
        elif parameter.name != "name" and (parameter.required or rng.random() < 0.2):
            made = _argument(rng, name, parameter.name, parameter.default, tensors)
            parts.append(made if parameter.required else f"{parameter.name}={made}")
    return f"tf.{name}({', '.join(parts)})"


def _template(rng: Rng, tensors: list[str]) -> str:
    return rng.choice(_TEMPLATES).format(
        a=rng.choice(tensors),
        b=rng.choice(tensors),
        axis=rng.choice(_AXES),
        n=rng.randint(0, 4),
        shape=rng.choice(_SHAPES).replace("{t}", rng.choice(tensors)),
        dtype=rng.choice(_WORDS["dtype"]),
        operator=rng.choice(_OPERATORS),
        indices=", ".join(rng.choice(_INDICES) for _ in range(rng.randint(1, 3))),
    )


def _line(rng: Rng, tensors: list[str]) -> str:
    if rng.random() < 0.45:
        return _template(rng, tensors)
    name = rng.choice(NAMES)
    return _call(rng, name, FUNCTIONS[f"tensorflow.{name}"], tensors)


def _tensor(rng: Rng) -> tuple[tuple[int, ...], str]:
    shape = tuple(rng.choice(_SIZES) for _ in range(rng.choice([1, 2, 2, 2, 3, 3, 4, 4])))
    shape = (*shape[:-1], 3) if len(shape) > 2 and rng.random() < 0.5 else shape  # an image, more often
    return shape, rng.choice(["float32", "float32", "float32", "float32", "float32", "float32", "int32", "bool"])


def program(rng: Rng) -> str:
    """Some tensors, and calls on them; one program in three has them in functions that are traced."""
    lines = ["import numpy as np", "import tensorflow as tf"]
    made = [_tensor(rng) for _ in range(4)]
    if rng.random() < 0.4:
        made[1] = made[0]
    names = [f"x{number}" for number in range(4)]
    if rng.random() < 0.65:
        lines += [f"x{n} = tf.ones({shape}, tf.{dtype})" for n, (shape, dtype) in enumerate(made)]
        for number in range(8):
            lines.append(f"v{number} = {_line(rng, names)}")
            names += [f"v{number}"] if rng.random() < 0.2 else []
        return "\n".join(lines)
    for number in range(4):
        specs = []
        for shape, dtype in made:
            sizes = ", ".join("None" if rng.random() < 0.3 else str(size) for size in shape)
            specs.append(f"tf.TensorSpec([{sizes}], tf.{dtype})")
        lines.append(f"@tf.function(autograph=False, input_signature=[{', '.join(specs)}])")
        lines.append(f"def f{number}({', '.join(names)}):")
        lines += [f"    v{number}{n} = {_line(rng, names)}" for n in range(2)]
        lines += [f"    return v{number}0", f"f{number}.get_concrete_function()"]
    return "\n".join(lines)


def test_random_calls_of_tensorflow() -> None:
    require_keras()
    tally = assert_alike(program, examples(150))
    assert tally["the same"] >= 0.3 * tally.total(), f"hardly anything was known: {tally}"
