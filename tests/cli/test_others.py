"""`shapewright shapes`, `rule`, `--version` and no command at all."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from shapewright import __version__
from shapewright.findings.rules import RULES

from .command import FIRST, MISTAKE, shapewright


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "first.py").write_text(FIRST, encoding="utf-8")
    return tmp_path


def test_shapes_beside_the_code(folder: Path) -> None:
    done = shapewright("shapes", "first.py", cwd=folder)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert [line.split("#")[0].rstrip() for line in lines] == FIRST.splitlines()
    assert [line.split("# ")[1] for line in lines if "#" in line] == [
        "data: (1, 3, 1)",
        "x: (None, 3, 1)",
        "y: (None, 10)",
        "model: (None, 3, 1) → (None, 10)",
    ]
    assert len({line.index("#") for line in lines if "#" in line}) == 1


def test_shapes_as_json(folder: Path) -> None:
    (folder / "first.py").write_text(FIRST.replace("\ny =", '\n"🙂é"; y ='), encoding="utf-8")
    done = shapewright("shapes", "--output-format", "json", "first.py", cwd=folder)
    assert done.returncode == 0
    answer = json.loads(done.stdout)
    assert (answer["version"], answer["file"], answer["keras"]) == (1, "first.py", "3")
    lines = (folder / "first.py").read_text(encoding="utf-8").splitlines()
    for entry in answer["shapes"]:
        if entry["line"] == entry["end_line"]:
            assert lines[entry["line"] - 1][entry["column"] - 1 : entry["end_column"] - 1] == entry["text"]
        assert entry["confidence"] == "inferred"
    names = {(e["line"], e["text"]): e for e in answer["shapes"]}
    y = names[6, "y"]
    assert (y["column"], y["kind"], y["shapes"], y["dtype"]) == (7, "tensor", [[None, 10]], "float32")
    assert (names[4, "data"]["kind"], names[4, "data"]["shapes"]) == ("array", [[1, 3, 1]])
    model = names[7, "model"]
    assert (model["kind"], model["inputs"], model["outputs"], model["parameters"]) == (
        "model",
        [None, 3, 1],
        [None, 10],
        480,
    )
    layer = names[6, "keras.layers.LSTM(10)"]
    assert (layer["kind"], layer["outputs"]) == ("layer", [None, 10])
    assert names[6, "x"]["shapes"] == [[None, 3, 1]]  # a use


def test_shapes_of_several_ways(folder: Path) -> None:
    (folder / "a.py").write_text("import numpy as np\ndef f(n):\n    a = np.zeros((n, 2))\n    return a\nf(3)\nf(4)\n")
    answer = json.loads(shapewright("shapes", "--output-format", "json", "a.py", cwd=folder).stdout)
    (found,) = [e["shapes"] for e in answer["shapes"] if (e["line"], e["text"]) == (3, "a")]
    assert sorted(found) == [[3, 2], [4, 2]]


@pytest.mark.parametrize("content", [None, b"\xff\xfe", b"\0"])
def test_shapes_of_what_cannot_be_read(folder: Path, content: bytes | None) -> None:
    if content is not None:
        (folder / "gone.py").write_bytes(content)
    done = shapewright("shapes", "gone.py", cwd=folder)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr.startswith("shapewright: gone.py: ") and done.stderr.count("\n") == 1
    assert shapewright("shapes", ".", cwd=folder).returncode == 2


def test_what_the_terminal_cannot_spell_is_no_error(folder: Path) -> None:
    done = shapewright("shapes", "first.py", cwd=folder, PYTHONIOENCODING="ascii")
    assert done.returncode == 0 and "model: (None, 3, 1) \\u2192 (None, 10)" in done.stdout


def test_nothing_is_run(folder: Path) -> None:
    (folder / "first.py").write_text("open('trace', 'w')\n" + MISTAKE)
    shapewright("shapes", "first.py", cwd=folder)
    shapewright("check", "--fix", "first.py", cwd=folder)
    assert [path.name for path in folder.iterdir()] == ["first.py"]


def test_rules(tmp_path: Path) -> None:
    done = shapewright("rule", cwd=tmp_path)
    assert done.returncode == 0
    assert [line.split()[0] for line in done.stdout.splitlines()] == list(RULES)
    for code in ("SW101", "sw101"):
        page = shapewright("rule", code, cwd=tmp_path)
        assert page.returncode == 0
        for part in ("# SW101: batch-axis-in-input-shape", "## Wrong", "## Right", "# shapewright: ignore[SW101]"):
            assert part in page.stdout
    done = shapewright("rule", "SW999", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "shapewright: there is no rule SW999; `shapewright rule` lists all\n"


def test_version(tmp_path: Path) -> None:
    done = shapewright("--version", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (0, f"shapewright {__version__}\n")
    more = shapewright("--version", "-v", cwd=tmp_path).stdout.splitlines()
    assert more[0] == f"shapewright {__version__}" and more[1].startswith("Python 3.")
    assert any(line.startswith("jedi ") for line in more)


def test_no_command(tmp_path: Path) -> None:
    done = shapewright(cwd=tmp_path)
    assert done.returncode == 2
    assert all(command in done.stdout for command in ("server", "check", "shapes", "rule"))
    assert shapewright("nonsense", cwd=tmp_path).returncode == 2


def test_the_script_that_is_installed(tmp_path: Path) -> None:
    script = Path(sys.executable).with_name("shapewright" + (".exe" if os.name == "nt" else ""))
    if not script.exists():
        pytest.skip("shapewright is not installed as a command beside this Python")
    done = subprocess.run([script, "--version"], cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (0, f"shapewright {__version__}\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of Unix")
def test_a_reader_that_goes_away(folder: Path) -> None:
    (folder / "first.py").write_text(MISTAKE + "# more\n" * 20_000)
    command = f"'{sys.executable}' -m shapewright shapes first.py | head -n 1"
    done = subprocess.run(command, shell=True, cwd=folder, capture_output=True, text=True, timeout=60)
    assert done.stdout.startswith("import numpy") and done.stderr == ""
