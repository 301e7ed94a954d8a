"""A worker with only some of its locks: `unlocked.py LOCK ...`. What a lock stops is only shown if it succeeds without it."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

MAIN = Path(__file__).parents[2] / "server/shapewright/validation/worker/main.py"


def start(in_force: set[str]) -> None:
    specification = importlib.util.spec_from_file_location("main", MAIN)
    assert specification and specification.loader
    main = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(main)
    child, environment, inside, locks, lock_linux = (
        main.load(name) for name in ("child", "environment", "inside", "locks", "lock_linux")
    )

    def nothing(*args: object, **kwargs: object) -> None:
        pass

    environment.clean = lambda variables: {**variables, **environment.QUIET}
    locks.missing_for_source = nothing
    lock_linux.trial.make = nothing
    inside.HIGHEST_DESCRIPTOR = 4  # where closing would begin
    child.MOST_THREADS = 1 << 20
    if "namespaces" not in in_force:
        lock_linux.namespaces.enter = nothing
    if "landlock" not in in_force:
        lock_linux.landlock.restrict = nothing
    if "seccomp" not in in_force:
        lock_linux.seccomp.install = nothing
    if "limits" not in in_force:
        lock_linux.limit = nothing
        lock_linux.drop_capabilities = nothing
    main.load("start").start()


if __name__ == "__main__":
    start(set(sys.argv[1:]))
