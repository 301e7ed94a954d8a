"""Workers that die, hang, flood and lie: real processes, really killed. The server answers on after each."""

from __future__ import annotations

import os
import signal
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest
from shapewright.validation.frames import MAX_REQUEST
from shapewright.validation.supervisor import Failed, Patience, State, Supervisor

FAKE = [sys.executable, str(Path(__file__).with_name("fake_worker.py"))]
LONG = 60
QUICK = Patience(start=30, grace=0.5, idle=600, pauses=(0.0,) * 4)

pytestmark = pytest.mark.skipif(os.name != "posix", reason="kills processes as POSIX does")


class Watched(Supervisor):
    """A supervisor that keeps the states it went through."""

    def __init__(self, *how: str, patience: Patience = QUICK) -> None:
        self.states: list[State] = []
        self._seen = threading.Condition()
        super().__init__([*FAKE, *how], patience, self._note)

    def _note(self, state: State) -> None:
        with self._seen:
            self.states.append(state)
            self._seen.notify_all()

    def reaches(self, state: State) -> None:
        """Waits until it was in a state."""
        with self._seen:
            assert self._seen.wait_for(lambda: state in self.states, LONG), self.states

    def result(self, what: str, seconds: float = 30, **more: Any) -> dict[str, Any]:
        return self.ask({"do": what, **more}, seconds).future.result(LONG)

    def failure(self, what: str, seconds: float = 30) -> Failed:
        with pytest.raises(Failed) as raised:
            self.result(what, seconds)
        return raised.value


@pytest.fixture
def supervisor() -> Iterator[Watched]:
    watched = Watched()
    yield watched
    watched.stop()


def gone(pid: int) -> bool:
    """Whether a process ends, waiting for that a while. One that nobody has asked after yet has ended, too."""
    deadline = time.monotonic() + LONG
    while time.monotonic() < deadline:
        try:
            if psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
                return True
        except psutil.NoSuchProcess:
            return True
        time.sleep(0.01)
    return False


def test_nothing_is_started_before_somebody_asks(supervisor: Watched) -> None:
    assert (supervisor.state, supervisor.pid) == (State.REST, None)
    supervisor.stop()
    assert supervisor.states == []


def test_one_process_answers_many_requests(supervisor: Watched) -> None:
    jobs = [supervisor.ask({"do": "ping"}, 30) for _ in range(50)]
    assert {job.future.result(LONG)["pid"] for job in jobs} == {supervisor.pid}
    assert supervisor.states[:3] == [State.STARTING, State.READY, State.BUSY]
    assert supervisor.hello["keras"] == "0.0"


@pytest.mark.parametrize(
    ("fault", "says"),
    [
        ("exit", "exit code 3"),
        ("kill", "SIGKILL"),
        ("garbage", "at most"),
        ("huge", "at most"),
        ("flood", "at most"),
        ("not an object", "not a JSON object"),
        ("half a frame", "exit code 0"),
        ("memory", "exit code 1"),
        ("someone else's", "nobody asked"),
        ("flood of replies", "nobody asked"),
    ],
)
def test_a_worker_that_fails_is_replaced(supervisor: Watched, fault: str, says: str) -> None:
    first = supervisor.result("ping")["pid"]
    failure = supervisor.failure(fault)
    assert failure.reason == "crash" and says in failure.message
    assert gone(first)
    assert supervisor.result("ping")["pid"] != first
    assert State.DEAD in supervisor.states


@pytest.mark.parametrize("fault", ["hang", "stop"])
def test_a_worker_that_hangs_is_killed(supervisor: Watched, fault: str) -> None:
    first = supervisor.result("ping")["pid"]
    assert supervisor.failure(fault, seconds=0.2).reason == "timeout"
    assert gone(first)
    assert supervisor.result("ping")["pid"] != first


def test_a_worker_that_is_killed_while_nobody_asks(supervisor: Watched) -> None:
    first = supervisor.result("ping")["pid"]
    os.kill(first, signal.SIGKILL)
    supervisor.reaches(State.DEAD)
    assert supervisor.result("ping")["pid"] != first


