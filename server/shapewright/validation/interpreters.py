"""Which Python has the user's Keras. Files are looked at; nothing is started to find out.

In this order: the setting `validation.python` (or `--python`), the project's environment, the Python that runs us.
"""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shapewright.workspace.packages import Packages, environment_of, own_site_folders

WORKER = Path(__file__).parent / "worker" / "main.py"
_PACKAGES = (
    "keras",
    "tensorflow",
    "tensorflow_cpu",
    "tensorflow_intel",
    "tensorflow_macos",
    "tensorflow_gpu",
    "tf_nightly",
)


class NoInterpreter(Exception):
    """There is no Python with Keras; the message says where was looked, as a sentence."""


@dataclass(frozen=True)
class Interpreter:
    """A Python whose Keras validates: its executable, why it was chosen, and the versions that are installed there, as far
    as files tell. `came_along`: its packages are a part of the opened folder, and are only loaded under locks."""

    executable: Path
    origin: str
    versions: tuple[tuple[str, str], ...] = ()
    came_along: bool = False

    @property
    def command(self) -> list[str]:
        """What starts a worker with it."""
        # -S: the environment's own code (.pth files, sitecustomize, Keras) is for the worker to load, once it is locked.
        # -B: nothing is written.
        return [str(self.executable), "-S", "-B", str(WORKER), *(["--locked"] if self.came_along else [])]

    def __str__(self) -> str:
        found = ", ".join(f"{name} {version}" for name, version in self.versions) or "versions not known"
        return f"{found} ({self.executable}, {self.origin})"


def find_interpreter(root: Path | None, setting: str = "") -> Interpreter:
    """The Python whose Keras shall validate the programs of a project. Raises `NoInterpreter`."""
    if setting:
        executable = _executable(Path(os.path.expanduser(setting)), root)
        return Interpreter(executable, "the setting validation.python", _versions(_environment_around(executable)))
    environment = environment_of(root) if root is not None else None
    if environment is not None and root is not None:
        python = _python_in(environment)
        if python is not None and not _is_safe(environment, python, root):
            raise NoInterpreter(
                f"The Python in {environment} is a part of the opened folder, and opening a folder starts nothing of it. "
                "To use it, name it in the setting validation.python."
            )
        if python is not None and Packages(root).find("keras") is not None:
            inside = _is_inside(environment, root)
            return Interpreter(python, "the project's environment", _versions(environment), inside)
        if environment.parent == root:  # one that is only active need not be the project's
            raise NoInterpreter(f"There is no Keras in the project's environment, {environment}.")
    own = Path(sys.executable)
    versions = _versions_in(own_site_folders())
    if sys.executable and any(name == "keras" for name, _ in versions):
        return Interpreter(own, "the Python that runs shapewright", versions)
    raise NoInterpreter(
        f"The project has no environment (.venv or venv) and there is no Keras where shapewright runs, {own}."
    )


def _top(root: Path) -> Path:
    """The folder that came as a whole: the repository, where it is one."""
    return next((folder for folder in (root, *root.parents) if (folder / ".git").exists()), root).resolve()


def _is_inside(environment: Path, root: Path) -> bool:
    return _top(root) in environment.resolve().parents


def _is_safe(environment: Path, python: Path, root: Path) -> bool:
    """Whether starting an environment's Python starts no program that came with the opened folder.

    An environment in the folder is fine when its Python is a link to one elsewhere, and takes its standard library from
    elsewhere: what is installed in it is only loaded once the worker is locked.
    """
    if not _is_inside(environment, root):
        return True
    top = _top(root)
    if top in python.resolve().parents:
        return False
    try:
        notes = (environment / "pyvenv.cfg").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    homes = re.findall(r"(?im)^\s*home\s*=\s*(.*?)\s*$", notes)
    return bool(homes) and all(
        os.path.isabs(home) and top not in Path(home, "python").resolve().parents for home in homes
    )


def _executable(given: Path, root: Path | None) -> Path:
    """What a setting names: an executable, an environment's folder, or a command on PATH."""
    if len(given.parts) == 1:
        command = shutil.which(str(given))  # first: a file of that name in the opened folder is not what is meant
        if command is not None:
            return Path(command)
    path = given if root is None else root / given
    if path.is_dir():
        python = _python_in(path)
        if python is None:
            raise NoInterpreter(f"validation.python is {given}, a folder without a Python.")
        return python
    if not os.path.isfile(path) or not os.access(path, os.X_OK):
        raise NoInterpreter(f"validation.python is {given}, which is no program that can be started.")
    # Not resolved: the Python of an environment is a link, and knows its packages by the place of that.
    return Path(os.path.abspath(path))


def _python_in(environment: Path) -> Path | None:
    for name in ("bin/python", "bin/python3", "Scripts/python.exe", "python.exe"):
        python = environment / name
        if os.path.isfile(python) and os.access(python, os.X_OK):
            return python
    return None


def _environment_around(executable: Path) -> Path:
    return executable.parent.parent if executable.parent.name in ("bin", "Scripts") else executable.parent


def _versions(environment: Path) -> tuple[tuple[str, str], ...]:
    folders = [*environment.glob("lib/python3*/site-packages"), *environment.glob("lib/python3*/dist-packages")]
    return _versions_in([*folders, environment / "Lib" / "site-packages"])


def _versions_in(folders: Iterable[Path]) -> tuple[tuple[str, str], ...]:
    """The versions of Keras and TensorFlow in some folders, from the names of what pip leaves there."""
    found: dict[str, str] = {}
    for folder in folders:
        try:
            names = os.listdir(folder)
        except OSError:
            continue
        for name in names:
            match = re.fullmatch(r"(?P<name>[a-z_]+)-(?P<version>[^-]+)\.dist-info", name.lower())
            if match is not None and match["name"] in _PACKAGES:
                found[match["name"].replace("_", "-")] = match["version"]
    return tuple(sorted(found.items()))
