"""`shapewright summary`. That the table is Keras's own is tested in tests/differential/test_summary.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from .command import FIRST, MISTAKE, shapewright
from .test_graph import SKIP
from .test_notebooks import written

TABLE = """\
Model: "functional"
┏━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━━━━━━━━━━┳━━━━━━━━━━━━━━━┓
┃ Layer (type)                    ┃ Output Shape           ┃       Param # ┃
┡━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━━━━━━━━━━╇━━━━━━━━━━━━━━━┩
│ input_layer (InputLayer)        │ (None, 3, 1)           │             0 │
├─────────────────────────────────┼────────────────────────┼───────────────┤
│ lstm (LSTM)                     │ (None, 10)             │           480 │
└─────────────────────────────────┴────────────────────────┴───────────────┘
 Total params: 480 (1.88 KB)
 Trainable params: 480 (1.88 KB)
 Non-trainable params: 0 (0.00 B)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "first.py").write_text(FIRST, encoding="utf-8")
    (tmp_path / "skip.py").write_text(SKIP, encoding="utf-8")
    return tmp_path


def summary(folder: Path, text: str, *arguments: str) -> str:
    (folder / "a.py").write_text(f"import keras\nfrom keras import layers\n{text}", encoding="utf-8")
    done = shapewright("summary", "a.py", *arguments, cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_table(folder: Path) -> None:
    done = shapewright("summary", "first.py", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, TABLE, "")


def test_one_of_several_models(folder: Path) -> None:
    done = shapewright("summary", "skip.py", "tiny", cwd=folder)
    assert done.stdout.startswith('Model: "tiny"\n') and " Total params: 12 (48.00 B)\n" in done.stdout
    done = shapewright("summary", "skip.py", "model", cwd=folder)
    assert "Connected to" in done.stdout and "lstm (LSTM)" in done.stdout


def test_notebooks(folder: Path) -> None:
    (folder / "lstm.ipynb").write_text(written(), encoding="utf-8")
    done = shapewright("summary", "lstm.ipynb", cwd=folder)
    assert done.returncode == 2 and "it is not certain that its layers fit together; see `shapewright check`" in done.stderr
    mended = written().replace("(1, 3, 1))", "(3, 1))", 2).replace("reshape((3, 1))", "reshape((1, 3, 1))")
    (folder / "lstm.ipynb").write_text(mended, encoding="utf-8")
    assert shapewright("summary", "lstm.ipynb", cwd=folder).stdout == TABLE


def test_a_function_that_nothing_calls(folder: Path) -> None:
    """Its names are those of its first call, whatever else is in the file."""
    text = """
def build(classes):
    model = keras.Sequential([keras.Input((4,)), layers.Dense(8), layers.Dense(classes)])
    return model

def other():
    return layers.Dense(3)
"""
    shown = summary(folder, text)
    assert 'Model: "sequential"' in shown and "dense (Dense) " in shown and "dense_1 (Dense) " in shown
    assert "(None, classes)" in shown and " Total params: ? (?)" in shown


def test_what_is_not_known_is_a_question_mark(folder: Path) -> None:
    text = """
import sys
import elsewhere
if len(sys.argv) > 2:
    layers.Dense(3)
x = inputs = keras.Input((4,), name=elsewhere.name())
x = layers.Dense(elsewhere.width())(x)
x = layers.BatchNormalization()(x)
model = keras.Model(inputs, x)
"""
    shown = summary(folder, text)
    assert "? (InputLayer) " in shown and "? (Dense) " in shown  # it may be dense, or dense_1
    assert "batch_normalization " in shown and 'Model: "functional"' in shown
    assert "(None, ?) " in shown and " Total params: ? (?)" in shown


@pytest.mark.parametrize(
    "before", ["from keras_hub import models", "keras.applications.VGG16(**options())", "layers.Dense(*units())"]
)
def test_names_after_layers_that_are_not_seen(folder: Path, before: str) -> None:
    layers = "layers.Dense(2, name='d')(layers.Dense(3)(x))"
    shown = summary(folder, f"{before}\nx = keras.Input((4,))\nmodel = keras.Model(x, {layers})\n")
    assert "? (Dense) " in shown and "d (Dense) " in shown and " Total params: 23 (92.00 B)" in shown


def test_who_is_trained_may_not_be_known(folder: Path) -> None:
    text = """
import elsewhere
model = keras.Sequential([keras.Input((4,)), layers.Dense(2)])
elsewhere.layers()[0].trainable = False
"""
    assert " Trainable params: ? (?)" in summary(folder, text) and " Total params: " in summary(folder, text)


@pytest.mark.parametrize(
    ("text", "arguments", "words"),
    [
        ("x = 1", [], "there is no functional or Sequential model in it"),
        (SKIP, [], "there are several models in it; name one: tower, model, small"),
        (SKIP, ["nothing"], "there is no model nothing in it; there is tower, model, small"),
        ("import keras\nm = keras.Sequential([keras.Input((3,)), unknown()])\n", [], "not all of its layers are known"),
        (None, [], "there is no such file"),
        ("\0\1\2", [], "is not a text file"),
        ("# " + "x" * 4_000_001, [], "has more than 4,000,000 characters"),
    ],
)
def test_what_has_no_summary(folder: Path, text: str | None, arguments: list[str], words: str) -> None:
    if text is not None:
        (folder / "a.py").write_text(text, encoding="utf-8")
    done = shapewright("summary", "a.py", *arguments, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("shapewright: a.py: ") and words in done.stderr and done.stderr.count("\n") == 1


def test_a_folder_is_no_program(folder: Path) -> None:
    done = shapewright("summary", ".", cwd=folder)
    assert done.returncode == 2 and "is a folder, not a file" in done.stderr


def test_a_model_with_a_mistake_in_it_is_no_crash(folder: Path) -> None:
    (folder / "bad.py").write_text(MISTAKE, encoding="utf-8")
    done = shapewright("summary", "bad.py", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "") and done.stderr.count("\n") == 1
    assert "it is not certain that its layers fit together; see `shapewright check`" in done.stderr
