"""Where the `shapewright` command begins.

Must be readable by every Python 3, and so must the `__init__.py` files above it: a too old Python has to be told so,
not to fail on the syntax of what comes next.
"""

import sys


def main() -> int:
    """Runs the command, if this Python can."""
    if sys.version_info < (3, 10):
        sys.stderr.write(
            "shapewright needs Python 3.10 or later, and %s is Python %d.%d. "
            "Install shapewright for a newer one.\n" % ((sys.executable,) + sys.version_info[:2])
        )
        return 2
    from shapewright.cli.main import main as run

    return run()
