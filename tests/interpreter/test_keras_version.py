"""Which Keras the project's environment has decides what is a mistake."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapewright.workspace.analysis import Analysis, analyse_text
from shapewright.workspace.questions import hover

PROGRAM = """\
import keras
import tensorflow as tf
from keras import layers

model = keras.Sequential([layers.Dense(3, batch_input_shape=(None, 4)), layers.Dense(2)])
x = keras.Input((1, 3, 1))
y = tf.reduce_sum(x, -1)
z = layers.LSTM(10)(x)
"""
MARKS = {"2": "keras/src/engine/__init__.py", "3": "keras/src/version.py"}


def _analysis(folder: Path, version: str) -> Analysis:
    mark = folder / ".venv" / "lib" / "python3.11" / "site-packages" / MARKS[version]
    mark.parent.mkdir(parents=True)
    mark.write_text("")
    (folder / "pyproject.toml").write_text("")
    program = folder / "program.py"
    program.write_text(PROGRAM)
    return analyse_text(PROGRAM, program)


@pytest.mark.parametrize(
    ("version", "codes", "message"),
    [
        ("2", ["SW101"], 'Input 0 of layer "lstm" is incompatible with the layer: expected ndim=3, found ndim=4.'),
        (
            "3",
            ["SW101", "SW601", "SW604"],
            "Input 0 with name 'None' of layer 'lstm' is incompatible with the layer: expected ndim=3, found ndim=4.",
        ),
    ],
)
def test_findings_and_words_are_those_of_the_version(
    tmp_path: Path, version: str, codes: list[str], message: str
) -> None:
    analysis = _analysis(tmp_path, version)
    assert sorted(finding.code for finding in analysis.findings) == codes
    rank = next(finding for finding in analysis.findings if finding.code == "SW101")
    assert rank.keras_message == f"{message} Full shape received: (None, 1, 3, 1)"


def test_functions_of_tensorflow_take_the_tensors_of_keras_2(tmp_path: Path) -> None:
    analysis = _analysis(tmp_path, "2")
    shown = hover(analysis.facts, 6, 0)
    assert shown is not None and "(None, 1, 3)" in str(shown)