def test_a_request_that_waits_is_answered_by_the_next_worker(supervisor: Watched) -> None:
    broken, waiting = supervisor.ask({"do": "kill"}, 30), supervisor.ask({"do": "ping"}, 30)
    assert isinstance(broken.future.exception(LONG), Failed)
    assert waiting.future.result(LONG)["pid"] == supervisor.pid


def test_what_a_worker_started_ends_with_it(supervisor: Watched) -> None:
    child = supervisor.result("kill with child")["child"]
    supervisor.failure("kill")
    assert gone(child)


def test_a_refusal_is_no_failure_of_the_worker(supervisor: Watched) -> None:
    first = supervisor.result("ping")["pid"]
    failure = supervisor.failure("refuse")
    assert (failure.reason, failure.message) == ("timeout", "It took too long.")
    assert supervisor.result("ping")["pid"] == first


def test_a_flood_on_standard_error_is_read_and_dropped(supervisor: Watched) -> None:
    assert supervisor.result("flood of errors")["steps"] == {}
    process = supervisor._process
    assert process is not None and len(process.last_words) <= 8192


def test_the_last_words_are_in_the_log(supervisor: Watched, caplog: pytest.LogCaptureFixture) -> None:
    supervisor.failure("exit")
    supervisor.result("ping")
    assert "exit code 3" in caplog.text and "the last words" in caplog.text


def test_a_request_that_is_too_large_is_not_sent(supervisor: Watched) -> None:
    job = supervisor.ask({"do": "ping", "text": "x" * MAX_REQUEST}, 30)
    error = job.future.exception(LONG)
    assert isinstance(error, Failed) and error.reason == "bad-plan"
    assert "pid" in supervisor.result("ping")


def test_a_large_request_does_not_wait_for_a_worker_that_does_not_read(supervisor: Watched) -> None:
    supervisor.result("ping")
    hangs = supervisor.ask({"do": "hang"}, 0.2)
    large = supervisor.ask({"do": "ping", "text": "x" * (8 << 20)}, 30)
    assert isinstance(hangs.future.exception(LONG), Failed)
    assert "pid" in large.future.result(LONG)


def test_a_request_is_cancelled_in_the_worker(supervisor: Watched) -> None:
    first = supervisor.result("ping")["pid"]
    job = supervisor.ask({"do": "wait for cancel"}, 30)
    supervisor.cancel(job)
    error = job.future.exception(LONG)
    assert isinstance(error, Failed) and error.reason == "cancelled"
    assert supervisor.result("ping")["pid"] == first


def test_a_worker_that_does_not_listen_is_killed_when_a_request_is_cancelled(supervisor: Watched) -> None:
    first = supervisor.result("ping")["pid"]
    job = supervisor.ask({"do": "hang"}, 600)
    supervisor.cancel(job)
    assert supervisor.result("ping")["pid"] != first
    assert gone(first)


def test_one_that_waits_is_cancelled_before_it_is_sent(supervisor: Watched) -> None:
    waits, next_one = supervisor.ask({"do": "exit"}, 30), supervisor.ask({"do": "ping"}, 30)
    supervisor.cancel(waits)
    next_one.future.result(LONG)
    assert State.DEAD not in supervisor.states


# -- how it starts


