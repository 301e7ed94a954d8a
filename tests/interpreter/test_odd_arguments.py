"""Whatever a program gives to a layer, a function or an object of Keras, the analysis goes on."""

from __future__ import annotations

import random
from inspect import Parameter

import pytest
from shapewright.interpreter import engine
from shapewright.knowledge.registry import FUNCTIONS, LAYERS, OBJECTS, Rule
from shapewright.workspace.analysis import analyse_text

assert engine.REGISTERED
VALUES = [
    *("0", "1", "2", "3", "-1", "2.5", "1000", "None", "True", "False", "'same'", "'valid'", "'avg'", "'x'", "'one_hot'"),
    *("()", "(1,)", "(2, 3)", "(None, 2)", "[1, 2]", "[0.5]", "((1, 2), (0, 1))", "{'a': 1}", "unknown()", "lambda x: x"),
    *("layers.Dense(2)", "layers.LSTM(3)", "np.ones((2, 3))", "x", "[x, x]"),
]
INPUTS = ["x", "x", "e", "[x, x]", "x, x", "unknown()", "5"]
KERAS = sorted(name for name in FUNCTIONS if name.startswith("keras."))


def _arguments(rng: random.Random, rule: Rule) -> str:
    found = []
    for parameter in rule.arguments:
        if parameter.kind not in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD, Parameter.POSITIONAL_ONLY):
            if parameter.required or rng.random() < 0.35:
                found.append(f"{parameter.name}={rng.choice(VALUES)}")
        elif parameter.kind is Parameter.POSITIONAL_ONLY:
            found.insert(0, rng.choice(VALUES))
    return ", ".join(found)


def program(rng: random.Random) -> str:
    """Calls that make little sense."""
    sizes = [rng.choice(["None", "1", "2", "8"]) for _ in range(rng.randint(0, 4))]
    lines = ["import keras, numpy as np", "from keras import layers"]
    lines.append(f"x = keras.Input([{', '.join(sizes)}])")
    lines.append(f"e = keras.ops.ones([{', '.join(s if s != 'None' else '4' for s in ['2', *sizes])}])")
    for number in range(6):
        table = rng.choice([LAYERS, LAYERS, OBJECTS])
        name = rng.choice(sorted(table))
        if name != "keras.layers.Input":
            lines.append(f"l{number} = {name}({_arguments(rng, table[name])})")
            lines.append(f"y{number} = l{number}({rng.choice(INPUTS)})")
            lines.append(f"z{number} = l{number}.weights, l{number}.compute_output_shape((2, 3, 4))")
        name = rng.choice(KERAS)
        lines.append(f"f{number} = {name}({_arguments(rng, FUNCTIONS[name])})")
    return "\n".join(lines)


@pytest.mark.parametrize("part", range(5))
def test_the_analysis_goes_on(part: int) -> None:
    for number in range(60):
        analyse_text(program(random.Random(f"{part}/{number}")))
