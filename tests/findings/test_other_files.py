"""Fixes in other files of the project: which names are followed there, and which are not."""

from __future__ import annotations

from pathlib import Path

import pytest
from shapewright.findings.finding import Fix
from shapewright.workspace.analysis import Buffer

CONFIG = "INPUT_SHAPE = (1, 3, 1)\n"
THERE = "Leave the batch axis out: (3, 1) (in config.py)"
HERE = "Leave the batch axis out: {}[1:]"
PROGRAM = "import keras\n{}\nx = keras.Input(shape={})\ny = keras.layers.LSTM(10)(x)\n"


def fixes(folder: Path, text: str) -> list[Fix]:
    (finding,) = Buffer(folder / "train.py").analyse(text).findings
    assert finding.code == "SW101" and finding.place.file is None
    return list(finding.fixes)


@pytest.mark.parametrize(
    ("imports", "use"),
    [
        ("from config import INPUT_SHAPE", "INPUT_SHAPE"),
        ("from config import INPUT_SHAPE as SHAPE", "SHAPE"),
        ("from .config import INPUT_SHAPE", "INPUT_SHAPE"),
        ("import config", "config.INPUT_SHAPE"),
        ("import config as c", "c.INPUT_SHAPE"),
        ("from . import config", "config.INPUT_SHAPE"),
        ("from config import INPUT_SHAPE\nSHAPE = INPUT_SHAPE", "SHAPE"),
    ],
)
def test_a_name_of_another_file(tmp_path: Path, imports: str, use: str) -> None:
    (tmp_path / "config.py").write_text(CONFIG)
    best, *_ = fixes(tmp_path, PROGRAM.format(imports, use))
    assert best.title == THERE and best.preferred and best.verified
    (edit,) = best.edits
    assert edit.place.file == str(tmp_path / "config.py") and edit.new_text == "(3, 1)"


def test_a_name_that_goes_through_a_third_file(tmp_path: Path) -> None:
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "__init__.py").write_text("from app.config import INPUT_SHAPE\n")
    (tmp_path / "app" / "config.py").write_text(CONFIG)
    best, *_ = fixes(tmp_path, PROGRAM.format("from app import INPUT_SHAPE", "INPUT_SHAPE"))
    # The package's own file uses the name as well, as far as text tells: the use is edited.
    assert best.title in (THERE, HERE.format("INPUT_SHAPE"))


@pytest.mark.parametrize(
    ("config", "more"),
    [
        (CONFIG + "STEPS = INPUT_SHAPE[1]\n", ""),  # used there
        (CONFIG, "print(INPUT_SHAPE)"),  # used here once more
        ("INPUT_SHAPE = (1, 1)\n" + CONFIG, ""),  # made twice
        ("if True:\n    INPUT_SHAPE = (1, 3, 1)\n", ""),  # made under a condition
    ],
)
def test_a_name_that_is_used_or_made_twice(tmp_path: Path, config: str, more: str) -> None:
    (tmp_path / "config.py").write_text(config)
    text = PROGRAM.format("from config import INPUT_SHAPE", "INPUT_SHAPE") + more
    best, *_ = fixes(tmp_path, text)
    assert best.title == HERE.format("INPUT_SHAPE") and all(edit.place.file is None for edit in best.edits)


def test_sizes_of_another_file(tmp_path: Path) -> None:
    """The width that the data has, declared in another file."""
    (tmp_path / "config.py").write_text("WIDTH = 10\n")
    text = (
        "import keras\nimport numpy as np\nfrom config import WIDTH\n\n"
        "model = keras.Sequential([keras.Input((WIDTH,)), keras.layers.Dense(1)])\n"
        'model.compile(loss="mse")\nmodel.fit(np.zeros((100, 12)), np.zeros((100, 1)))\n'
    )
    (finding,) = Buffer(tmp_path / "train.py").analyse(text).findings
    best = finding.fixes[0]
    assert [(edit.place.file, edit.new_text) for edit in best.edits] == [(str(tmp_path / "config.py"), "12")]
    related = [(related.message, related.place.file) for related in finding.related]
    assert ("made here", str(tmp_path / "config.py")) in related
