"""Says clearly when the Python that is to make the environment is too old. Runs under any Python 3."""

import sys

if sys.version_info < (3, 10):
    sys.exit(
        "shapewright needs Python 3.10 or later, and %s is Python %d.%d.\n"
        "Install a newer one and name it:  make PYTHON=python3.12 try" % ((sys.executable,) + sys.version_info[:2])
    )
