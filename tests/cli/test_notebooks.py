"""Notebooks on the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from .command import shapewright

CELLS = [
    ("markdown", "# An LSTM"),
    ("code", "%matplotlib inline\n!pip install keras\nimport numpy as np\nfrom tensorflow import keras"),
    ("code", "data = np.array([1, 2, 3]).reshape((1, 3, 1))\n%time x = keras.layers.Input(shape=(1, 3, 1))\ndata?"),
    ("code", "%%time\ny = keras.layers.LSTM(10)(x)\nmodel = keras.Model(inputs=x, outputs=y)"),
]


def written(cells: list[tuple[str, str]] = CELLS, **metadata: Any) -> str:
    """As Jupyter writes it."""
    made = [
        {
            "cell_type": kind,
            "metadata": {},
            **({"execution_count": 1, "outputs": [{"data": {"text/plain": ["é"]}}]} if kind == "code" else {}),
            "source": text.splitlines(keepends=True),
        }
        for kind, text in cells
    ]
    about = {"cells": made, "metadata": metadata, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(about, indent=1, ensure_ascii=False) + "\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lstm.ipynb").write_text(written(), encoding="utf-8")
    return tmp_path


def test_positions_are_those_in_the_cell(folder: Path) -> None:
    done = shapewright("check", "lstm.ipynb", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    lines = done.stdout.splitlines()
    assert lines[0].startswith("lstm.ipynb:cell 3:2:36: error SW101 ")
    assert lines[1] == "    %time x = keras.layers.Input(shape=(1, 3, 1))"
    assert lines[2] == "    " + " " * 35 + "^" * len("(1, 3, 1)")
    assert "  cell 4, line 2: LSTM needs 3 axes (batch, time, features)" in lines
    (found,) = json.loads(shapewright("check", "--output-format", "json", ".", cwd=folder).stdout)
    place = ("cell", "line", "column", "end_line", "end_column")
    assert [found[key] for key in place] == [3, 2, 36, 2, 45]
    assert [found["related"][0][key] for key in place] == [4, 2, 5, 2, 29]
    assert [found["fixes"][0]["edits"][0][key] for key in place] == [3, 2, 36, 2, 45]


def test_fix_changes_the_line_and_nothing_else(folder: Path) -> None:
    done = shapewright("check", "--fix", ".", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "No shape mistakes found.\n")
    changed = (folder / "lstm.ipynb").read_bytes().decode("utf-8")
    assert changed == written().replace("Input(shape=(1, 3, 1))", "Input(shape=(3, 1))")
    assert [path.name for path in folder.iterdir()] == ["lstm.ipynb"]


def test_a_fix_in_two_cells(folder: Path) -> None:
    """The class is imported in one cell and used in another."""
    cells = [
        ("code", "from keras import Sequential\nfrom keras.layers import Dense, Embedding"),
        ("code", "import numpy as np\nx = np.zeros((8, 28, 28)); y = np.zeros((8,), 'int32')"),
        ("code", "model = Sequential([\n    Dense(10, activation='softmax'),\n])"),
        ("code", "model.compile(loss='sparse_categorical_crossentropy')\nmodel.fit(x, y)"),
    ]
    (folder / "lstm.ipynb").write_text(written(cells), encoding="utf-8")
    done = shapewright("check", "--output-format", "json", "lstm.ipynb", cwd=folder)
    edits = {tuple(e["cell"] for e in fix["edits"]) for found in json.loads(done.stdout) for fix in found["fixes"]}
    assert any({1, 3} <= set(cells) for cells in edits), done.stdout
    assert shapewright("check", "--fix", "lstm.ipynb", cwd=folder).returncode == 0
    fixed = json.loads((folder / "lstm.ipynb").read_text(encoding="utf-8"))["cells"]
    assert "".join(fixed[0]["source"]).endswith("Dense, Flatten, Embedding")
    assert "    Flatten(),\n    Dense(" in "".join(fixed[2]["source"])


def test_diff_cell_by_cell(folder: Path) -> None:
    done = shapewright("check", "--diff", "lstm.ipynb", cwd=folder)
    assert done.returncode == 1
    lines = done.stdout.splitlines()
    assert lines[:2] == ["--- lstm.ipynb:cell 3", "+++ lstm.ipynb:cell 3 (fixed)"]
    assert [line for line in lines[2:] if line[:1] in "+-"] == [
        "-%time x = keras.layers.Input(shape=(1, 3, 1))",
        "+%time x = keras.layers.Input(shape=(3, 1))",
    ]
    assert (folder / "lstm.ipynb").read_text(encoding="utf-8") == written()


def test_standard_input(folder: Path) -> None:
    done = shapewright("check", "--stdin-filename", "a.ipynb", "-", cwd=folder, stdin=written())
    assert done.returncode == 1 and done.stdout.startswith("a.ipynb:cell 3:2:36: ")
    done = shapewright("check", "--fix", "--stdin-filename", "a.ipynb", "-", cwd=folder, stdin=written())
    assert (done.returncode, done.stdout) == (0, written().replace("Input(shape=(1, ", "Input(shape=("))
    done = shapewright("check", "--stdin-filename", "a.ipynb", "-", cwd=folder, stdin="x = 1")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("shapewright: a.ipynb: is not a notebook: its JSON is broken")


@pytest.mark.parametrize("command", [["check"], ["shapes"]])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "is empty"),
        ("x = 1", "JSON is broken"),
        ('{"worksheets": [], "nbformat": 3}', "old format 3"),
        ("{}", "no list of cells"),
        (written(language_info={"name": "julia"}), "is a notebook for julia"),
    ],
)
def test_what_is_no_notebook_of_ours(folder: Path, command: list[str], text: str, words: str) -> None:
    (folder / "other.ipynb").write_text(text, encoding="utf-8")
    done = shapewright(*command, "other.ipynb", cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("shapewright: other.ipynb: ") and words in done.stderr
    assert done.stderr.count("\n") == 1


def test_in_a_folder_other_languages_are_passed_over_with_a_word(folder: Path) -> None:
    (folder / "other.ipynb").write_text(written(kernelspec={"language": "R"}), encoding="utf-8")
    done = shapewright("check", ".", cwd=folder)
    assert (done.returncode, done.stdout.count("SW101")) == (1, 1)
    assert done.stderr == "shapewright: other.ipynb: is a notebook for r, not for Python; it is passed over\n"
    (folder / "other.ipynb").write_text("{", encoding="utf-8")
    done = shapewright("check", ".", cwd=folder)
    assert (done.returncode, done.stdout.count("SW101")) == (2, 1)


def test_checkpoints_are_left_out(folder: Path) -> None:
    (folder / ".ipynb_checkpoints").mkdir()
    (folder / "lstm.ipynb").rename(folder / ".ipynb_checkpoints" / "lstm-checkpoint.ipynb")
    assert shapewright("check", ".", cwd=folder).returncode == 0


def test_a_line_and_a_notebook_can_be_silenced(folder: Path) -> None:
    for place, comment in ((2, "  # shapewright: ignore[SW101]"), (1, "\n# shapewright: ignore-file")):
        cells = [*CELLS]
        kind, text = cells[place]
        cells[place] = (kind, text.replace("shape=(1, 3, 1))", f"shape=(1, 3, 1)){comment}") if place == 2 else text + comment)
        (folder / "lstm.ipynb").write_text(written(cells), encoding="utf-8")
        assert shapewright("check", "lstm.ipynb", cwd=folder).returncode == 0


def test_shapes_beside_the_code(folder: Path) -> None:
    done = shapewright("shapes", "lstm.ipynb", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    lines = [line.rstrip() for line in done.stdout.splitlines()]
    assert [line for line in lines if line.startswith("# %%")] == ["# %% cell 2", "# %% cell 3", "# %% cell 4"]
    assert [line.split("  # ")[1] for line in lines if "  # " in line] == [
        "data: (1, 3, 1)",
        "x: (None, 1, 3, 1)",
        "y: (None, 10)",
        "model: (None, 1, 3, 1) → (None, 10)",
    ]
    assert "%matplotlib inline" in lines and "data?" in lines


def test_shapes_as_json(folder: Path) -> None:
    answer = json.loads(shapewright("shapes", "--output-format", "json", "lstm.ipynb", cwd=folder).stdout)
    for entry in answer["shapes"]:
        line = CELLS[entry["cell"] - 1][1].split("\n")[entry["line"] - 1]
        assert line[entry["column"] - 1 : entry["end_column"] - 1] == entry["text"]
    assert {(e["cell"], e["line"], e["text"]) for e in answer["shapes"]} >= {(3, 1, "data"), (3, 2, "x"), (4, 2, "x")}
