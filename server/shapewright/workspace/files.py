"""Which files a command looks at, and reading them."""

from __future__ import annotations

import os
import re
import tokenize
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pathspec

ALWAYS_LEFT_OUT = frozenset(
    [
        ".git",
        ".hg",
        ".venv",
        "venv",
        "node_modules",
        "__pycache__",
        ".mypy_cache",
        ".ruff_cache",
        ".tox",
        ".nox",
        "site-packages",
        ".ipynb_checkpoints",
    ]
)
"""Folders that are never looked into unless they are named."""


class Unreadable(Exception):
    """A file that cannot be read as Python source; the message says why."""


class PassedOver(Unreadable):
    """A file that there is nothing in for us, and nothing wrong with."""


SUFFIXES = (".py", ".ipynb")
Refused = Callable[[Path, OSError], None]
"""Told of a folder that cannot be looked into."""


def python_files(
    paths: Iterable[Path],
    exclude: tuple[str, ...] = (),
    base: Path | None = None,
    refused: Refused = lambda folder, error: None,
) -> Iterator[Path]:
    """The Python files and notebooks of some files and folders, folders searched whole, what .gitignore leaves out left
    out. `exclude` are patterns for paths from `base` on, or from the folder that is searched."""
    spec = pathspec.PathSpec.from_lines("gitignore", exclude)
    for path in paths:
        if os.path.isdir(path):
            root = path.resolve()
            above = base.resolve() if base is not None else root
            yield from _below(path, root, (above if above == root or above in root.parents else root, spec), refused)
        else:
            yield path


def _below(
    folder: Path, root: Path, excluded: tuple[Path, pathspec.PathSpec[Any]], refused: Refused
) -> Iterator[Path]:
    top = next((p for p in (root, *root.parents) if os.path.exists(p / ".git")), root)
    ignores = [(p, _gitignore(p)) for p in reversed([root, *root.parents]) if p == top or top in p.parents]
    yield from _walk(folder, root, [excluded, *(pair for pair in ignores if pair[1] is not None)], refused)


def _gitignore(folder: Path) -> pathspec.PathSpec[Any] | None:
    try:
        lines = (folder / ".gitignore").read_text(encoding="utf-8", errors="replace").splitlines()
    except OSError:
        return None
    return pathspec.PathSpec.from_lines("gitignore", [line for line in lines if valid_pattern(line)])


def valid_pattern(line: str) -> bool:
    """Whether a line of a .gitignore means something; git passes over those that do not."""
    try:
        pathspec.PathSpec.from_lines("gitignore", [line])
    except (ValueError, re.error):
        return False
    return True


def _walk(
    shown: Path,
    folder: Path,
    ignores: list[tuple[Path, pathspec.PathSpec[Any] | None]],
    refused: Refused,
) -> Iterator[Path]:
    own = _gitignore(folder) if all(p != folder for p, _ in ignores) else None
    rules = [*ignores, (folder, own)] if own is not None else ignores
    try:
        entries = sorted(folder.iterdir())
    except OSError as error:
        refused(shown, error)
        return
    for entry in entries:
        try:
            directory = entry.is_dir()
        except OSError as error:  # a folder whose entries can be listed and no more
            refused(shown, error)
            return
        if entry.name in ALWAYS_LEFT_OUT or (directory and entry.is_symlink()):
            continue
        suffix = "/" if directory else ""
        if any(
            spec is not None and spec.match_file(f"{entry.relative_to(base).as_posix()}{suffix}")
            for base, spec in rules
        ):
            continue
        if directory:
            yield from _walk(shown / entry.name, entry, rules, refused)
        elif entry.suffix in SUFFIXES:
            yield shown / entry.name


def read_source(path: Path) -> str:
    """The text of a Python file in the encoding that it declares. Raises `Unreadable`."""
    try:
        with tokenize.open(path) as file:
            # newline handling of open() would lose \r\n, and with it the columns of edits in a last line
            raw, encoding = path.read_bytes(), file.encoding
    except FileNotFoundError:
        raise Unreadable(f"{path}: there is no such file") from None
    except IsADirectoryError:
        raise Unreadable(f"{path}: is a folder, not a file") from None
    except PermissionError:
        raise Unreadable(f"{path}: may not be read (permission denied)") from None
    except (OSError, SyntaxError, UnicodeError, LookupError) as error:
        raise Unreadable(f"{path}: cannot be read as Python source ({error})") from None
    if b"\0" in raw:
        raise Unreadable(f"{path}: is not a text file")
    try:
        return raw.decode(encoding)
    except UnicodeError as error:
        raise Unreadable(f"{path}: is not {encoding} text ({error})") from None
