"""`shapewright check`."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from .command import FIRST, MISTAKE, shapewright


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project: one program with the mistake, one without."""
    (tmp_path / "bad.py").write_text(MISTAKE, encoding="utf-8")
    (tmp_path / "good.py").write_text(FIRST, encoding="utf-8")
    return tmp_path


def codes(done: subprocess.CompletedProcess[str]) -> list[tuple[str, str]]:
    return [(Path(entry["filename"]).as_posix(), entry["code"]) for entry in json.loads(done.stdout)]


def test_nothing_found(folder: Path) -> None:
    done = shapewright("check", "good.py", cwd=folder)
    assert (done.returncode, done.stdout, done.stderr) == (0, "No shape mistakes found.\n", "")
    done = shapewright("check", "--output-format", "json", "good.py", cwd=folder)
    assert (done.returncode, json.loads(done.stdout)) == (0, [])


def test_text(folder: Path) -> None:
    done = shapewright("check", "bad.py", cwd=folder)
    assert done.returncode == 1 and done.stderr == ""
    lines = done.stdout.splitlines()
    assert lines[0].startswith("bad.py:5:30: error SW101 `shape` is the shape of one sample")
    assert lines[1] == "    x = keras.layers.Input(shape=(1, 3, 1))"
    assert lines[2] == "    " + " " * 29 + "^" * len("(1, 3, 1)")
    assert lines[3].startswith("  Keras says: Input 0 ") and "expected ndim=3, found ndim=4" in lines[3]
    assert lines[4] == "  line 6: LSTM needs 3 axes (batch, time, features)"
    assert lines[5:7] == [
        "  fix: Leave the batch axis out: shape=(3, 1)",
        "  fix: Say that it is a whole batch: batch_shape=(1, 3, 1)",
    ]
    assert lines[-1] == "1 finding; 1 can be fixed with --fix."


def test_json(folder: Path) -> None:
    done = shapewright("check", "--output-format", "json", "bad.py", cwd=folder)
    assert done.returncode == 1
    (found,) = json.loads(done.stdout)
    assert set(found) == {
        *("code", "name", "severity", "message", "keras_message", "filename", "line", "column", "end_line"),
        *("end_column", "related", "confidence", "fixes"),
    }
    assert (found["code"], found["name"]) == ("SW101", "batch-axis-in-input-shape")
    assert (found["severity"], found["confidence"], found["filename"]) == ("error", "inferred", "bad.py")
    assert "expected ndim=3, found ndim=4" in found["keras_message"]
    assert [found[key] for key in ("line", "column", "end_line", "end_column")] == [5, 30, 5, 39]
    (related,) = found["related"]
    assert [related[key] for key in ("filename", "line", "column", "end_line", "end_column")] == ["bad.py", 6, 5, 6, 29]
    best, second = found["fixes"]
    assert best == {
        "title": "Leave the batch axis out: shape=(3, 1)",
        "preferred": True,
        "verified": True,
        "edits": [{"line": 5, "column": 30, "end_line": 5, "end_column": 39, "new_text": "(3, 1)"}],
    }
    assert second["verified"] and not second["preferred"]


def test_columns_are_code_points(folder: Path) -> None:
    (folder / "bad.py").write_text(MISTAKE.replace("\nx =", '\n"🙂é"; x ='), encoding="utf-8")
    (found,) = json.loads(shapewright("check", "--output-format", "json", "bad.py", cwd=folder).stdout)
    assert (found["column"], found["end_column"]) == (36, 45)


def test_fix(folder: Path) -> None:
    done = shapewright("check", "--fix", ".", cwd=folder)
    assert (done.returncode, done.stdout) == (0, "No shape mistakes found.\n")
    assert (folder / "bad.py").read_text(encoding="utf-8") == FIRST
    assert sorted(path.name for path in folder.iterdir()) == ["bad.py", "good.py"]


@pytest.mark.parametrize(
    ("before", "encoding"),
    [("\ufeff", "utf-8"), ("# coding: latin-1\n# é\n", "latin-1"), ("# é 🙂 \x0c \u2028\n", "utf-8"), ("", "utf-8")],
)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_fix_changes_nothing_else(folder: Path, before: str, encoding: str, end: str) -> None:
    """Byte order mark, encoding, line ends and mode stay, and so does a last line without an end."""
    file = folder / "bad.py"
    file.write_bytes((before + MISTAKE.rstrip("\n")).replace("\n", end).encode(encoding))
    file.chmod(0o640)
    assert shapewright("check", "--fix", "bad.py", cwd=folder).returncode == 0
    assert file.read_bytes() == (before + FIRST.rstrip("\n")).replace("\n", end).encode(encoding)
    assert sys.platform == "win32" or file.stat().st_mode & 0o777 == 0o640


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_fix_writes_through_a_link(folder: Path) -> None:
    (folder / "link.py").symlink_to("bad.py")
    assert shapewright("check", "--fix", "link.py", cwd=folder).returncode == 0
    assert (folder / "link.py").is_symlink()
    assert (folder / "bad.py").read_text(encoding="utf-8") == FIRST


