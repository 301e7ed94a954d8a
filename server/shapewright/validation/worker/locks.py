"""The locks of this system, and whether they are in force."""

from __future__ import annotations

import sys

# What has to be "ok" before a line of a user's code is run.
NEEDED_FOR_SOURCE: dict[str, tuple[str, ...]] = {
    "linux": ("landlock", "seccomp", "rlimits", "descriptors"),
    "darwin": ("sandbox", "rlimits"),
    "win32": ("job", "token"),
}


def lock_worker() -> dict[str, str]:
    """Locks this process, before Keras is imported.

    Returns:
        By lock, "ok" or why it is not in force.
    """
    return {}


def lock_validation(memory: int, seconds: float) -> dict[str, str]:
    """Locks the process of one validation for good, before it builds anything."""
    return {}


def missing_for_source(*in_force: dict[str, str]) -> str | None:
    """Why no user's code may be run: the locks that are not in force."""
    for lock in NEEDED_FOR_SOURCE.get(sys.platform, ("lock for this system",)):
        for stage in in_force:
            if stage.get(lock, "not there") != "ok":
                return "{}: {}".format(lock, stage.get(lock, "not there"))
    return None
