"""Keeps a worker at hand: starts it at the first need, hands it one request at a time, and decides what its silence means.

    REST ──request──▶ STARTING ──hello──▶ READY ◀──reply── BUSY        READY ──idle──▶ REST
                          │                  └───request────▲ │
                          └────────── any failure ────────────┴──▶ DEAD ──pause──▶ STARTING
                                                                     └─ too many in a row ─▶ DISABLED ──restart()──▶ REST

One thread holds all of the state and starts the processes. It only waits for the next event or the next deadline, so that a
worker that hangs, floods or dies is never waited for. Nobody else waits for this thread.
"""

from __future__ import annotations

import itertools
import logging
import queue
import threading
import time
from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import Future, InvalidStateError
from contextlib import suppress
from dataclasses import dataclass, field
from enum import Enum
from functools import partial

from shapewright.validation.frames import BadFrame, Message
from shapewright.validation.process import PROTOCOL, Ended, Event, Hello, Process, Reply

log = logging.getLogger("shapewright")


class State(Enum):
    """What the worker is at."""

    REST = "not started"
    STARTING = "starting"
    READY = "ready"
    BUSY = "busy"
    DEAD = "dead"
    DISABLED = "disabled"


class Failed(Exception):
    """A request that got no answer. `reason` is one word, the message a sentence."""

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
        self.message = message


@dataclass(frozen=True)
class Patience:
    """How long things may take, in seconds, and after which pauses a worker that failed is started again."""

    start: float = 120.0
    grace: float = 5.0  # what a request may take beyond the time that the worker itself was given for it
    idle: float = 300.0
    pauses: tuple[float, ...] = (1.0, 5.0, 15.0, 60.0)


@dataclass
class Job:
    """A request on its way. The future has the worker's reply, or raises `Failed`."""

    number: int
    message: Message
    seconds: float
    future: Future[Message] = field(default_factory=Future)

    def answer(self, reply: Message) -> None:
        """Gives the reply to whoever still waits for it."""
        failed = reply.get("failed")
        if failed is not None:
            self.fail(str(failed), str(reply.get("message") or failed))
            return
        with suppress(InvalidStateError):
            self.future.set_result(reply)

    def fail(self, reason: str, message: str) -> None:
        """Tells whoever still waits that there will be no reply."""
        with suppress(InvalidStateError):
            self.future.set_exception(Failed(reason, message))


OnState = Callable[[State], None]