def test_what_an_interpreter_prints_first_is_passed_over(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    watched = Watched("prints")
    assert watched.result("ping")["pid"] == watched.pid
    assert "Welcome to this Python!" in caplog.text
    watched.stop()


@pytest.mark.parametrize(
    ("how", "says", "quiet"),
    [("no keras", "There is no Keras in this Python.", True), ("other version", "version 99", False)],
)
def test_a_worker_that_is_of_no_use_is_not_started_again(how: str, says: str, quiet: bool) -> None:
    watched = Watched(how)
    failure = watched.failure("ping")
    assert failure.reason == "disabled" and says in failure.message
    assert (watched.state, watched.quiet) == (State.DISABLED, quiet)
    assert watched.states.count(State.STARTING) == 1
    assert watched.failure("ping").reason == "disabled"
    watched.stop()


@pytest.mark.parametrize(
    ("how", "says"), [("dies", "exit code 9"), ("garbage", "no worker"), ("silent", "did not start")]
)
def test_one_that_never_starts_is_off_after_some_attempts(how: str, says: str) -> None:
    watched = Watched(how, patience=Patience(start=30 if how != "silent" else 0.1, pauses=(0.0, 0.0)))
    failure = watched.failure("ping")
    assert failure.reason == "disabled" and "3 times in a row" in failure.message and says in failure.message
    assert watched.states.count(State.STARTING) == 3
    watched.restart()
    assert watched.failure("ping").reason == "disabled"
    assert watched.states.count(State.STARTING) == 6
    watched.stop()


def test_an_interpreter_that_is_not_there() -> None:
    watched = Watched()
    watched._command = ["/no/such/python"]
    assert "/no/such/python" in watched.failure("ping").message
    watched.stop()


def test_failures_that_are_not_in_a_row_do_not_count(supervisor: Watched) -> None:
    for _ in range(8):
        supervisor.failure("kill")
        supervisor.result("ping")
    assert State.DISABLED not in supervisor.states


def test_the_pauses_grow() -> None:
    watched = Watched("dies", patience=Patience(pauses=(0.0, 0.1, 0.2)))
    pauses: list[float | None] = []
    become = watched._become

    def note(state: State, seconds: float | None = None) -> None:
        if state is State.DEAD:
            pauses.append(seconds)
        become(state, seconds)

    watched._become = note  # type: ignore[method-assign]
    watched.failure("ping")
    assert pauses == [0.0, 0.1, 0.2]
    watched.stop()


def test_a_failed_start_after_good_ones(tmp_path: Path) -> None:
    watched = Watched("once", str(tmp_path / "mark"), patience=Patience(pauses=(0.0,)))
    watched.result("ping")
    watched.failure("kill")
    assert watched.failure("ping").reason == "disabled"
    (tmp_path / "mark").unlink()
    watched.restart()
    assert "pid" in watched.result("ping")
    watched.stop()


# -- how it ends


def test_a_worker_that_ends_after_its_answer_has_not_failed() -> None:
    """Where a process cannot be copied a worker ends now and then, and what it was sent meanwhile is for the next."""
    watched = Watched("recycled", patience=Patience(pauses=()))
    jobs = [watched.ask({"do": "ping"}, 30) for _ in range(5)]
    assert len({job.future.result(LONG)["pid"] for job in jobs}) == 5
    assert State.DEAD not in watched.states and State.DISABLED not in watched.states
    watched.stop()


def test_an_idle_worker_ends_and_comes_back() -> None:
    watched = Watched(patience=Patience(idle=0.05))
    first = watched.result("ping")["pid"]
    assert gone(first)
    watched.reaches(State.REST)
    assert watched.result("ping")["pid"] != first
    assert State.DEAD not in watched.states
    watched.stop()


def test_it_ends_with_the_supervisor(supervisor: Watched) -> None:
    first = supervisor.result("ping")["pid"]
    waits = supervisor.ask({"do": "hang"}, 600)
    supervisor.stop()
    assert gone(first)
    error = waits.future.exception(LONG)
    assert isinstance(error, Failed) and error.reason == "cancelled"


def test_a_restart_ends_the_worker_and_begins_anew(supervisor: Watched) -> None:
    first = supervisor.result("ping")["pid"]
    supervisor.restart()
    assert supervisor.result("ping")["pid"] != first
    assert gone(first)


def test_secrets_are_not_handed_on(monkeypatch: pytest.MonkeyPatch, supervisor: Watched) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "geheim")
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    found = supervisor.result("environment")
    assert "AWS_SECRET_ACCESS_KEY" not in found["environment"]
    assert found["environment"]["KERAS_BACKEND"] == "tensorflow" and found["folder"] == "/"


def test_nobody_waits_for_the_supervisor(supervisor: Watched) -> None:
    """Asking, cancelling and restarting return at once, whatever the worker is at."""
    jobs = [supervisor.ask({"do": "hang"}, 600) for _ in range(100)]
    begin = time.process_time()
    for job in jobs:
        supervisor.cancel(job)
    supervisor.restart()
    assert time.process_time() - begin < LONG  # it came here at all
    assert "pid" in supervisor.result("ping")
