"""Starts the worker: `PYTHON -B .../worker/main.py`, frames on standard input and output.

This file must be readable by any Python 3, because it is the one that says that a Python is too old.
"""

import json
import os
import struct
import sys

OLDEST = (3, 9)
PACKAGE = "shapewright_worker"


def load(name):  # type: ignore[no-untyped-def]
    """One module of this folder, which becomes a package with a name that no user's module has."""
    import importlib
    import importlib.util

    here = os.path.dirname(os.path.abspath(__file__))
    if PACKAGE not in sys.modules:
        spec = importlib.util.spec_from_file_location(
            PACKAGE, os.path.join(here, "__init__.py"), submodule_search_locations=[here]
        )
        package = importlib.util.module_from_spec(spec)  # type: ignore[arg-type]
        sys.modules[PACKAGE] = package
        spec.loader.exec_module(package)  # type: ignore[union-attr]
    return importlib.import_module(PACKAGE + "." + name)


def main():  # type: ignore[no-untyped-def]
    if sys.version_info[:2] < OLDEST:
        message = "Validation needs Python %d.%d or later; this one is %s" % (OLDEST + (sys.version.split()[0],))
        frame = json.dumps({"ready": False, "reason": "old-python", "message": message}).encode()
        os.write(1, struct.pack(">I", len(frame)) + frame)
        return
    here = os.path.dirname(os.path.abspath(__file__))
    if sys.path and os.path.abspath(sys.path[0]) == here:
        del sys.path[0]  # `import frames` in a user's program must not find a module of ours
    load("start").start()  # type: ignore[no-untyped-call]


if __name__ == "__main__":
    main()  # type: ignore[no-untyped-call]
