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
DTYPES = ["'float32'", "'int32'", "np.float32", "int", "float", "bool", "'uint8'", "'int8'", "np.float16", "np.uint16"]
OPERATORS = ["+", "-", "*", "/", "//", "%", "**", "@", ">", "==", "&", "<="]
TEMPLATES = [
    line
    for line in """
# made again in another shape
np.reshape({a}, {shape})
{a}.reshape({shape})
{a}.reshape({sizes})
np.expand_dims({a}, {axis})
np.squeeze({a})
np.squeeze({a}, axis={axis})
{a}.T
np.transpose({a})
{a}.transpose({sizes})
{a}.flatten()
np.ravel({a})
{a}.astype({dtype})
np.swapaxes({a}, 0, -1)
{a}.swapaxes({axis}, 0)
np.moveaxis({a}, 0, -1)
np.moveaxis({a}, {axis}, {axis})
np.rollaxis({a}, {n}, {n})
np.flip({a}, {axis})
np.rot90({a}, {n})
np.roll({a}, 2, axis={axis})
np.atleast_2d({a})
np.atleast_3d({a})
{a}.view('int32')
np.matrix_transpose({a})
{a}.squeeze()
np.broadcast_to({a}, {shape})
np.resize({a}, {shape})
# picked
{a}[{indices}]
{a}[{indices}]
{a}[{indices}]
{a}[{positions}]
{a}[{positions}]
{a}[{a} > 0]
{a}[{a} > 2]
{a}[{positions}, {positions}]
np.take({a}, {positions}, axis={axis})
np.diagonal({a})
np.trace({a})
np.sort({a}, axis={axis})
np.argsort({a}, axis={axis})
np.unique({a})
np.argwhere({a})
np.flatnonzero({a})
np.nonzero({a})[0]
np.where({a} > 0)[0]
np.searchsorted([1, 2, 3], {a})
np.digitize({a}, [0, 1, 2])
np.isin({a}, {positions})
np.unique({a}, return_counts=True)[1]
np.take_along_axis({a}, np.argsort({a}, axis={axis}), axis={axis})
np.unique({a}, axis={axis})
np.compress([True, False], {a}, axis={axis})
np.partition({a}, 0, axis={axis})
{a}.argsort()
# elementwise
{a} {operator} {b}
{a} {operator} {b}
{a} {operator} 2
1.5 {operator} {a}
-{a}
{a} {operator} [1, 2, 3]
np.{float}({a})
np.{same}({a})
np.{binary}({a}, {b})
np.{binary}({a}, 3)
np.{compare}({a}, {b})
np.where({a} > 0, {a}, {b})
np.clip({a}, 0, {b})
{a}.clip(0, 1)
np.maximum({a}, {b})
({a} > 0) & ({b} > 0)
~({a} > 0)
abs({a})
np.round({a}, 1)
np.nan_to_num({a})
np.cumsum({a}, axis={axis})
np.diff({a}, axis={axis})
{a}.cumsum()
np.gradient({a}, axis={n})
np.interp({a}, [0, 1], [2, 3])
np.real({a})
np.add.outer({a}, {b})
np.add.reduce({a}, axis={axis})
np.isclose({a}, {b})
np.select([{a} > 0, {a} > 1], [{b}, {b}])
np.uint8({a})
np.float32({a}) {operator} {b}
{a}.astype({dtype}) {operator} {b}.astype({dtype})
{a}.astype({dtype}) {operator} 2
{a}.astype({dtype}) {operator} 2.5
np.float32(2) {operator} {a}
np.divide({a}.astype({dtype}), {b}.astype({dtype}))
# reduced
np.mean({a})
np.sum({a}, axis={axis})
{a}.mean(axis={axis})
{a}.sum({axis}, keepdims=True)
np.argmax({a}, axis={axis})
np.std({a}, axis={axis})
np.prod({a}, axis={axis}, keepdims=True)
np.max({a}, {axis})
{a}.min(axis={axis})
np.median({a}, axis={axis})
np.percentile({a}, {positions}, axis={axis})
np.average({a}, axis={axis})
np.any({a} > 0, axis={axis})
np.ptp({a}, axis={axis})
np.linalg.norm({a}, axis={axis})
np.count_nonzero({a}, axis={axis})
np.nanmean({a}, axis={axis})
{a}.astype({dtype}).sum(axis={axis})
{a}.astype({dtype}).mean()
np.histogram({a}, bins={n})[0]
np.cov({a})
sum({a})
# joined, cut, repeated
np.array([{a}, {a}])
np.array([{a}, {b}])
np.concatenate([{a}, {b}])
np.concatenate([{a}, {b}], axis={axis})
np.stack([{a}, {b}])
np.stack([{a}, {a}], axis={axis})
np.vstack([{a}, {b}])
np.hstack([{a}, {b}])
np.dstack([{a}, {a}])
np.column_stack([{a}, {a}])
np.append({a}, {b})
np.append({a}, {a}, axis={axis})
np.split({a}, 2)[0]
np.array_split({a}, 3, axis={axis})[1]
np.split({a}, [1, 2], axis={axis})[1]
np.repeat({a}, 2, axis={axis})
np.tile({a}, 2)
np.tile({a}, {shape})
np.pad({a}, 1)
np.pad({a}, ((1, 2),))
np.pad({a}, (0, 2), mode='edge')
np.delete({a}, 0, axis={axis})
np.insert({a}, 0, 1.0, axis={axis})
np.vsplit({a}, 2)[0]
np.hsplit({a}, 2)[1]
np.repeat({a}, {positions}, axis={axis})
np.concatenate([[1, 2], {a}])
np.concatenate([{a}.astype({dtype}), {a}.astype({dtype})])
np.array([{a}.astype({dtype}), {a}.astype({dtype})])
np.array(list({a}))
# products
np.dot({a}, {b})
np.matmul({a}, {b})
{a} @ {b}
np.inner({a}, {b})
np.outer({a}, {b})
np.kron({a}, {b})
np.tensordot({a}, {b}, axes={n})
np.tensordot({a}, {a}, axes=([0], [0]))
np.einsum('...i,...i->...', {a}, {a})
np.einsum('ij->ji', {a})
np.linalg.inv({a})
np.linalg.det({a})
np.linalg.svd({a}, full_matrices=False)[2]
np.linalg.qr({a})[0]
np.linalg.pinv({a})
np.linalg.eigh({a})[1]
{a}.dot({b})
np.convolve([1, 2, 3, 4], np.ravel({a}), 'same')
np.fft.fft({a}, axis={axis})
np.fft.rfft({a})
np.fft.irfft({a})
np.polyfit(np.arange(5), np.arange(5), {n})
np.cross({a}, {a})
# made
np.zeros({shape})
np.ones({shape}, dtype={dtype})
np.full({shape}, 7)
np.arange({n})
np.arange(1, {n}, 2)
np.arange({n}, 0, -1)
np.arange(0, {n}, 0.3)
np.arange(0.5, {n})
np.linspace(0, 1, {n})
np.linspace({a}, 1, {n})
np.eye({n})
np.eye({n}, 3)
np.array([[1, 2], [3, 4]])
np.array([1, 2.5])
np.array([[[1], [2]]] * {n})
np.asarray({a}, dtype={dtype})
np.zeros_like({a})
np.ones_like({a}, dtype={dtype})
np.full_like({a}, 3)
np.diag({a})
np.diag({a}, 1)
np.tril({a})
np.meshgrid({positions}, [1, 2])[0]
np.indices({shape})
np.identity({n})
np.tri({n}, 4)
np.array({a}, ndmin=3)
np.vander([1, 2, 3], {n})
np.diagflat({a})
np.zeros({a}.shape)
np.zeros(np.array([2, {n}]))
np.zeros(np.prod({a}.shape))
np.zeros({a}.shape[::-1])
np.zeros(len({a}) + 1)
np.zeros(int(np.sqrt({n})))
np.zeros(np.arange(1, 4) * 2)
np.zeros({a}.size // 2)
np.zeros(({a}.ndim, max({a}.shape + (1,))))
# random
np.random.rand({n}, 3)
np.random.randn({n})
np.random.random({shape})
np.random.randint(0, 9, size={shape})
np.random.normal(size={shape})
np.random.uniform(0, {a})
rng.normal(0, 1, {shape})
rng.integers(0, 9, {shape})
rng.random({n})
np.random.choice(9, {shape})
np.random.choice([1.5, 2.5], {n})
rng.choice({a}, {n})
np.random.permutation({a})
rng.permutation({a}, axis={n})
np.random.multinomial(5, [0.5, 0.5], {n})
np.random.multivariate_normal([0, 0], np.eye(2), {n})
state.poisson(3, {shape})
state.rand({n}, 2)
rng.dirichlet([1, 2, 3], {n})
rng.standard_normal({shape}, dtype='float32')
np.random.binomial(5, 0.5, {a}.shape)
""".splitlines()
    if line and not line.startswith("#")
]
WORDS = {
    "float": ["sqrt", "exp", "sin", "log1p", "arctan", "tanh", "cbrt", "deg2rad"],
    "same": [
        "square",
        "sign",
        "negative",
        "conj",
        "abs",
        "floor",
        "rint",
        "isnan",
        "logical_not",
        "sinc",
        "angle",
        "fix",
    ],
    "binary": [
        "add",
        "subtract",
        "multiply",
        "divide",
        "floor_divide",
        "mod",
        "power",
        "minimum",
        "hypot",
        "arctan2",
        "fmax",
    ],
    "compare": ["equal", "less", "logical_and", "greater_equal", "not_equal"],
}
"""Names that stand for their kind in the templates."""
POSITIONS = [
    "[0]",
    "[0, 0, 1]",
    "[[0, 1], [1, 0]]",
    "np.array([1, 0])",
    "[]",
    "[True, False]",
    "np.array([[0], [1]])",
    "range(2)",
]


def _shape(rng: Rng) -> str:
    sizes = [rng.choice(["1", "2", "3", "4", "6", "-1"]) for _ in range(rng.randint(1, 4))]
    return rng.choice([f"({', '.join(sizes)},)", f"[{', '.join(sizes)}]", sizes[0]])


def program(rng: Rng) -> str:
    """Some arrays, then calls on any array made so far."""
    lines = ["import numpy as np", "rng = np.random.default_rng(0)", "state = np.random.RandomState(0)"]
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
            positions=rng.choice(POSITIONS),
            **{word: rng.choice(names_of) for word, names_of in WORDS.items()},
            dtype=rng.choice(DTYPES),
            n=rng.randint(0, 7),
        )
        lines.append(f"b{number} = {text}")
        names.append(f"b{number}")
    return "\n".join(lines)


def test_random_calls() -> None:
    require_keras()
    tally = assert_alike(program, examples(150))
    assert tally["the same"] >= 0.3 * tally.total(), f"hardly anything was known: {tally}"
