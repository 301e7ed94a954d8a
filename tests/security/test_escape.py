"""Every attempt to escape succeeds without locks, and fails with each of the locks that are said to stop it, and with all.

As root and as an ordinary user. One worker for each set of locks serves all attempts.
"""

from __future__ import annotations

import os
import shutil
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.differential.real import require_keras
from tests.security.attempts import ATTEMPTS, NAMESPACES, PIPES, SINGLY, Attempt
from tests.security.table import PAGE, page_with_table
from tests.security.world import TOKEN, World
from tests.validation.worker_process import WorkerGone, WorkerProcess

if not sys.platform.startswith("linux"):
    pytest.skip("the locks of Linux", allow_module_level=True)
require_keras()

HERE = Path(__file__).parent
NOBODY = 65534
NO_LOCKS: frozenset[str] = frozenset()
ALL_LOCKS = frozenset(["all"])
DENSE = {
    "version": 1,
    "steps": [
        {"do": "given", "shape": [None, 3], "dtype": "float32"},
        {"do": "layer", "class": "keras.layers.Dense", "arguments": {"units": 2}},
        {"do": "call", "callee": {"ref": 1}, "args": [{"ref": 0}]},
    ],
}


class Room:
    """The workers of one user, by the locks that they have. They are started when they are needed, and again when they end."""

    def __init__(self, user: int) -> None:
        self.before: list[str] = []
        if user != os.geteuid():
            # An ordinary user, but for this: the interpreter may be where others cannot read.
            reads = ["--inh-caps=+dac_read_search", "--ambient-caps=+dac_read_search"]
            self.before = ["setpriv", f"--reuid={user}", f"--regid={user}", "--clear-groups", *reads]
        self.world = World(user, self.before)
        self.workers: dict[frozenset[str], WorkerProcess] = {}

    def worker(self, locks: frozenset[str]) -> WorkerProcess:
        known = self.workers.get(locks)
        if known and known.process.poll() is None:
            return known
        environment = {"HOME": str(self.world.home), TOKEN: "secret"}
        if locks == ALL_LOCKS:
            self.workers[locks] = WorkerProcess(before=self.before, environment=environment)
        else:
            environment["PYTHONPATH"] = str(HERE / "stand_in")
            self.workers[locks] = WorkerProcess(
                before=self.before,
                environment=environment,
                program=HERE / "unlocked.py",
                arguments=sorted(lock.lower() for lock in locks),
            )
        return self.workers[locks]

    def has_namespaces(self) -> bool:
        return bool(self.worker(ALL_LOCKS).hello["locks"]["namespaces"] == "ok")

    def escapes(self, attempt: Attempt, locks: frozenset[str]) -> tuple[bool, Any]:
        """Whether the attempt succeeds, and what came back."""
        self.world.give()
        worker = self.worker(locks)
        limits = attempt.limits if locks - {"none"} else {}
        facts = {**self.world.facts(), "request": worker.last_id + 1}
        worker.last_id += 1
        worker.send(
            id=worker.last_id,
            do="source",
            text=attempt.program(facts),
            limits={"seconds": 10, "memory": 1 << 30, **limits},
        )
        try:
            reply = worker.read()
        except WorkerGone:
            return True, "the worker is gone"
        seen = [place["shapes"] for place in reply.get("places", [])]
        forged = "forged" in reply or reply.get("id") != worker.last_id
        if forged:
            self.workers.pop(locks).close()
        return forged or [{"shape": [1], "dtype": "float64"}] in seen, reply

    def close(self) -> None:
        for worker in self.workers.values():
            worker.close()
        self.world.close()


@pytest.fixture(scope="module", params=["root", "ordinary user"])
def room(request: pytest.FixtureRequest) -> Iterator[Room]:
    root = os.geteuid() == 0
    if request.param == "root" and not root:
        pytest.skip("the tests are not run by root")
    if request.param == "ordinary user" and root and not shutil.which("setpriv"):
        pytest.skip("setpriv is not here, so root cannot become an ordinary user")
    room = Room(0 if request.param == "root" else NOBODY if root else os.geteuid())
    yield room
    room.close()


def test_all_locks_are_in_force(room: Room) -> None:
    hello = room.worker(ALL_LOCKS).hello
    assert hello["source"] is True, hello
    needed = {state for lock, state in hello["locks"].items() if lock != "namespaces"}
    assert needed == {"ok"}


def test_the_network_of_the_worker_is_its_own(room: Room) -> None:
    """As root on any system that lets root have that; an ordinary user has it where the system and the interpreter allow it."""
    worker = room.worker(ALL_LOCKS)
    own, ours = (os.readlink(f"/proc/{process}/ns/net") for process in (worker.process.pid, "self"))
    assert (own != ours) == (worker.hello["locks"]["namespaces"] == "ok")
    if room.world.user == 0 and own == ours:
        pytest.skip("NO NAMESPACES HERE: " + worker.hello["locks"]["namespaces"])


@pytest.mark.parametrize("attempt", ATTEMPTS, ids=[attempt.name for attempt in ATTEMPTS])
def test_attempt(room: Room, attempt: Attempt) -> None:
    if attempt.only_root and room.world.user != 0:
        pytest.skip("an ordinary user cannot do this anyway")
    if not attempt.always_stopped:
        escaped, reply = room.escapes(attempt, NO_LOCKS)
        if attempt.not_everywhere and not escaped:
            pytest.skip(f"this system does not allow it without locks either: {reply.get('error')}")
        assert escaped, f"it should succeed without locks: {reply}"
        for lock in SINGLY.intersection(attempt.stopped_by):
            if lock == NAMESPACES and not room.has_namespaces():
                continue
            escaped, reply = room.escapes(attempt, frozenset([lock]))
            assert not escaped, f"{lock} should stop it: {reply}"
    escaped, reply = room.escapes(attempt, ALL_LOCKS)
    assert not escaped, reply
    worker = room.worker(ALL_LOCKS)
    assert worker.ask("plan", plan=DENSE)["steps"]["2"]["value"]["shape"] == [None, 2], "the worker goes on"


def test_a_process_does_one_validation_and_nothing_of_it_is_left(room: Room) -> None:
    """What waits for the next validation was started after the last had ended, and has seen no request."""
    worker = room.worker(ALL_LOCKS)
    worker.ask("ping")  # is answered once the process of the last validation is gone
    for _ in range(3):
        (waiting,) = children_of(worker, 1)
        reply = worker.ask("source", text="import os\nimport numpy\nx = numpy.broadcast_to(0, os.getpid())\n")
        assert reply["places"][-1]["shapes"][0]["shape"] == [waiting], "the process that waited does it"
        worker.ask("ping")
        assert waiting not in children_of(worker, 0)


def children_of(worker: WorkerProcess, least: int) -> list[int]:
    """The processes that a worker has started. Waits until there are some."""
    file = Path(f"/proc/{worker.process.pid}/task/{worker.process.pid}/children")
    while len(children := file.read_text().split()) < least:
        time.sleep(0.01)
    assert len(children) <= 1
    return [int(child) for child in children]


def test_the_table_of_the_documentation_is_this_one() -> None:
    assert PAGE.read_text() == page_with_table(), "write it anew with: python -m tests.security.table --write"


def test_every_attempt_names_what_stops_it() -> None:
    assert all(attempt.stopped_by for attempt in ATTEMPTS)
    assert any(attempt.stopped_by == (PIPES,) for attempt in ATTEMPTS)