def test_diff_changes_nothing(folder: Path) -> None:
    done = shapewright("check", "--diff", ".", cwd=folder)
    assert done.returncode == 1
    changed = [line for line in done.stdout.splitlines() if line[:1] in "+-" and line[:3] not in ("+++", "---")]
    assert changed == ["-x = keras.layers.Input(shape=(1, 3, 1))", "+x = keras.layers.Input(shape=(3, 1))"]
    assert (folder / "bad.py").read_text(encoding="utf-8") == MISTAKE


def test_diff_can_be_applied(folder: Path) -> None:
    """Also where lines hold what `str.splitlines` takes for their end, and the last line has none."""
    above, marker, rest = MISTAKE.partition("\ndata")
    seen = (
        "\n# \x0c \u2028"
        + marker
        + rest.split("\nmodel")[0].replace("y = keras.layers.LSTM(10)", "keras.layers.LSTM(2)")
    )
    text = f"{above}{seen}"
    (folder / "bad.py").write_text(text, encoding="utf-8")
    diff = shapewright("check", "--diff", "bad.py", cwd=folder).stdout
    assert "\\ No newline at end of file" in diff
    lines = [line for line in diff.split("\n") if not line.startswith(("---", "+++"))]
    assert "\n".join(line[1:] for line in lines if line[:1] in (" ", "-")) == seen
    assert "\n".join(line[1:] for line in lines if line[:1] in (" ", "+")) == seen.replace("shape=(1, ", "shape=(")


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--select", "SW101"], 1),
        (["--select", "SW1,SW5"], 1),
        (["--select", "sw101"], 1),
        (["--select", "SW2"], 0),
        (["--ignore", "SW101"], 0),
        (["--ignore", "SW1"], 0),
        (["--ignore", "SW2,SW3"], 1),
        (["--select", "SW1", "--ignore", "SW101"], 0),
    ],
)
def test_select_and_ignore(folder: Path, options: list[str], found: int) -> None:
    assert shapewright("check", *options, "bad.py", cwd=folder).returncode == found


def test_a_rule_that_there_is_not(folder: Path) -> None:
    done = shapewright("check", "--select", "SW999", "bad.py", cwd=folder)
    assert done.returncode == 2 and "there is no rule SW999" in done.stderr


def test_exit_zero_and_statistics(folder: Path) -> None:
    done = shapewright("check", "--exit-zero", "--statistics", ".", cwd=folder)
    assert done.returncode == 0
    assert "    1  SW101  batch-axis-in-input-shape\n" in done.stdout


def test_comments_silence(folder: Path) -> None:
    bad = folder / "bad.py"
    bad.write_text(MISTAKE.replace("shape=(1, 3, 1))", "shape=(1, 3, 1))  # shapewright: ignore[SW101]"))
    assert shapewright("check", "bad.py", cwd=folder).returncode == 0
    bad.write_text("# shapewright: ignore-file\n" + MISTAKE)
    assert shapewright("check", "bad.py", cwd=folder).returncode == 0
    bad.write_text(MISTAKE.replace("shape=(1, 3, 1))", "shape=(1, 3, 1))  # shapewright: ignore[SW201]"))
    assert shapewright("check", "bad.py", cwd=folder).returncode == 1


# -- standard input


def test_standard_input(folder: Path) -> None:
    done = shapewright("check", "--output-format", "json", "-", cwd=folder, stdin=MISTAKE)
    assert (done.returncode, codes(done)) == (1, [("-", "SW101")])
    done = shapewright("check", "--output-format", "json", "--stdin-filename", "a/b.py", "-", cwd=folder, stdin=MISTAKE)
    assert codes(done) == [("a/b.py", "SW101")]


