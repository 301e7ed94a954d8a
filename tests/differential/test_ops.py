"""Random calls of keras.ops on random tensors, Keras's own, TensorFlow's and NumPy's, against the real thing."""

from __future__ import annotations

import random
from inspect import Parameter

from shapewright.knowledge.registry import FUNCTIONS, Rule

from tests.differential import examples as rules
from tests.differential.compare import assert_alike, examples
from tests.differential.real import require_keras

Rng = random.Random
_SIZES = (1, 2, 2, 3, 4, 6)
_LEFT_OUT = frozenset(
    [
        "keras.ops.image.elastic_transform",  # these need more memory or time than a random call should take
        "keras.ops.image.scale_and_translate",
        "keras.ops.ctc_decode",
        "keras.ops.ctc_loss",
        "keras.ops.empty",
        "keras.ops.kron",
        "keras.ops.eig",  # does not end for some matrices that are no numbers
        "keras.ops.irfft",  # end the process for lengths that do not fit
        "keras.ops.istft",
        "keras.ops.rfft",
        "keras.ops.stft",
    ]
)
NAMES = sorted(
    name
    for name in rules.all_rules()
    if name.startswith("keras.ops.") and not name.startswith("keras.ops.linalg.") and name not in _LEFT_OUT
)
_TENSORS = frozenset(
    [
        *(
            "x",
            "x1",
            "x2",
            "y",
            "a",
            "b",
            "inputs",
            "images",
            "image1",
            "image2",
            "array",
            "indices",
            "values",
            "query",
        ),
        *("key", "value", "bias", "mask", "kernel", "depthwise_kernel", "pointwise_kernel", "target", "output", "q"),
        *("targets", "predictions", "mean", "variance", "gamma", "beta", "offset", "scale", "weights", "condition"),
        *("updates", "segment_ids", "data", "sorted_sequence", "abs_", "angle", "volumes", "coordinates", "tensor"),
    ]
)
_WORDS: dict[str, tuple[str, ...]] = {
    "axis": ("0", "1", "-1", "2", "None", "(0, 1)", "-2"),
    "axes": ("0", "1", "(0, 1)", "[1, 0]", "(0, 2, 1)", "2"),
    "keepdims": ("True", "False"),
    "dtype": ("'float32'", "'int32'", "'bool'"),
    "padding": ("'same'", "'valid'", "1"),
    "newshape": ("(-1,)", "(2, -1)", "(6,)", "(3, 4)", "(-1, 2, 3)"),
    "shape": ("(2, 3)", "(6,)", "(4, 3)", "3", "(1, 2, 3)"),
    "pad_width": ("1", "((1, 2),)", "((0, 1), (2, 0))", "((1, 1), (0, 0), (2, 2))"),
    "indices_or_sections": ("2", "3", "[1, 2]", "1"),
    "data_format": ("None", "'channels_last'", "'channels_first'"),
    "xs": ("[{t}, {t}]", "[{t}, {t}]", "({t},)"),
    "condlist": ("[{t}]",),
    "choicelist": ("[{t}]",),
    "mode": ("'valid'", "'same'", "'full'", "'reduced'"),
    "subscripts": ("'ij,jk->ik'", "'ij->ji'", "'bij,bjk->bik'", "'...i->...'"),
    "pattern": ("'a b -> b a'", "'a b c -> a (b c)'", "'(a b) c -> a b c'"),
    "indexing": ("'ij'", "'xy'"),
    "start_indices": ("(0, 0)", "(0, 1, 0)", "(0,)"),
    "full_matrices": ("True", "False"),
    "size": ("2", "(2, 3)", "(4, 4)"),
    "output_size": ("2", "(4, 3)"),
    "block_size": ("2",),
    "q": ("0.5", "[0.2, 0.8]"),
    "center": ("True", "False"),
    "output_shape": ("(2, 3)",),
    "from_logits": ("True", "False"),
    "side": ("'left'",),
    "interpolation": ("'nearest'", "'bilinear'"),
    "strategy": ("'greedy'",),
    "start_points": ("np.array([[[0, 0], [0, 3], [3, 0], [3, 3.5]]] * 2, 'float32')",),
    "end_points": ("np.array([[[0, 1], [0, 3], [3, 1], [3, 3]]] * 2, 'float32')",),
    "transform": ("np.ones((2, 8), 'float32')", "np.ones((8,), 'float32')"),
}
_BOOLEAN = ("False", "True")


def _argument(rng: Rng, parameter: Parameter | object, name: str, tensors: list[str]) -> str:
    """An argument for a parameter, by its name."""
    tensor = rng.choice(tensors)
    if name in _WORDS and not (name == "q" and rng.random() < 0.2):
        return rng.choice(_WORDS[name]).replace("{t}", tensor, 1).replace("{t}", rng.choice([tensor, *tensors]))
    if name in _TENSORS:
        return rng.choice([tensor, tensor, tensor, tensor, "2", "[[1.0, 2.0, 3.0]]"])
    default = getattr(parameter, "default", None)
    if isinstance(default, bool):
        return rng.choice(_BOOLEAN)
    return rng.choice(["1", "2", "3", "0", "-1"])


def _call(rng: Rng, name: str, rule: Rule, tensors: list[str]) -> str:
    parts = []
    for parameter in rule.arguments:
        if parameter.kind is Parameter.VAR_POSITIONAL:
            parts += rng.choices(tensors, k=rng.randint(1, 2)) if name.endswith(("einsum", "meshgrid")) else []
        elif parameter.kind is not Parameter.VAR_KEYWORD and (parameter.required or rng.random() < 0.25):
            made = _argument(rng, parameter, parameter.name, tensors)
            by_name = not parameter.required and parameter.kind is not Parameter.POSITIONAL_ONLY
            parts.append(f"{parameter.name}={made}" if by_name else made)
    return f"{name}({', '.join(parts)})"


def program(rng: Rng) -> str:
    """Some tensors, and calls on them: one function in each line, on tensors of the first lines."""
    lines = ["import keras", "import numpy as np", "from keras import Input"]
    tensors = []
    alike = tuple(rng.choice(_SIZES) for _ in range(rng.choice([2, 3])))
    for number in range(4):
        shape = (
            alike if rng.random() < 0.4 else tuple(rng.choice(_SIZES) for _ in range(rng.choice([1, 2, 2, 2, 3, 3, 4])))
        )
        dtype = rng.choice(["float32", "float32", "float32", "int32", "bool"])
        kind = rng.choice(["Input({s}, dtype='{d}')", "np.ones({s}, '{d}')", "keras.ops.ones({s}, '{d}')"])
        lines.append(f"x{number} = " + kind.format(s=shape[1:] if kind[0] == "I" else shape, d=dtype))
        tensors.append(f"x{number}")
    for number in range(8):
        name = rng.choice(NAMES)
        lines.append(f"v{number} = {_call(rng, name, FUNCTIONS[name], tensors)}")
    return "\n".join(lines)


def test_random_calls_of_keras_ops() -> None:
    require_keras()
    tally = assert_alike(program, examples(150))
    assert tally["the same"] >= 0.2 * tally.total(), f"hardly anything was known: {tally}"
