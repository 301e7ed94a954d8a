"""Starting real editors, and knowing what they left behind."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
CACHE = Path(os.environ.get("SHAPEWRIGHT_CACHE") or ROOT / ".cache") / "editors"
OUTPUT = HERE / "output"
TAG_VARIABLE = "SHAPEWRIGHT_EDITOR_TEST"


def not_installed(what: str) -> None:
    """Skips the test, saying what is missing. In CI nothing may be missing: there it fails."""
    message = f"{what} is not installed: run scripts/editors/install.sh"
    if os.environ.get("CI") == "true":
        pytest.fail(message)
    pytest.skip(message)


def program_on_path(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        not_installed(name)
    return str(found)


# A stuck editor is ended after this long. The scripts inside give up on a single thing after a minute.
PATIENCE_SECONDS = 300


def run(command: list[str], tag: str, log: Path, expected: int = 0, **environment: str) -> None:
    """Runs an editor to its end. What it prints goes to `log`, and is shown if it ends with an unexpected code."""
    with log.open("w", encoding="utf-8") as stream:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            env={**os.environ, TAG_VARIABLE: tag, **environment},
        )
        try:
            code: int | str = process.wait(PATIENCE_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            code = f"no end within {PATIENCE_SECONDS} s"
    printed = log.read_text(encoding="utf-8", errors="replace")
    assert code == expected, f"{Path(command[0]).name}: {code}; the log is {log}\n{printed}"


def server_command() -> list[str]:
    """The server of the environment that runs these tests, as a user of Neovim or Emacs would start it."""
    return [sys.executable, "-m", "shapewright", "server"]


def alive(tag: str) -> list[psutil.Process]:
    """The processes whose environment bears the tag."""
    return [process for process in psutil.process_iter() if _bears(process, tag)]


def _bears(process: psutil.Process, tag: str) -> bool:
    try:
        return bool(process.environ().get(TAG_VARIABLE) == tag and process.status() != psutil.STATUS_ZOMBIE)
    except psutil.Error:
        return False  # ended meanwhile, or someone else's