def test_standard_input_has_the_settings_of_its_file(folder: Path) -> None:
    (folder / "sub").mkdir()
    (folder / "sub" / "pyproject.toml").write_text('[tool.shapewright]\nignore = ["SW101"]\n')
    arguments = ("check", "--stdin-filename")
    assert shapewright(*arguments, "sub/a.py", "-", cwd=folder, stdin=MISTAKE).returncode == 0
    assert shapewright(*arguments, "a.py", "-", cwd=folder, stdin=MISTAKE).returncode == 1


@pytest.mark.parametrize(("text", "fixed"), [(MISTAKE, FIRST), (FIRST, FIRST)])
def test_standard_input_is_fixed_to_standard_output(folder: Path, text: str, fixed: str) -> None:
    """And the file of that name is left alone."""
    done = shapewright("check", "--fix", "--stdin-filename", "bad.py", "-", cwd=folder, stdin=text)
    assert (done.returncode, done.stdout) == (0, fixed)
    assert done.stderr == "No shape mistakes found.\n"
    assert (folder / "bad.py").read_text(encoding="utf-8") == MISTAKE


def test_standard_input_that_is_no_text(folder: Path) -> None:
    done = shapewright("check", "--fix", "-", cwd=folder, stdin=b"x = '\xff\xfe'\n")
    assert done.returncode == 2 and done.stdout == "" and "not UTF-8" in done.stderr


def test_standard_input_together_with_files(folder: Path) -> None:
    done = shapewright("check", "-", "bad.py", cwd=folder)
    assert done.returncode == 2 and "standard input" in done.stderr


# -- folders and files


def test_folders(folder: Path) -> None:
    for name in (
        "sub/deep/a.py",
        "sub/b.py",
        "built/c.py",
        ".venv/d.py",
        "node_modules/e.py",
        "kept/f.py",
        "sub/g.txt",
    ):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(MISTAKE, encoding="utf-8")
    (folder / ".git").mkdir()
    (folder / ".gitignore").write_text("built/\n*_old.py\n")
    (folder / "bad_old.py").write_text(MISTAKE)
    (folder / "pyproject.toml").write_text('[tool.shapewright]\nexclude = ["kept/", "/bad.py"]\n')
    done = shapewright("check", "--output-format", "json", ".", cwd=folder)
    assert codes(done) == [("sub/b.py", "SW101"), ("sub/deep/a.py", "SW101")]
    done = shapewright("check", "--output-format", "json", cwd=folder / "sub")
    assert codes(done) == [("b.py", "SW101"), ("deep/a.py", "SW101")]
    named = shapewright("check", "--output-format", "json", "bad_old.py", "built", "bad_old.py", cwd=folder)
    assert codes(named)[:1] == [("bad_old.py", "SW101")]
    assert len([name for name, _ in codes(named) if name == "bad_old.py"]) == 1


@pytest.mark.parametrize("jobs", [1, 2])
def test_many_files_come_in_order(folder: Path, jobs: int) -> None:
    for number in range(24):
        (folder / f"m{number:02}.py").write_text(MISTAKE if number % 3 else FIRST)
    done = shapewright("check", "--output-format", "json", "--jobs", jobs, ".", cwd=folder)
    assert [name for name, _ in codes(done)] == ["bad.py", *(f"m{n:02}.py" for n in range(24) if n % 3)]


@pytest.mark.skipif(sys.platform == "win32", reason="a terminal of Unix")
def test_progress_on_a_terminal(folder: Path) -> None:
    """Only where there is much to do, only there, and it is wiped away at the end."""
    import pty

    def printed(*arguments: str) -> tuple[str, str]:
        terminal, end = pty.openpty()
        command = [sys.executable, "-m", "shapewright", "check", *arguments]
        done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=end, timeout=60)
        os.close(end)
        seen = b""
        with contextlib.suppress(OSError):  # Linux says so when the other end is closed
            while piece := os.read(terminal, 4096):
                seen += piece
        os.close(terminal)
        return done.stdout.decode(), seen.decode()

    for number in range(24):
        (folder / f"m{number:02}.py").write_text(FIRST)
    out, seen = printed("--jobs", "1", ".")
    assert "[" not in out.split("\n")[-2]
    assert "\r[" + "." * 30 + "] " not in seen and "] 26/26" in seen and seen.endswith("\r" + " " * 60 + "\r")
    assert printed("good.py") == ("No shape mistakes found.\n", "")


