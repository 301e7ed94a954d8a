"""Random calls of NumPy on random arrays, against the real thing."""

from __future__ import annotations

import random

from tests.differential.compare import assert_alike, examples
from tests.differential.real import require_keras

Rng = random.Random
AXES = ["0", "1", "-1", "2", "-2", "3", "(0, 1)", "None"]
INDICES = [
    "0",
    "1",
    "-1",
    "2",
    ":",
    ":",
    "1:",
    ":2",
    "::2",
    "::-1",
    "-2:",
    "None",
    "np.newaxis",
    "...",
    "5",
    "1:1",
    "3:1",
]
DTYPES = ["'float32'", "'int32'", "np.float32", "int", "float", "bool"]
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "@", ">", "=="]
TEMPLATES = [
    "np.reshape({a}, {shape})", "{a}.reshape({shape})", "{a}.reshape({sizes})", "np.expand_dims({a}, {axis})",
    "np.squeeze({a})", "np.squeeze({a}, axis={axis})", "{a}.T", "np.transpose({a})", "{a}.transpose({sizes})",
    "{a}.flatten()", "np.ravel({a})", "{a}.astype({dtype})", "np.zeros_like({a})", "np.ones_like({a}, dtype={dtype})",
    "{a}[{indices}]", "{a}[{indices}]", "{a}[{indices}]", "{a} {operator} {b}", "{a} {operator} {b}", "{a} {operator} 2",
    "1.5 {operator} {a}", "-{a}", "np.array([{a}, {a}])", "np.array([{a}, {b}])", "np.concatenate([{a}, {b}])",
    "np.concatenate([{a}, {b}], axis={axis})", "np.stack([{a}, {b}])", "np.stack([{a}, {a}], axis={axis})",
    "np.vstack([{a}, {b}])", "np.hstack([{a}, {b}])", "np.mean({a})", "np.sum({a}, axis={axis})", "{a}.mean(axis={axis})",
    "{a}.sum({axis}, keepdims=True)", "np.argmax({a}, axis={axis})", "np.dot({a}, {b})", "np.matmul({a}, {b})",
    "np.zeros({shape})", "np.ones({shape}, dtype={dtype})", "np.full({shape}, 7)", "np.arange({n})", "np.arange(1, {n}, 2)",
    "np.arange({n}, 0, -1)", "np.linspace(0, 1, {n})", "np.eye({n})", "np.random.rand({n}, 3)", "np.random.randn({n})",
    "np.random.random({shape})", "np.random.randint(0, 9, size={shape})", "np.random.normal(size={shape})",
    "np.array([[1, 2], [3, 4]])", "np.array([1, 2.5])", "np.array([[[1], [2]]] * {n})", "np.repeat({a}, 2, axis={axis})",
    "np.tile({a}, 2)", "np.where({a} > 0, {a}, {b})", "np.maximum({a}, {b})", "np.sqrt({a})", "np.swapaxes({a}, 0, -1)",
    "np.moveaxis({a}, 0, -1)", "np.pad({a}, 1)", "np.flip({a})", "np.asarray({a}, dtype={dtype})", "np.split({a}, 2)[0]",
]  # fmt: skip


def _shape(rng: Rng) -> str:
    sizes = [rng.choice(["1", "2", "3", "4", "6", "-1"]) for _ in range(rng.randint(1, 4))]
    return rng.choice([f"({', '.join(sizes)},)", f"[{', '.join(sizes)}]", sizes[0]])


def program(rng: Rng) -> str:
    """Some arrays, then calls on any array made so far."""
    lines = ["import numpy as np", "rng = np.random.default_rng(0)"]
    names = []
    for number in range(3):
        shape = tuple(rng.choice([1, 1, 2, 3, 4, 6]) for _ in range(rng.randint(1, 4)))
        lines.append(f"a{number} = np.ones({shape}{rng.choice(['', '', ', dtype=int'])})")
        names.append(f"a{number}")
    for number in range(8):
        text = rng.choice(TEMPLATES).format(
            a=rng.choice(names),
            b=rng.choice(names),
            axis=rng.choice(AXES),
            shape=_shape(rng),
            sizes=", ".join(rng.choice(["0", "1", "2", "3", "-1"]) for _ in range(rng.randint(1, 3))),
            indices=", ".join(rng.choice(INDICES) for _ in range(rng.randint(1, 4))),
            operator=rng.choice(OPERATORS),
            dtype=rng.choice(DTYPES),
            n=rng.randint(0, 7),
        )
        lines.append(f"b{number} = {text}")
        names.append(f"b{number}")
    return "\n".join(lines)


def test_random_calls() -> None:
    require_keras()
    tally = assert_alike(program, examples(200))
    assert tally["the same"] >= 0.3 * tally.total(), f"hardly anything was known: {tally}"
