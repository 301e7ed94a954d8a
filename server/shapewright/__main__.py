"""`python -m shapewright` is the `shapewright` command."""

import sys

from shapewright.cli.main import main

sys.exit(main())