def test_no_such_path(folder: Path) -> None:
    done = shapewright("check", "good.py", "nowhere", "gone.py", cwd=folder)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr == "shapewright: there is no such file or folder: nowhere, gone.py\n"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"x = '\xff'\n", "bad2.py"),
        (b"# coding: klingon\n", "klingon"),
        (b"a = 1\0\n", "not a text file"),
        (b"# coding: ascii\nx = '\xc3\xa9'\n", "ascii"),
    ],
)
def test_a_file_that_cannot_be_read(folder: Path, content: bytes, words: str) -> None:
    """It is told, the others are checked all the same, and the exit code says that not all was done."""
    (folder / "bad2.py").write_bytes(content)
    done = shapewright("check", "--output-format", "json", ".", cwd=folder)
    assert done.returncode == 2
    assert codes(done) == [("bad.py", "SW101")]
    assert done.stderr.startswith("shapewright: bad2.py: ") and words in done.stderr
    assert done.stderr.count("\n") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="links need rights there")
def test_a_link_to_nowhere(folder: Path) -> None:
    (folder / "link.py").symlink_to("nowhere.py")
    done = shapewright("check", ".", cwd=folder)
    assert done.returncode == 2 and "link.py: there is no such file" in done.stderr


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="this user may read everything")
def test_a_folder_that_may_not_be_read(folder: Path) -> None:
    (folder / "locked").mkdir(mode=0)
    done = shapewright("check", ".", cwd=folder)
    assert done.returncode == 2 and "SW101" in done.stdout
    assert done.stderr == "shapewright: locked: the folder may not be read (permission denied)\n"


def test_a_file_that_does_not_parse_is_checked_as_far_as_it_goes(folder: Path) -> None:
    (folder / "bad.py").write_text(MISTAKE + "def f(:\n")
    assert shapewright("check", "bad.py", cwd=folder).returncode == 1


# -- settings


@pytest.mark.parametrize(
    ("project", "words"),
    [
        ('[tool.shapewright]\nselect = "SW1"\n', ["`select`", "'SW1'", "rule codes"]),
        ("[tool.shapewright]\ncolour = 1\n", ["there is no setting `colour`"]),
        ('[tool.shapewright]\nexclude = ["!"]\n', ["`exclude`", "path patterns"]),
        ("[tool]\nshapewright = 3\n", ["must be a table"]),
        ("tool = 3\n", []),
        ("[tool.shapewright\n", ["TOML"]),
    ],
)
def test_wrong_settings(folder: Path, project: str, words: list[str]) -> None:
    """They are told, once, and the defaults are used."""
    (folder / "pyproject.toml").write_text(project)
    done = shapewright("check", ".", cwd=folder)
    assert done.returncode == 1 and "SW101" in done.stdout
    assert done.stderr.count("\n") == bool(words)
    assert all(word in done.stderr for word in words)


def test_the_command_line_wins(folder: Path) -> None:
    (folder / "pyproject.toml").write_text('[tool.shapewright]\nignore = ["SW101"]\n')
    assert shapewright("check", ".", cwd=folder).returncode == 0
    assert shapewright("check", "--ignore", "SW2", ".", cwd=folder).returncode == 1


def test_each_file_has_the_settings_of_its_own_project(folder: Path) -> None:
    for name, ignored in (("a", "SW101"), ("b", "SW2"), ("b/inner", "SW1")):
        (folder / name).mkdir()
        (folder / name / "bad.py").write_text(MISTAKE, encoding="utf-8")
        (folder / name / "pyproject.toml").write_text(f'[tool.shapewright]\nignore = ["{ignored}"]\n')
    for order in (["a", "b"], ["b", "a"], ["a/bad.py", "b/bad.py", "b/inner/bad.py"]):
        done = shapewright("check", "--output-format", "json", *order, cwd=folder)
        assert codes(done) == [("b/bad.py", "SW101")]


def test_excluded_paths_begin_where_the_project_does(folder: Path) -> None:
    (folder / "sub" / "made").mkdir(parents=True)
    for name in ("sub/bad.py", "sub/made/bad.py"):
        (folder / name).write_text(MISTAKE, encoding="utf-8")
    (folder / "pyproject.toml").write_text('[tool.shapewright]\nexclude = ["/sub/made/", "/bad.py"]\n')
    done = shapewright("check", "--output-format", "json", "sub", cwd=folder)
    assert codes(done) == [("sub/bad.py", "SW101")]


@pytest.mark.parametrize("options", [["--jobs", "-1"], ["--jobs", "x"], ["--output-format", "xml"], ["--colour"]])
def test_bad_options(folder: Path, options: list[str]) -> None:
    done = shapewright("check", *options, ".", cwd=folder)
    assert done.returncode == 2 and done.stdout == "" and done.stderr
