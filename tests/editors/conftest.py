"""What the tests with real editors share.

Each editor is a real process with a real server. What a test starts carries a tag in its environment, so that
whatever outlives the editor is found, by name and number, at the end of the test.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from .harness import OUTPUT, ROOT, alive

# A server has this long to notice that its editor is gone.
GOODBYE_SECONDS = 15


@pytest.fixture(scope="session")
def vsix() -> Path:
    """The VS Code extension: the one that SHAPEWRIGHT_VSIX names, else built from what lies here."""
    named = os.environ.get("SHAPEWRIGHT_VSIX")
    if named:
        return Path(named).resolve()
    built = OUTPUT / "shapewright.vsix"
    subprocess.run([ROOT / "scripts" / "editors" / "vsix.sh", sys.executable, built], check=True)
    return built


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the first program anyone opens: it has the mistake, and a test mends it."""
    folder = tmp_path / "project"
    folder.mkdir()
    return Path(shutil.copy(ROOT / "examples" / "lstm_bug.py", folder))


@pytest.fixture
def output(request: pytest.FixtureRequest) -> Path:
    """Where pictures and logs of this test stay for a look afterwards."""
    folder = OUTPUT / re.sub(r"\W+", "-", request.node.name).strip("-")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


@pytest.fixture
def tag() -> Iterator[str]:
    """The mark on everything this test starts. When the test is over, nothing that bears it may be alive."""
    tag = uuid.uuid4().hex
    yield tag
    deadline = time.monotonic() + GOODBYE_SECONDS
    while (survivors := alive(tag)) and time.monotonic() < deadline:
        time.sleep(0.2)
    described = [f"{process.pid} {' '.join(process.cmdline())}" for process in survivors]
    for process in survivors:
        process.kill()
    assert not described, f"still running after the editor has ended: {described}"
