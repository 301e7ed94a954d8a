"""The locks of this system, and whether they are in force."""

from __future__ import annotations

import sys
from typing import Any

# What has to be in force before a line of a user's code is run.
NEEDED_FOR_SOURCE: dict[str, tuple[str, ...]] = {
    "linux": ("no_new_privs", "landlock", "seccomp", "rlimits", "trial"),
    "darwin": ("sandbox", "rlimits", "trial"),
    "win32": ("job", "token", "trial", "reading", "network"),
}
# A second wall, where there is one. Nothing rests on it.
OPTIONAL = ("namespaces",)
# These may come with the request of a validation only.
LAST = ("rlimits", "trial")


def system() -> Any:
    """The locks of this system, as a module; None for a system without any."""
    if sys.platform.startswith("linux"):
        from . import lock_linux

        return lock_linux
    if sys.platform == "darwin":
        from . import lock_macos

        return lock_macos
    if sys.platform == "win32":
        from . import lock_windows

        return lock_windows
    return None


def lock_worker(came_along: bool) -> dict[str, str]:
    """Locks this process, before Keras is imported.

    Args:
        came_along: Keras is a part of the opened folder, and nobody has vouched for it.

    Returns:
        By lock, "ok" or why it is not in force.
    """
    return dict(system().lock_worker(came_along)) if system() else {}


def lock_waiting(before: dict[str, str]) -> dict[str, str]:
    """Locks the process of a validation as far as is possible before its request is known.

    Args:
        before: The locks that the worker had already.
    """
    return _together(before, system().lock_waiting(before) if system() else {})


def lock_validation(before: dict[str, str], memory: int, seconds: float) -> dict[str, str]:
    """Locks the process of one validation for good, before it builds anything of its request.

    Args:
        before: The locks that it had already.
    """
    return _together(before, system().lock_validation(memory, seconds) if system() else {})


def end_with_parent(parent: int) -> None:
    """This process ends when its parent does."""
    if system() and hasattr(system(), "end_with_parent"):
        system().end_with_parent(parent)


def are_in_force(locks: dict[str, str]) -> bool:
    """Whether there are locks, and all that count hold."""
    return bool(locks) and all(state == "ok" for name, state in locks.items() if name not in OPTIONAL)


def missing_for_source(in_force: dict[str, str]) -> str | None:
    """Why no user's code may be run: the first lock that is not in force."""
    for lock in NEEDED_FOR_SOURCE.get(sys.platform, ("lock",)):
        state = in_force.get(lock, "there is none on this system")
        if state != "ok":
            return f"{lock} ({state})"
    return None


def _together(before: dict[str, str], now: dict[str, str]) -> dict[str, str]:
    return {name: _first_trouble(before.get(name), now.get(name)) for name in [*before, *now]}


def _first_trouble(*states: str | None) -> str:
    return next((state for state in states if state not in (None, "ok")), "ok") or "ok"
