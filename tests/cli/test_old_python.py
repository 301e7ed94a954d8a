"""A Python that is too old is told so in one sentence, not by a SyntaxError."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SERVER = ROOT / "server/shapewright"
READABLE = ("__init__.py", "__main__.py", "cli/__init__.py", "cli/entry.py")
"""What an old Python reads before it is told."""
STARTS = (ROOT / "client/run_server.py", ROOT / "scripts/check_python.py", *(SERVER / name for name in READABLE))


@pytest.mark.parametrize("file", STARTS, ids=lambda f: f.name)
def test_an_old_python_can_read_it(file: Path) -> None:
    ast.parse(file.read_text(encoding="utf-8"), feature_version=(3, 7))


def _pretend(program: str) -> subprocess.CompletedProcess[str]:
    """Runs a program under a Python that takes itself for 3.8."""
    text = f"import sys; sys.version_info = (3, 8, 10, 'final', 0); {program}"
    return subprocess.run([sys.executable, "-c", text], capture_output=True, text=True, timeout=60, cwd=ROOT)


@pytest.mark.parametrize(
    "program",
    [
        "import runpy; sys.argv = ['shapewright', 'server']; runpy.run_module('shapewright', run_name='__main__')",
        "from shapewright.cli.entry import main; sys.exit(main())",
    ],
)
def test_the_command_says_what_it_needs(program: str) -> None:
    done = _pretend(program)
    assert done.returncode == 2
    assert done.stderr.startswith("shapewright needs Python 3.10 or later, and ")
    assert done.stderr.count("\n") == 1 and "3.8" in done.stderr and done.stdout == ""


@pytest.mark.parametrize("file", ["client/run_server.py", "scripts/check_python.py"])
def test_the_extension_and_make_say_it_too(file: str) -> None:
    done = _pretend(f"import runpy; runpy.run_path({file!r}, run_name='__main__')")
    assert done.returncode != 0 and "shapewright needs Python 3.10 or later" in done.stderr
    assert "Traceback" not in done.stderr
