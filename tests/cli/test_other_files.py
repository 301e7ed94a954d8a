"""`shapewright check` where the fix belongs into another file of the project."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .command import shapewright

CONFIG = '"""Sizes."""\n\nUNITS = 10\nINPUT_SHAPE = (1, 3, 1)  # steps, features\n'
TRAIN = """\
import keras
from config import INPUT_SHAPE, UNITS

x = keras.Input(shape=INPUT_SHAPE)
y = keras.layers.LSTM(UNITS)(x)
"""
FIXED = CONFIG.replace("(1, 3, 1)", "(3, 1)")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "config.py").write_text(CONFIG, encoding="utf-8")
    (tmp_path / "train.py").write_text(TRAIN, encoding="utf-8")
    return tmp_path


def test_it_is_told_which_file_is_edited(project: Path) -> None:
    done = shapewright("check", "train.py", cwd=project)
    assert "  config.py:4:15: made here\n" in done.stdout
    assert "  fix: Leave the batch axis out: (3, 1) (in config.py)\n" in done.stdout
    (found,) = json.loads(shapewright("check", "--output-format", "json", "train.py", cwd=project).stdout)
    assert (found["filename"], found["line"], found["related"][0]["filename"]) == ("train.py", 4, "config.py")
    place = {"line": 4, "column": 15, "end_line": 4, "end_column": 24}
    assert found["fixes"][0]["edits"] == [{"filename": "config.py", **place, "new_text": "(3, 1)"}]
    sarif = json.loads(shapewright("check", "--output-format", "sarif", "train.py", cwd=project).stdout)
    (result,) = sarif["runs"][0]["results"]
    assert result["fixes"][0]["artifactChanges"][0]["artifactLocation"] == {"uri": "config.py"}
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"] == {"uri": "config.py"}


@pytest.mark.parametrize("path", ["train.py", "."])
def test_both_files_are_written(project: Path, path: str) -> None:
    done = shapewright("check", "--diff", path, cwd=project)
    assert done.returncode == 1
    assert done.stdout.splitlines()[0] == "--- config.py" and "+INPUT_SHAPE = (3, 1)  # steps, features" in done.stdout
    assert (project / "config.py").read_text(encoding="utf-8") == CONFIG
    done = shapewright("check", "--fix", path, cwd=project)
    assert (done.returncode, done.stdout) == (0, "No shape mistakes found.\n")
    assert (project / "config.py").read_text(encoding="utf-8") == FIXED
    assert (project / "train.py").read_text(encoding="utf-8") == TRAIN


def test_what_is_fixed_in_both_files(project: Path) -> None:
    """`config.py` has a mistake of its own, which moves the line that `train.py` has edited."""
    own = '\nimport keras\n\nkeras.layers.Flatten()(keras.Input(28, 28))\n'
    (project / "config.py").write_text(own + CONFIG, encoding="utf-8")
    assert shapewright("check", "--fix", ".", cwd=project).returncode == 0
    text = (project / "config.py").read_text(encoding="utf-8")
    assert "keras.Input((28, 28))" in text and text.endswith(FIXED)


def test_a_name_that_more_files_use(project: Path) -> None:
    (project / "data.py").write_text("import config\n\nprint(config.INPUT_SHAPE)\n", encoding="utf-8")
    assert shapewright("check", "--fix", "train.py", cwd=project).returncode == 0
    assert (project / "config.py").read_text(encoding="utf-8") == CONFIG
    assert "shape=INPUT_SHAPE[1:]" in (project / "train.py").read_text(encoding="utf-8")


def test_an_installed_package_is_left_alone(project: Path) -> None:
    packages = project / ".venv" / "lib" / "python3.12" / "site-packages"
    packages.mkdir(parents=True)
    (project / ".venv" / "pyvenv.cfg").write_text("")
    (project / "config.py").rename(packages / "config.py")
    (packages / "config.py").write_text("import numpy\n" + CONFIG, encoding="utf-8")
    done = shapewright("check", "--fix", "train.py", cwd=project)
    assert (packages / "config.py").read_text(encoding="utf-8") == "import numpy\n" + CONFIG
    assert done.returncode == 0 and "shape=INPUT_SHAPE[1:]" in (project / "train.py").read_text(encoding="utf-8")


def test_a_link_to_a_file_outside_of_the_project(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside") / "config.py"
    (project / "config.py").rename(outside)
    (project / "config.py").symlink_to(outside)
    assert shapewright("check", "--fix", "train.py", cwd=project).returncode == 0
    assert outside.read_text(encoding="utf-8") == CONFIG
    assert "shape=INPUT_SHAPE[1:]" in (project / "train.py").read_text(encoding="utf-8")
