"""`shapewright check --output-format`: what other programs read."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from .command import FIRST, MISTAKE, shapewright
from .test_notebooks import written


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "sub dir").mkdir()
    (tmp_path / "sub dir" / "bad.py").write_text(MISTAKE.replace("\nx =", '\n"🙂"; x ='), encoding="utf-8")
    (tmp_path / "sub dir" / "lstm.ipynb").write_text(written(), encoding="utf-8")
    (tmp_path / "good.py").write_text(FIRST, encoding="utf-8")
    return tmp_path


def test_sarif(folder: Path) -> None:
    done = shapewright("check", "--output-format", "sarif", ".", cwd=folder)
    assert (done.returncode, done.stderr) == (1, "")
    about = json.loads(done.stdout)
    assert about["version"] == "2.1.0"
    (run,) = about["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    (rule,) = run["tool"]["driver"]["rules"]
    assert (run["tool"]["driver"]["name"], rule["id"], rule["name"]) == ("shapewright", "SW101", "batch-axis-in-input-shape")
    assert rule["helpUri"].endswith("SW101.md")
    python, cell = run["results"]
    where = python["locations"][0]["physicalLocation"]
    assert where == {
        "artifactLocation": {"uri": "sub%20dir/bad.py"},
        "region": {"startLine": 5, "startColumn": 35, "endLine": 5, "endColumn": 44},
    }
    assert (python["ruleId"], python["ruleIndex"], python["level"]) == ("SW101", 0, "error")
    assert "expected ndim=3, found ndim=4" in python["message"]["text"]
    (related,) = python["relatedLocations"]
    assert related["physicalLocation"]["region"]["startLine"] == 6
    (change,) = python["fixes"][0]["artifactChanges"]
    assert change["replacements"][0]["insertedContent"] == {"text": "(3, 1)"}
    # a notebook: where it is in the file, and the cell in words
    lines = written().split("\n")
    region = cell["locations"][0]["physicalLocation"]["region"]
    assert lines[region["startLine"] - 1][region["startColumn"] - 1 : region["endColumn"] - 1] == "(1, 3, 1)"
    assert cell["message"]["text"].startswith("cell 3, line 2: ")


def test_github(folder: Path) -> None:
    done = shapewright("check", "--output-format", "github", ".", cwd=folder)
    assert done.returncode == 1
    python, cell = done.stdout.splitlines()
    lead = "::error title=shapewright (SW101),file=sub dir/bad.py,line=5,col=35,endLine=5,endColumn=44::SW101 "
    assert python.startswith(lead) and "found ndim=4" in python
    assert "file=sub dir/lstm.ipynb,line=" in cell and "::cell 3, line 2: SW101 " in cell


def test_what_would_end_a_github_command_is_escaped(folder: Path) -> None:
    (folder / "a,b:c%.py").write_text(MISTAKE, encoding="utf-8")
    done = shapewright("check", "--output-format", "github", "a,b:c%.py", cwd=folder)
    assert "file=a%2Cb%3Ac%25.py,line=5" in done.stdout and done.stdout.count("\n") == 1


def test_gitlab(folder: Path) -> None:
    done = shapewright("check", "--output-format", "gitlab", ".", cwd=folder)
    assert done.returncode == 1
    python, cell = json.loads(done.stdout)
    assert (python["check_name"], python["severity"]) == ("SW101", "major")
    assert python["location"] == {
        "path": "sub dir/bad.py",
        "positions": {"begin": {"line": 5, "column": 35}, "end": {"line": 5, "column": 44}},
    }
    assert python["description"].startswith("SW101: ") and cell["description"].startswith("cell 3, line 2: SW101: ")
    assert python["fingerprint"] != cell["fingerprint"]
    bad = folder / "sub dir" / "bad.py"
    bad.write_text("# more above\n" + bad.read_text(encoding="utf-8"), encoding="utf-8")
    moved, _ = json.loads(shapewright("check", "--output-format", "gitlab", ".", cwd=folder).stdout)
    assert moved["location"] != python["location"] and moved["fingerprint"] == python["fingerprint"]


def test_gitlab_paths_begin_at_the_project(folder: Path) -> None:
    done = shapewright("check", "--output-format", "gitlab", ".", cwd=folder / "sub dir", CI_PROJECT_DIR=str(folder))
    assert [entry["location"]["path"] for entry in json.loads(done.stdout)] == ["sub dir/bad.py", "sub dir/lstm.ipynb"]


@pytest.mark.parametrize(("name", "empty"), [("json", []), ("gitlab", []), ("github", None)])
def test_nothing_found(folder: Path, name: str, empty: object) -> None:
    done = shapewright("check", "--output-format", name, "good.py", cwd=folder)
    assert done.returncode == 0
    assert done.stdout.strip() == "" if empty is None else json.loads(done.stdout) == empty


def test_statistics_do_not_mix_with_what_programs_read(folder: Path) -> None:
    done = shapewright("check", "--output-format", "json", "--statistics", ".", cwd=folder)
    assert len(json.loads(done.stdout)) == 2
    assert done.stderr == "    2  SW101  batch-axis-in-input-shape\n"
