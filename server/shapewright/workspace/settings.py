"""Settings: the same names in an editor, in pyproject.toml and on the command line. A bad one is told, once, by name."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from shapewright.findings.rules import RULES
from shapewright.workspace.files import valid_pattern

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

DIAGNOSTICS_MODES = ("openFiles", "workspace")
LOG_LEVELS = ("error", "warning", "info", "debug")
VALIDATION_MODES = ("off", "plan", "source")


def _default_mode() -> str:
    """`plan`, or what the environment says: `SHAPEWRIGHT_VALIDATION=off` keeps every server from starting a worker."""
    return "off" if os.environ.get("SHAPEWRIGHT_VALIDATION") == "off" else "plan"



@dataclass(frozen=True)
class Settings:
    """All settings with their defaults."""

    enable: bool = True
    inlay_hints: bool = True
    inlay_hints_variables: bool = True
    inlay_hints_calls: bool = False
    inlay_hints_max_length: int = 60
    code_lens: bool = True
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    validation_mode: str = field(default_factory=_default_mode)
    validation_python: str = ""
    validation_timeout: float = 20
    validation_memory: int = 2048
    validation_idle: float = 300
    diagnostics_mode: str = "openFiles"
    log_level: str = "info"

    def wants(self, code: str) -> bool:
        """Whether findings of a rule are shown: selected (all are unless some are named) and not ignored."""
        selected = not self.select or any(code.startswith(prefix) for prefix in self.select)
        return selected and not any(code.startswith(prefix) for prefix in self.ignore)


@dataclass(frozen=True)
class _Option:
    """One setting: its public name, the field that holds it, and how a value is checked. `personal` values are the user's
    alone to choose: whoever only opens a project's folder must not start what that folder names."""

    name: str
    field: str
    accepts: str
    check: Any
    personal: Any = lambda value: False


def _is_bool(value: Any) -> bool:
    return isinstance(value, bool)


def _is_number(value: Any, least: float, most: float) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and least <= value <= most


def _is_codes(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(
        isinstance(code, str) and any(rule.startswith(code) for rule in RULES) and code for code in value
    )


def _is_patterns(value: Any) -> bool:
    return isinstance(value, (list, tuple)) and all(isinstance(item, str) and valid_pattern(item) for item in value)


OPTIONS = (
    _Option("enable", "enable", "true or false", _is_bool),
    _Option("inlayHints.enable", "inlay_hints", "true or false", _is_bool),
    _Option("inlayHints.variables", "inlay_hints_variables", "true or false", _is_bool),
    _Option("inlayHints.calls", "inlay_hints_calls", "true or false", _is_bool),
    _Option(
        "inlayHints.maxLength",
        "inlay_hints_max_length",
        "a whole number from 8 to 500",
        lambda v: isinstance(v, int) and not isinstance(v, bool) and 8 <= v <= 500,
    ),
    _Option("codeLens.enable", "code_lens", "true or false", _is_bool),
    _Option("select", "select", "a list of rule codes or their beginnings, such as SW1 or SW101", _is_codes),
    _Option("ignore", "ignore", "a list of rule codes or their beginnings, such as SW1 or SW101", _is_codes),
    _Option("exclude", "exclude", "a list of path patterns, as in .gitignore", _is_patterns),
    _Option(
        "validation.mode",
        "validation_mode",
        "one of " + ", ".join(VALIDATION_MODES),
        lambda v: v in VALIDATION_MODES,
        personal=lambda v: v == "source",
    ),
    _Option(
        "validation.python",
        "validation_python",
        "a Python, or the folder of an environment",
        lambda v: isinstance(v, str),
        personal=lambda v: True,
    ),
    _Option("validation.timeout", "validation_timeout", "seconds, from 1 to 600", lambda v: _is_number(v, 1, 600)),
    _Option(
        "validation.memory",
        "validation_memory",
        "a whole number of megabytes from 256 to 1048576",
        lambda v: isinstance(v, int) and _is_number(v, 256, 1 << 20),
    ),
    _Option("validation.idleTimeout", "validation_idle", "seconds, from 5 to 86400", lambda v: _is_number(v, 5, 86400)),
    _Option(
        "diagnostics.mode", "diagnostics_mode", "one of " + ", ".join(DIAGNOSTICS_MODES), lambda v: v in DIAGNOSTICS_MODES
    ),
    _Option("log.level", "log_level", "one of " + ", ".join(LOG_LEVELS), lambda v: v in LOG_LEVELS),
)
_KNOWN_ELSEWHERE = frozenset(["interpreter", "trace.server"])
"""Settings that the VS Code extension itself reads."""


@dataclass
class Loaded:
    """Settings that were read, what was wrong with them, and the folder whose pyproject.toml they are from."""

    settings: Settings
    problems: list[str] = field(default_factory=list)
    folder: Path | None = None


def read_settings(
    given: Mapping[str, Any], where: str, base: Settings | None = None, of_project: bool = False
) -> Loaded:
    """Settings from nested tables (`{"inlayHints": {"enable": true}}`) on top of others. Those `of_project` came with the
    code, and may not choose what is started."""
    loaded = Loaded(base or Settings())
    by_name = {option.name: option for option in OPTIONS}
    for name, value in _flat(given):
        if name in _KNOWN_ELSEWHERE or value is None:
            continue
        option = by_name.get(name)
        if option is None:
            loaded.problems.append(
                f"{where}: there is no setting `{name}`. Settings are: {', '.join(sorted(by_name))}."
            )
        elif not option.check(value):
            loaded.problems.append(
                f"{where}: `{name}` cannot be {value!r}. It takes {option.accepts}. The default is used instead."
            )
        elif of_project and option.personal(value):
            loaded.problems.append(
                f"{where}: `{name}` cannot be {value!r} here, because opening a folder must not start what it names. "
                "Set it in your editor, or on the command line."
            )
        else:
            kept = tuple(value) if isinstance(value, list) else value
            changed: dict[str, Any] = {option.field: kept}
            loaded.settings = replace(loaded.settings, **changed)
    return loaded


def _flat(given: Mapping[str, Any], prefix: str = "") -> list[tuple[str, Any]]:
    found = []
    for key, value in given.items():
        name = f"{prefix}{key}"
        if isinstance(value, Mapping):
            found += _flat(value, f"{name}.")
        else:
            found.append((name, value))
    return found


def read_project(folder: Path) -> Loaded:
    """`[tool.shapewright]` of the nearest pyproject.toml at or above a folder that has it."""
    for parent in (folder, *folder.parents):
        file = parent / "pyproject.toml"
        if os.path.isfile(file):  # false, not an error, where one may not look
            loaded = _read_file(file)
            if loaded is not None:
                loaded.folder = parent
                return loaded
    return Loaded(Settings())


def _read_file(file: Path) -> Loaded | None:
    """The settings in a pyproject.toml; `None` where it says nothing of us."""
    try:
        tools = tomllib.loads(file.read_text(encoding="utf-8")).get("tool")
    except (OSError, ValueError) as error:
        return Loaded(Settings(), [f"{file}: cannot be read as TOML ({error}). The defaults are used."])
    table = tools.get("shapewright") if isinstance(tools, Mapping) else None
    if isinstance(table, Mapping):
        return read_settings(table, str(file), of_project=True)
    if table is not None:
        return Loaded(Settings(), [f"{file}: [tool.shapewright] must be a table. The defaults are used."])
    return None
