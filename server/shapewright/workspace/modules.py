"""The program's other modules: which file an import means, and its source.

A name is looked for beside the importing file, in the project's root (as jedi finds it) and in its `src` folder. Installed
packages are not followed.
"""

from __future__ import annotations

import logging
import os
from collections.abc import Callable
from pathlib import Path

from shapewright.interpreter.run import Imported
from shapewright.syntax.source import Source
from shapewright.workspace.files import Unreadable, read_source

log = logging.getLogger("shapewright")
MAX_FILE = 500_000
"""Files of more bytes than this are not followed."""

OpenText = Callable[[Path], "tuple[str, int] | None"]
"""The text of a file that is open in the editor, and which version of it."""


class Modules:
    """Finds modules and keeps their sources."""

    def __init__(self, open_text: OpenText = lambda path: None) -> None:
        self._open_text = open_text
        self._roots: dict[Path, tuple[Path, ...]] = {}
        self._sources: dict[Path, tuple[str, Source]] = {}

    def find(self, importer: str, level: int, name: str) -> Imported | None:
        """The module that an import in a file means; `None` where the program has no such module."""
        if not importer:
            return None
        folder = Path(importer).parent
        if level:
            for _ in range(level - 1):
                folder = folder.parent
            places: tuple[Path, ...] = (folder,)
        else:
            places = self._search_path(folder)
        for place in places:
            file = _module_file(place, name)
            if file is not None:
                return self._load(file)
        return None

    def _search_path(self, folder: Path) -> tuple[Path, ...]:
        if folder not in self._roots:
            root = _project_root(folder)
            self._roots[folder] = tuple(dict.fromkeys((folder, root, root / "src")))
        return self._roots[folder]

    def _load(self, file: Path) -> Imported | None:
        opened = self._open_text(file)
        try:
            stat = file.stat()
            version = f"open {opened[1]}" if opened is not None else f"{stat.st_mtime_ns} {stat.st_size}"
            known = self._sources.get(file)
            if known is None or known[0] != version:
                if opened is None and stat.st_size > MAX_FILE:
                    return None
                text = opened[0] if opened is not None else read_source(file)
                known = (version, Source(text, known[1] if known is not None else None))
                self._sources[file] = known
        except (OSError, Unreadable) as error:
            log.info("%s is not followed: %s", file, error)
            return None
        return Imported(str(file), version, known[1])


def _module_file(place: Path, name: str) -> Path | None:
    path = place.joinpath(*name.split(".")) if name else place
    file = path.with_suffix(".py")
    if name and os.path.isfile(file):
        return file
    package = path / "__init__.py"
    return package if os.path.isfile(package) else None


def _project_root(folder: Path) -> Path:
    import jedi  # takes a moment, and most programs are one file

    try:
        return Path(jedi.get_default_project(folder).path)
    except (OSError, ValueError):
        return folder
