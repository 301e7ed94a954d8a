"""The packages that are installed where a project runs. No interpreter is started to find them.

The environment is the folder `.venv` or `venv` in the project's root, else the active one, else that of the Python that runs
this server, which an editor chooses as the project's. Packages that are installed to be edited are found as pip and
setuptools note them: by `.pth` files and by the mapping in `__editable___*_finder.py`.
"""

from __future__ import annotations

import ast
import itertools
import os
import re
import site
from pathlib import Path

_INSTALLED = frozenset(["site-packages", "dist-packages"])
_OF_ARRAYS = r"(?:numpy|keras\w*|tensorflow|tf_keras|jax|torch|pandas)\b"
_IMPORT_OF_ARRAYS = re.compile(rf"^\s*(?:import|from)\s+{_OF_ARRAYS}".encode(), re.MULTILINE)
_MOST_FILES = 300
_WITH_ARRAYS: dict[Path, bool] = {}
_MAPPING = re.compile(r"^MAPPING\b[^=]*=\s*(?P<mapping>\{.*\})\s*$", re.MULTILINE)


def module_file(place: Path, name: str) -> Path | None:
    """The file of a module below a folder."""
    path = place.joinpath(*name.split(".")) if name else place
    file = path.with_name(f"{path.name}.py")
    if name and os.path.isfile(file):  # unlike Path.is_file, false where it may not be looked at
        return file
    package = path / "__init__.py"
    return package if os.path.isfile(package) else None


def is_installed(file: Path) -> bool:
    """Whether a file lies among installed packages."""
    return bool(_INSTALLED.intersection(file.parts))


def has_arrays(file: Path) -> bool:
    """Whether the installed package that a file belongs to works with arrays: it, or what one of its files imports, is known to.
    What the others do has no shape, and following them takes seconds (`requests.post`)."""
    at = max(n for n, part in enumerate(file.parts) if part in _INSTALLED)
    top = Path(*file.parts[: at + 2])
    if top not in _WITH_ARRAYS:
        files = itertools.islice(top.rglob("*.py"), _MOST_FILES) if top.is_dir() else [top]
        _WITH_ARRAYS[top] = re.match(_OF_ARRAYS, top.name) is not None or any(map(_imports_arrays, files))
    return _WITH_ARRAYS[top]


def _imports_arrays(file: Path) -> bool:
    try:
        return _IMPORT_OF_ARRAYS.search(file.read_bytes()) is not None
    except OSError:
        return False


class Packages:
    """Where the packages of a project's environment are."""

    def __init__(self, root: Path) -> None:
        self._places: list[Path] = []
        self._mapped: dict[str, Path] = {}
        for folder in _site_folders(root):
            self._places.append(folder)
            self._read_notes(folder)

    def find(self, name: str) -> Path | None:
        """The file of a module."""
        first, _, rest = name.partition(".")
        if first in self._mapped:
            mapped = self._mapped[first]
            if rest:
                return module_file(mapped, rest)
            return mapped if mapped.is_file() else module_file(mapped, "")
        return next((file for place in self._places if (file := module_file(place, name)) is not None), None)

    def _read_notes(self, folder: Path) -> None:
        try:
            notes = sorted(folder.glob("*.pth")) + sorted(folder.glob("__editable__*finder.py"))
        except OSError:
            return
        for note in notes:
            try:
                text = note.read_text(encoding="utf-8", errors="replace")
            except OSError:
                continue
            if note.suffix == ".pth":
                lines = [line.strip() for line in text.splitlines()]
                paths = [folder / line for line in lines if line and not line.startswith(("#", "import ", "import\t"))]
                self._places += [path for path in paths if path.is_dir()]
            else:
                self._mapped.update(_mapping(text))


def _mapping(text: str) -> dict[str, Path]:
    """Where the finder that setuptools writes looks for packages."""
    match = _MAPPING.search(text)
    try:
        found = ast.literal_eval(match["mapping"]) if match is not None else {}
    except (SyntaxError, ValueError):
        return {}
    pairs = found.items() if isinstance(found, dict) else ()
    return {name: Path(path) for name, path in pairs if isinstance(name, str) and isinstance(path, str)}


def environment_of(root: Path) -> Path | None:
    """The project's environment: the folder `.venv` or `venv` in its root, else the active one."""
    environments = [root / ".venv", root / "venv"]
    environments += [Path(os.environ[name]) for name in ("VIRTUAL_ENV", "CONDA_PREFIX") if os.environ.get(name)]
    return next((environment for environment in environments if _site_folders_in(environment)), None)


def _site_folders_in(environment: Path) -> list[Path]:
    found = [*environment.glob("lib/python3*/site-packages"), environment / "Lib" / "site-packages"]
    return [folder for folder in found if folder.is_dir()]


def _site_folders(root: Path) -> list[Path]:
    environment = environment_of(root)
    if environment is not None:
        return _site_folders_in(environment)
    return own_site_folders()


def own_site_folders() -> list[Path]:
    """Where the packages of the Python are that runs this server, those of `pip install --user` among them."""
    folders = [*site.getsitepackages(), *([site.getusersitepackages()] if site.ENABLE_USER_SITE else [])]
    return [folder for folder in map(Path, folders) if folder.is_dir()]
