"""The worker's own modules, for tests that look at one of them alone."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from types import ModuleType

MAIN = Path(__file__).parents[2] / "server/shapewright/validation/worker/main.py"


def worker_module(name: str) -> ModuleType:
    """`seccomp`, `locks`, ...: as the worker itself loads it."""
    specification = importlib.util.spec_from_file_location("shapewright_worker_main", MAIN)
    assert specification and specification.loader
    main = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(main)
    module: ModuleType = main.load(name)
    return module
