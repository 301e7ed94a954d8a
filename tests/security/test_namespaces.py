"""Namespaces of an ordinary user, by themselves: an interpreter is needed that everybody can read."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.security.modules import MAIN

if not sys.platform.startswith("linux"):
    pytest.skip("the namespaces of Linux", allow_module_level=True)

NOBODY = 65534
PROGRAM = """
import importlib.util, json, os, socket, sys
specification = importlib.util.spec_from_file_location("main", "main.py")
main = importlib.util.module_from_spec(specification)
specification.loader.exec_module(main)
needed = sys.argv[2:]
before = os.readlink("/proc/self/ns/net")
try:
    main.load("namespaces").enter(needed)
    refused = ""
except OSError as error:
    refused = str(error)
def attempt(act):
    try:
        act()
        return True
    except OSError:
        return False
print(json.dumps({
    "refused": refused,
    "own": os.readlink("/proc/self/ns/net") != before,
    "user": os.getuid(),
    "capabilities": [line.split()[1] for line in open("/proc/self/status") if line.startswith("CapEff")][0],
    "connects": attempt(lambda: socket.create_connection(("127.0.0.1", int(sys.argv[1])), 5)),
    "reads": [attempt(lambda: os.listdir(path)) for path in needed],
}))
"""


def run(folder: Path, port: int, *needed: str, before: tuple[str, ...] = ()) -> dict[str, object]:
    python = shutil.which("python3", path="/usr/bin") or sys.executable
    if os.geteuid() == 0 and not before:
        before = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
    done = subprocess.run(
        [*before, python, "-B", "-c", PROGRAM, str(port), *needed],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
    )
    if done.returncode != 0 and "Permission denied" in done.stderr:
        pytest.skip(f"an ordinary user cannot start {python}")
    assert done.returncode == 0, done.stderr
    answer: dict[str, object] = json.loads(done.stdout)
    return answer


@pytest.fixture
def folder() -> Iterator[Path]:
    """The worker's program, where everybody can read it."""
    folder = Path(tempfile.mkdtemp(prefix="shapewright-namespaces-")) / "worker"
    shutil.copytree(MAIN.parent, folder, ignore=shutil.ignore_patterns("__pycache__"))
    folder.parent.chmod(0o755)
    yield folder
    shutil.rmtree(folder.parent)


def test_an_ordinary_user_has_a_network_with_nothing_in_it(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = run(folder, server.getsockname()[1], "/usr")
    if found["refused"]:
        assert not found["own"]
        pytest.skip(f"NO NAMESPACES HERE: {found['refused']}")
    assert found["own"] and not found["connects"]
    assert found["reads"] == [True]
    assert (found["user"], found["capabilities"]) == (NOBODY if os.geteuid() == 0 else os.getuid(), "0" * 16)


def test_where_a_package_could_not_be_read_any_more_there_are_none(folder: Path, tmp_path: Path) -> None:
    """Someone who may read everything has to give that up for a namespace of users."""
    if os.geteuid() != 0:
        pytest.skip("only root can make such a user")
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    reads = ("--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search")
    before = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", *reads)
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = run(folder, server.getsockname()[1], str(closed), before=before)
    assert found["refused"] and not found["own"]
    assert found["connects"] and found["reads"] == [True], "nothing has changed"
