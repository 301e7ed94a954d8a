"""A folder is opened that brings an environment of its own: what is installed there is code that nobody has read.

Its Keras may validate, but nothing of it is loaded before the worker is locked in.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from shapewright.validation.interpreters import find_interpreter
from shapewright.validation.supervisor import Failed, Patience, Supervisor

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the locks of Linux")
BASE = Path(sys.executable).resolve()
VERSION = "python{}.{}".format(*sys.version_info[:2])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A project whose environment writes a file whenever its code is loaded."""
    environment = tmp_path / "project" / ".venv"
    packages = environment / "lib" / VERSION / "site-packages"
    (packages / "keras").mkdir(parents=True)
    (environment / "bin").mkdir()
    (environment / "bin" / "python").symlink_to(BASE)
    (environment / "pyvenv.cfg").write_text(f"home = {BASE.parent}\n", encoding="utf-8")
    for name in ("by_pth", "by_sitecustomize", "by_keras"):
        mark = f"\ntry:\n    open({str(tmp_path / name)!r}, 'w').close()\nexcept OSError:\n    pass\n"
        (packages / f"{name}.py").write_text(mark, encoding="utf-8")
    (packages / "loaded.pth").write_text("import by_pth\n", encoding="utf-8")
    (packages / "sitecustomize.py").write_text("import by_sitecustomize\n", encoding="utf-8")
    (packages / "keras" / "__init__.py").write_text(
        "import by_keras\nprint('this Keras was loaded')\n", encoding="utf-8"
    )
    return tmp_path / "project"


def written(folder: Path) -> set[str]:
    return {path.name for path in folder.parent.glob("by_*")}


def test_without_the_worker_the_environment_would_do_it(folder: Path) -> None:
    subprocess.run([folder / ".venv" / "bin" / "python", "-c", "import keras"], check=True)
    assert written(folder) == {"by_pth", "by_sitecustomize", "by_keras"}


def test_in_the_worker_it_cannot(folder: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    interpreter = find_interpreter(folder)
    assert interpreter.executable == folder / ".venv" / "bin" / "python"
    supervisor = Supervisor(interpreter.command, Patience(pauses=()))
    error = supervisor.ask({"do": "ping"}, 30).future.exception(120)
    supervisor.stop()
    assert isinstance(error, Failed)  # it is no Keras
    assert written(folder) == set()


def test_where_there_are_no_locks_it_is_not_loaded_at_all(folder: Path) -> None:
    """Unless the user names it."""
    (folder.parent / "unlocked.py").write_text(UNLOCKED, encoding="utf-8")
    command = find_interpreter(folder).command
    at = command.index("-B") + 1
    supervisor = Supervisor([*command[:at], str(folder.parent / "unlocked.py"), *command[at:]], Patience(pauses=()))
    error = supervisor.ask({"do": "ping"}, 30).future.exception(120)
    supervisor.stop()
    assert isinstance(error, Failed) and "this system has no locks" in error.message and supervisor.quiet
    assert written(folder) == set()
    assert "--locked" not in find_interpreter(folder, ".venv").command


UNLOCKED = """
import os, runpy, sys
del sys.argv[0]  # the worker's own file is the first now
sys.path[0] = os.path.dirname(sys.argv[0])
import main
locks = main.load("locks")
locks.system = lambda: None
environment = main.load("environment")
environment.prepare = lambda: None
main.load("start").start()
"""
