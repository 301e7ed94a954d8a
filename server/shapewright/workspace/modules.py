"""The program's other modules: which file an import means, and its source.

A name is looked for beside the importing file, in the project's root (as jedi finds it), in its `src` folder, and then among
the packages that are installed in the project's environment.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable
from pathlib import Path

from shapewright.interpreter.run import Imported
from shapewright.syntax.source import Source
from shapewright.workspace.files import Unreadable, python_files, read_source
from shapewright.workspace.packages import Packages, has_arrays, is_installed, module_file

log = logging.getLogger("shapewright")
MAX_FILE = 500_000
"""Files of more bytes than this are not followed."""

MOST_FILES = 1000
"""How many files are looked through for uses of a name."""

OpenText = Callable[[Path], "tuple[str, int] | None"]
"""The text of a file that is open in the editor, and which version of it."""


class Modules:
    """Finds modules and keeps their sources."""

    def __init__(self, open_text: OpenText = lambda path: None, may_edit: Callable[[Path], bool] = lambda path: True) -> None:
        self._open_text = open_text
        self._may_edit = may_edit
        self._roots: dict[Path, tuple[Path, tuple[Path, ...]]] = {}
        self._packages: dict[Path, Packages] = {}
        self._sources: dict[Path, tuple[str, Source]] = {}

    def find(self, importer: str, level: int, name: str) -> Imported | None:
        """The module that an import in a file means; `None` where the program has no such module."""
        if not importer:
            return None
        folder = Path(importer).parent
        if level:
            for _ in range(level - 1):
                folder = folder.parent
            file = module_file(folder, name)
            root, _ = self._search_path(Path(importer).parent)
            return None if file is None else self._load(file, is_installed(file), root)
        root, places = self._search_path(folder)
        for place in places:
            file = module_file(place, name)
            if file is not None:
                return self._load(file, is_installed(file), root)
        file = self._packages_of(root).find(name)
        return None if file is None else self._load(file, True, root)

    def _search_path(self, folder: Path) -> tuple[Path, tuple[Path, ...]]:
        if folder not in self._roots:
            root = project_root(folder)
            self._roots[folder] = root, tuple(dict.fromkeys((folder, root, root / "src")))
        return self._roots[folder]

    def _packages_of(self, root: Path) -> Packages:
        if root not in self._packages:
            self._packages[root] = Packages(root)
        return self._packages[root]

    def _load(self, file: Path, installed: bool, root: Path) -> Imported | None:
        if is_installed(file) and not has_arrays(file):
            return None
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
        return Imported(str(file), version, known[1], installed, not installed and self._is_editable(file, root))

    def _is_editable(self, file: Path, root: Path) -> bool:
        """Whether a file is the project's own, so that a fix may change it."""
        whole = file.resolve()
        return whole.is_relative_to(root.resolve()) and not is_installed(whole) and self._may_edit(whole)

    def is_used_elsewhere(self, name: str, file: str, user: str) -> bool:
        """Whether other files of the project than these two use a name of a file: they import from a module of that file's name,
        and the name stands in them. Of too many files nobody knows."""
        module = Path(file).stem if Path(file).stem != "__init__" else Path(file).parent.name
        words = [re.compile(rf"\b{re.escape(word)}\b") for word in (name, module)]
        known = {Path(file).resolve(), Path(user).resolve()}
        others = (path for path in python_files([project_root(Path(user).parent)]) if path.resolve() not in known)
        for number, path in enumerate(others):
            if number == MOST_FILES:
                return True
            text = self._text_of(path)
            if module not in text:
                continue  # most files: quicker than looking for words
            if all(word.search(text) for word in words) or ("import *" in text and words[1].search(text)):
                return True
        return False

    def _text_of(self, file: Path) -> str:
        opened = self._open_text(file)
        try:
            return opened[0] if opened is not None else file.read_text(encoding="utf-8", errors="replace")
        except OSError:
            return ""


def project_root(folder: Path) -> Path:
    """The root of the project that a folder belongs to, as jedi finds it."""
    import jedi  # takes a moment, and most programs are one file

    try:
        return Path(jedi.get_default_project(folder).path)
    except (OSError, ValueError):
        return folder
