"""A worker as on macOS and Windows: validations run in its own process."""

from __future__ import annotations

import importlib.util
from pathlib import Path

MAIN = Path(__file__).parents[2] / "server/shapewright/validation/worker/main.py"

if __name__ == "__main__":
    specification = importlib.util.spec_from_file_location("main", MAIN)
    assert specification and specification.loader
    main = importlib.util.module_from_spec(specification)
    specification.loader.exec_module(main)
    main.load("service").can_fork = lambda: False
    main.load("locks").system = lambda: None
    main.load("start").start()
