"""The locks of this system, and whether they are in force."""

from __future__ import annotations

import sys
from typing import Any

# What has to be in force before a line of a user's code is run.
NEEDED_FOR_SOURCE: dict[str, tuple[str, ...]] = {
    "linux": ("no_new_privs", "landlock", "seccomp", "rlimits", "trial"),
    "darwin": ("sandbox", "rlimits"),
    "win32": ("job", "token"),
}


def system() -> Any:
    """The locks of this system, as a module; None for a system without any."""
    if sys.platform.startswith("linux"):
        from . import lock_linux

        return lock_linux
    return None


def lock_worker() -> dict[str, str]:
    """Locks this process, before Keras is imported.

    Returns:
        By lock, "ok" or why it is not in force.
    """
    return dict(system().lock_worker()) if system() else {}


def lock_waiting(before: dict[str, str]) -> dict[str, str]:
    """Locks the process of a validation as far as is possible before its request is known.

    Args:
        before: The locks that the worker had already.
    """
    return _together(before, system().lock_waiting() if system() else {})


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
    """Whether there are locks, and all of them hold."""
    return bool(locks) and all(state == "ok" for state in locks.values())


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
