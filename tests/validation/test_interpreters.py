"""Which Python validates. No Python is started to find out."""

from __future__ import annotations

import site
import sys
from pathlib import Path

import pytest
from shapewright.validation.interpreters import Interpreter, NoInterpreter, find_interpreter


@pytest.fixture(autouse=True)
def _no_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("VIRTUAL_ENV", "CONDA_PREFIX"):
        monkeypatch.delenv(name, raising=False)


def environment(folder: Path, python: Path | None = None, home: str = "/usr/bin", keras: bool = True) -> Path:
    """An environment as `python -m venv` makes it, with a Keras in it."""
    packages = folder / "lib" / "python3.11" / "site-packages"
    packages.mkdir(parents=True)
    (folder / "bin").mkdir()
    (folder / "pyvenv.cfg").write_text(f"home = {home}\ninclude-system-site-packages = false\n", encoding="utf-8")
    executable = folder / "bin" / "python"
    if python is None:
        executable.write_text("#!/bin/sh\n", encoding="utf-8")
        executable.chmod(0o755)
    else:
        executable.symlink_to(python)
    if keras:
        (packages / "keras").mkdir()
        (packages / "keras" / "__init__.py").touch()
        (packages / "keras-3.15.1.dist-info").mkdir()
        (packages / "tensorflow_cpu-2.21.0.dist-info").mkdir()
    return folder


def runs_us(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Takes the packages of an environment for those of the Python that runs us."""
    packages = [str(folder / "lib" / "python3.11" / "site-packages")]
    monkeypatch.setattr(site, "getsitepackages", lambda: packages)
    monkeypatch.setattr(site, "ENABLE_USER_SITE", False)


OUTSIDE = Path(sys.executable).resolve()


def test_the_environment_of_the_project(tmp_path: Path) -> None:
    found = find_interpreter(tmp_path / "project", str(environment(tmp_path / "project" / ".venv", OUTSIDE)))
    assert found == find_interpreter(tmp_path / "project", ".venv")
    found = find_interpreter(tmp_path / "project")
    assert found.executable == tmp_path / "project" / ".venv" / "bin" / "python"  # not what that links to
    assert found.versions == (("keras", "3.15.1"), ("tensorflow-cpu", "2.21.0"))
    assert str(found).startswith("keras 3.15.1, tensorflow-cpu 2.21.0 (") and "the project's environment" in str(found)


def test_the_active_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("VIRTUAL_ENV", str(environment(tmp_path / "active")))
    (tmp_path / "project").mkdir()
    assert find_interpreter(tmp_path / "project").executable == tmp_path / "active" / "bin" / "python"


def test_an_environment_without_keras(tmp_path: Path) -> None:
    environment(tmp_path / ".venv", OUTSIDE, keras=False)
    with pytest.raises(NoInterpreter, match="no Keras in the project's environment"):
        find_interpreter(tmp_path)


def test_an_active_environment_without_keras_is_not_the_projects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONDA_PREFIX", str(environment(tmp_path / "base", keras=False)))
    runs_us(monkeypatch, environment(tmp_path / "own", OUTSIDE))
    (tmp_path / "project").mkdir()
    assert find_interpreter(tmp_path / "project").executable == Path(sys.executable)


def test_the_python_that_runs_us(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs_us(monkeypatch, environment(tmp_path / "own", OUTSIDE))
    (tmp_path / "project").mkdir()
    for root in (tmp_path / "project", None):
        assert find_interpreter(root).executable == Path(sys.executable)
    runs_us(monkeypatch, tmp_path)
    with pytest.raises(NoInterpreter, match="no Keras where shapewright runs"):
        find_interpreter(None)


@pytest.mark.parametrize("place", [".", "src/part"])
def test_a_python_that_comes_with_the_folder_is_not_started(tmp_path: Path, place: str) -> None:
    """Neither the program itself, nor a link to a program of the folder, nor one whose standard library is there."""
    (tmp_path / ".git").mkdir()
    root = tmp_path / place
    own = tmp_path / "tools"
    environment(own)
    unsafe = [(None, "/usr/bin"), (own / "bin" / "python", "/usr/bin"), (OUTSIDE, str(own)), (OUTSIDE, "own")]
    for number, (python, home) in enumerate(unsafe):
        folder = root / f"project{number}"
        environment(folder / ".venv", python, home)
        with pytest.raises(NoInterpreter, match="opening a folder starts nothing"):
            find_interpreter(folder)
        assert find_interpreter(folder, ".venv").executable.parent.parent.name == ".venv"  # who names it means it


def test_an_environment_elsewhere_may_have_its_own_python(tmp_path: Path) -> None:
    environment(tmp_path / "environments" / "keras")
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / ".venv").symlink_to(tmp_path / "environments" / "keras")
    assert find_interpreter(tmp_path / "project").executable.name == "python"


@pytest.mark.parametrize(
    ("setting", "says"),
    [
        ("/no/such/python", "no program that can be started"),
        ("no-such-command", "no program"),
        ("{folder}", "a folder without a Python"),
    ],
)
def test_a_setting_that_names_nothing(tmp_path: Path, setting: str, says: str) -> None:
    with pytest.raises(NoInterpreter, match=says):
        find_interpreter(tmp_path, setting.format(folder=tmp_path))


def test_a_command_on_the_path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(environment(tmp_path / "elsewhere") / "bin"))
    assert find_interpreter(tmp_path, "python").executable == tmp_path / "elsewhere" / "bin" / "python"


def test_packages_that_the_user_has_for_all_projects(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs_us(monkeypatch, tmp_path / "nothing")
    theirs = environment(tmp_path / "user", OUTSIDE) / "lib" / "python3.11" / "site-packages"
    monkeypatch.setattr(site, "ENABLE_USER_SITE", True)
    monkeypatch.setattr(site, "getusersitepackages", lambda: str(theirs))
    assert find_interpreter(None).versions == (("keras", "3.15.1"), ("tensorflow-cpu", "2.21.0"))


def test_the_command_leaves_the_environments_own_code_to_the_worker() -> None:
    command = Interpreter(Path("/python"), "").command
    assert command[0] == "/python" and "-S" in command and Path(command[-1]).name == "main.py"
