"""`python -m shapewright` is the `shapewright` command. Readable by every Python 3, as cli/entry.py is."""

import sys

from shapewright.cli.entry import main

if __name__ == "__main__":
    sys.exit(main())