class Supervisor:
    """Answers requests with a worker process. All methods may be called from any thread and return at once."""

    def __init__(
        self, command: Sequence[str], patience: Patience | None = None, on_state: OnState = lambda state: None
    ) -> None:
        self._command = list(command)
        self._patience = patience or Patience()
        self._on_state = on_state
        self._events: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        self._numbers = itertools.count(1)
        self._thread: threading.Thread | None = None
        self._starting = threading.Lock()
        # What follows belongs to the thread; others may look at it.
        self.state = State.REST
        self.hello: Message = {}
        self.reason = ""  # why it is dead or disabled
        self.quiet = False  # whether the reason is nothing to trouble the user with: there is no Keras
        self._process: Process | None = None
        self._waiting: deque[Job] = deque()
        self._current: Job | None = None
        self._deadline: float | None = None
        self._failures = 0
        self._answered = False  # whether the process has answered anything
        self._stopped = False

    @property
    def pid(self) -> int | None:
        """The number of the worker process."""
        process = self._process
        return None if process is None else process.pid

    def ask(self, message: Message, seconds: float) -> Job:
        """Sends a request as soon as the worker is free. It may take `seconds` in the worker."""
        job = Job(next(self._numbers), message, seconds)
        if self._stopped:
            job.fail("cancelled", "The server ends.")
        self._post(partial(self._take, job))
        return job

    def cancel(self, job: Job) -> None:
        """Nobody waits for that request any more."""
        self._post(partial(self._give_up, job))

    def restart(self) -> None:
        """Begins anew, whatever has happened."""
        self._post(self._begin_anew)

    def stop(self, wait: bool = True) -> None:
        """Ends the worker and the thread."""
        thread = self._thread
        if thread is None:
            return
        self._post(self._stop)
        if wait and thread is not threading.current_thread():
            thread.join(10)

    def _post(self, event: Callable[[], None]) -> None:
        with self._starting:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name="shapewright-validation", daemon=True)
                self._thread.start()
        self._events.put(event)

    # -- the thread

    def _work(self) -> None:
        while not self._stopped:
            try:
                event = self._events.get(timeout=self._seconds_left())
            except queue.Empty:
                event = self._time_is_up
            try:
                event()
            except Exception:
                log.exception("The validation failed. Please report this.")

    def _seconds_left(self) -> float | None:
        return None if self._deadline is None else max(0.0, self._deadline - time.monotonic())

    def _become(self, state: State, seconds: float | None = None) -> None:
        """Goes over to a state that may last some seconds."""
        self._deadline = None if seconds is None else time.monotonic() + seconds
        if state is not self.state:
            self.state = state
            self._on_state(state)

    def _time_is_up(self) -> None:
        if self.state is State.STARTING:
            self._failed(f"Keras did not start within {self._patience.start:g} seconds")
        elif self.state is State.READY:
            log.info("The validation's worker was idle and is ended.")
            self._end_process()
            self._become(State.REST)
        elif self.state is State.BUSY:
            self._failed("it did not answer in time", "timeout")
        elif self.state is State.DEAD:
            if self._waiting:
                self._start()
            else:
                self._become(State.DEAD)  # until somebody asks

    def _take(self, job: Job) -> None:
        if self.state is State.DISABLED:
            job.fail("disabled", self.reason)
            return
        self._waiting.append(job)
        if self.state is State.REST or (self.state is State.DEAD and self._deadline is None):
            self._start()
        elif self.state is State.READY:
            self._next()

    def _give_up(self, job: Job) -> None:
        job.fail("cancelled", "Nobody waits for it any more.")
        if job in self._waiting:
            self._waiting.remove(job)
        elif job is self._current and self._process is not None:
            self._process.send({"cancel": job.number})
            self._deadline = time.monotonic() + self._patience.grace

    def _begin_anew(self) -> None:
        self._end_process()
        self._failures = 0
        self.reason, self.quiet = "", False
        self._current = None
        self._become(State.REST)
        if self._waiting:
            self._start()

    def _stop(self) -> None:
        self._end_process()
        self._stopped = True
        for job in (*self._waiting, *([self._current] if self._current else ())):
            job.fail("cancelled", "The server ends.")
        self._waiting.clear()
        self.state, self._current = State.REST, None

    def _start(self) -> None:
        log.info("Starting the validation's worker: %s", " ".join(self._command))
        try:
            self._process = Process(
                self._command, lambda process, event: self._post(partial(self._hear, process, event))
            )
        except (OSError, ValueError) as error:
            self._disable(f"{self._command[0]} cannot be started ({error})")
        else:
            self._become(State.STARTING, self._patience.start)

    def _hear(self, process: Process, event: Event) -> None:
        if process is not self._process:
            return  # the last words of one that was given up
        if isinstance(event, Ended):
            self._process_ended(event.reason)
        elif isinstance(event, Hello):
            self._greet(event)
        elif isinstance(event, Reply):
            self._answer(event.message)

    def _greet(self, hello: Hello) -> None:
        message = hello.message
        if hello.chatter:
            log.info("While it started, the validation's Python printed: %s", hello.chatter[:500])
        if message.get("ready") is not True:
            self._disable(str(message.get("message") or "Keras cannot be used there."), quiet=True)
        elif message.get("protocol") != PROTOCOL:
            self._disable(
                f"the worker speaks version {message.get('protocol')} of the protocol and not {PROTOCOL}; "
                "install shapewright again"
            )
        else:
            self.hello, self._answered = message, False
            log.info(
                "The validation's worker is ready: Keras %s on Python %s, locks: %s",
                message.get("keras"),
                message.get("python"),
                message.get("locks"),
            )
            self._ready()

    def _answer(self, message: Message) -> None:
        job = self._current
        if job is None or message.get("id") != job.number:
            self._failed("it answered what nobody asked")
            return
        self._failures = 0
        self._answered = True
        self._current = None
        job.answer(message)
        self._ready()

    def _ready(self) -> None:
        self._become(State.READY, self._patience.idle)
        self._next()

    def _next(self) -> None:
        while self._waiting and self._process is not None:
            job = self._waiting.popleft()
            if job.future.cancelled():
                continue
            try:
                self._process.send({"id": job.number, **job.message})
            except (BadFrame, ValueError) as error:
                job.fail("bad-plan", f"It cannot be sent: {error}.")
                continue
            self._current = job
            self._become(State.BUSY, job.seconds + self._patience.grace)
            return

    def _process_ended(self, reason: str) -> None:
        assert self._process is not None
        self._process.kill()  # what is left of its group, too
        if (
            not reason
            and self._process.ended_well
            and self.hello.get("forks") is False
            and self.state is not State.STARTING
        ):
            self._ended_well()
        else:
            self._failed(reason or self._process.ending)

    def _ended_well(self) -> None:
        """A worker that cannot copy itself ends now and then, after a reply; what it was sent meanwhile is for the next."""
        self._process = None
        job, self._current = self._current, None
        if job is not None and not job.future.done():
            self._waiting.appendleft(job)
        self._become(State.REST)
        if self._waiting:
            self._start()

    def _failed(self, why: str, reason: str = "crash") -> None:
        """The process is of no use any more: it is ended, and another one started after a while."""
        words = self._process.last_words if self._process is not None else ""
        self._end_process()
        job, self._current = self._current, None
        if job is not None:
            job.fail(reason, f"The validation was given up: {why}.")
        log.warning("The validation's worker failed: %s.%s", why, f" It said: {words}" if words else "")
        pauses = self._patience.pauses
        if self._failures >= len(pauses):
            self._disable(f"its worker failed {self._failures + 1} times in a row; the last time: {why}")
            return
        self.reason = why
        self._become(State.DEAD, pauses[self._failures])
        self._failures += 1

    def _disable(self, why: str, quiet: bool = False) -> None:
        self._end_process()
        self.reason, self.quiet = why, quiet
        for job in self._waiting:
            job.fail("disabled", why)
        self._waiting.clear()
        self._become(State.DISABLED)

    def _end_process(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.kill()
