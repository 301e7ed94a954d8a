"""Which files a folder has, and reading them."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from shapewright.workspace.files import Unreadable, python_files, read_source
from shapewright.workspace.modules import Modules
from shapewright.workspace.programs import read_program
from shapewright.workspace.settings import read_project


def tree(folder: Path, **files: str) -> None:
    """Files by their path, with `__` for a slash and `_py` for the suffix."""
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_py", ".py").replace("_gitignore", ".gitignore")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def found(folder: Path, *exclude: str) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in python_files([folder], exclude)]


def test_a_folder_is_searched_whole_in_order(tmp_path: Path) -> None:
    tree(tmp_path, b_py="", a__c_py="", a__b__d_py="", note="", venv__x_py="", node_modules__y_py="")
    assert found(tmp_path) == ["a/b/d.py", "a/c.py", "b.py"]


def test_what_is_named_is_taken_even_if_it_is_ignored(tmp_path: Path) -> None:
    tree(tmp_path, _gitignore="*.py\n", a_py="")
    assert found(tmp_path) == []
    assert list(python_files([tmp_path / "a.py"])) == [tmp_path / "a.py"]


def test_excluded_patterns(tmp_path: Path) -> None:
    tree(tmp_path, a_py="", made__b_py="", deep__made__c_py="", deep__d_py="")
    assert found(tmp_path, "made/") == ["a.py", "deep/d.py"]
    assert found(tmp_path, "/made/", "d.py") == ["a.py", "deep/made/c.py"]


@pytest.mark.parametrize(
    "patterns",
    [
        "out/\n",
        "/a.py\n",
        "*.py\n!keep.py\n",
        "sub/**\n",
        "sub/*\n!sub/keep.py\n",
        "# a.py\n\\#x.py\n",
        "[ab].py\n",
        "keep.py \n",
    ],
)
def test_gitignore_is_gits(tmp_path: Path, patterns: str) -> None:
    """Of a repository the files that git itself would add."""
    if shutil.which("git") is None:
        pytest.skip("there is no git to compare with")
    tree(tmp_path, a_py="", keep_py="", out__a_py="", sub__a_py="", sub__keep_py="", sub__out__b_py="")
    tree(tmp_path, _gitignore=patterns, sub___gitignore="b.py\n")
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    listed = subprocess.run(
        ["git", "-c", "core.excludesFile=", "ls-files", "--others", "--exclude-standard", "*.py"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert sorted(found(tmp_path)) == sorted(listed.stdout.split())
    inside = [name.removeprefix("sub/") for name in listed.stdout.split() if name.startswith("sub/")]
    assert sorted(found(tmp_path / "sub")) == sorted(inside), "the patterns of the folders above count as well"


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        (b"a = 1\r\n", "a = 1\r\n"),
        ("# -*- coding: latin-1 -*-\na = 'é'\n".encode("latin-1"), "# -*- coding: latin-1 -*-\na = 'é'\n"),
        ("a = '🦜'".encode(), "a = '🦜'"),
    ],
)
def test_a_file_is_read_as_it_declares(tmp_path: Path, raw: bytes, text: str) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(raw)
    assert read_source(file) == text


@pytest.mark.parametrize("raw", [b"a = '\xff'", b"# coding: klingon\n", b"a\0b"])
def test_what_cannot_be_read_is_told_with_its_name(tmp_path: Path, raw: bytes) -> None:
    file = tmp_path / "a.py"
    file.write_bytes(raw)
    with pytest.raises(Unreadable, match=r"a\.py: "):
        read_source(file)


def test_what_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none.py", tmp_path):
        with pytest.raises(Unreadable):
            read_source(path)


def test_a_folder_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    tree(tmp_path, a_py="", locked__b_py="", z_py="")
    list_folder = Path.iterdir

    def refuse(folder: Path) -> Iterator[Path]:
        if folder.name == "locked":
            raise PermissionError(13, "Permission denied")
        return list_folder(folder)

    monkeypatch.setattr(Path, "iterdir", refuse)
    told: list[Path] = []
    files = list(python_files([tmp_path], refused=lambda folder, error: told.append(folder)))
    assert ([file.name for file in files], told) == (["a.py", "z.py"], [tmp_path / "locked"])


def test_notebooks_are_found(tmp_path: Path) -> None:
    (tmp_path / ".ipynb_checkpoints").mkdir()
    for name in ("a.ipynb", "b.py", "c.txt", ".ipynb_checkpoints/a-checkpoint.ipynb"):
        (tmp_path / name).touch()
    assert found(tmp_path) == ["a.ipynb", "b.py"]


@pytest.fixture
def locked(tmp_path: Path) -> Iterator[Path]:
    """A folder in which nobody may look, not even root's tests: they are somebody else meanwhile."""
    if sys.platform == "win32":
        pytest.skip("rights are others there")
    tree(tmp_path, b_py="", locked__a_py="")
    (tmp_path / "locked" / "n.ipynb").touch()
    before = os.geteuid()
    for folder in (tmp_path, *tmp_path.parents[:3]):
        if before == 0 and folder.stat().st_uid == 0 and folder.is_relative_to(tempfile.gettempdir()):
            folder.chmod(0o755)
    Modules().find(str(tmp_path / "b.py"), 0, "b")  # imports what it needs while that can be read
    (tmp_path / "locked").chmod(0)
    if before == 0:
        os.seteuid(65534)
    try:
        yield tmp_path
    finally:
        os.seteuid(before)
        (tmp_path / "locked").chmod(0o755)


def test_what_may_not_be_looked_at_is_told_and_no_crash(locked: Path) -> None:
    told: list[str] = []
    files = list(python_files([locked], refused=lambda folder, error: told.append(folder.name)))
    assert ([file.name for file in files], told) == (["b.py"], ["locked"])
    assert read_project(locked / "locked").folder is None
    for name in ("a.py", "n.ipynb"):
        with pytest.raises(Unreadable, match="permission denied"):
            read_program(locked / "locked" / name)
    assert Modules().find(str(locked / "b.py"), 0, "locked.a") is None
