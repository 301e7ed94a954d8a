"""One validation in a process of its own, seen from the worker: its start, its bounds, its end."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import time
from typing import Any

from . import locks, replies
from .channel import HIGHEST_DESCRIPTOR
from .frames import MAX_REPLY, BrokenFrame, FrameBuffer, pack, write_all
from .library import Library
from .requests import Request
from .validation import answer

ERRORS_KEPT = 4000  # bytes of what a child writes on standard error
MOST_THREADS = 256
NEARLY_ALL = 0.8
BETWEEN_LOOKS = 0.1  # seconds
OUT_OF_MEMORY = (b"bad_alloc", b"MemoryError", b"out of memory", b"Cannot allocate memory", b"length_error")


class Child:
    """A copy of the worker that does one request."""

    def __init__(self, library: Library, request: Request, worker_locks: dict[str, str]) -> None:
        self.request = request
        self.began = time.monotonic()
        self.deadline = self.began + request.seconds
        self.buffer = FrameBuffer(MAX_REPLY)
        self.answer: bytes | None = None
        self.failure: tuple[str, str] | None = None
        self.errors = b""
        self.usage: Any = None
        self.status = 0
        worker = os.getpid()
        self.output, output = os.pipe()
        self.error_output, error_output = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.process = os.fork()
        if self.process == 0:
            _be_child(library, request, worker_locks, output, error_output, worker)
        os.close(output)
        os.close(error_output)
        self.open = [self.output, self.error_output]

    def read(self, file: int) -> None:
        data = os.read(file, 1 << 16)
        if not data:
            self.open.remove(file)
        elif file == self.error_output:
            self.errors = (self.errors + data)[-ERRORS_KEPT:]
        elif self.answer is None:
            self._read_answer(data)

    def _read_answer(self, data: bytes) -> None:
        try:
            for frame in self.buffer.add(data):
                self.answer = frame
                return
        except BrokenFrame as error:
            self.fail("output", f"The answer is too large: {error}")

    def fail(self, reason: str, message: str) -> None:
        """Ends the validation."""
        self.failure = self.failure or (reason, message)

    def ended(self) -> bool:
        """Whether there is a reply: the answer is complete, the time is over, or the process has ended."""
        if time.monotonic() >= self.deadline:
            self.fail("timeout", f"The validation took longer than {self.request.seconds:g} seconds")
        elif self.threads() > MOST_THREADS:
            self.fail("crash", f"The validation started more than {MOST_THREADS} threads")
        if self.failure or self.answer is not None or self.output not in self.open:
            self.kill()
            return True
        return False

    def threads(self) -> int:
        """How many there are: no limit of the system counts those of one process."""
        try:
            return os.stat(f"/proc/{self.process}/task").st_nlink - 2
        except OSError:
            return 0

    def kill(self) -> None:
        """Whatever it is doing, and if it only pretends to have ended."""
        if self.usage is None:
            if self.output not in self.open and self.failure is None:
                self._wait_for_its_own_end()
            if self.usage is None:
                os.kill(self.process, signal.SIGKILL)
                _, self.status, self.usage = os.wait4(self.process, 0)
            for file in (self.output, self.error_output):
                os.close(file)

    def _wait_for_its_own_end(self) -> None:
        """It has closed its pipe without an answer, so it is ending; how, tells why."""
        for _ in range(100):
            process, status, usage = os.wait4(self.process, os.WNOHANG)
            if process:
                self.status, self.usage = status, usage
                self._read_last_errors()
                return
            time.sleep(0.01)

    def _read_last_errors(self) -> None:
        while self.error_output in self.open and select.select([self.error_output], [], [], 0)[0]:
            self.read(self.error_output)

    def reply(self) -> dict[str, Any]:
        if self.failure is None and self.answer is not None:
            try:
                reply = replies.read(self.answer, self.request)
            except replies.BadReply as error:
                reply = {"failed": "crash", "message": f"The validation gave no answer that can be read: {error}"}
        else:
            reason, message = self.failure or self._cause_of_death()
            reply = {"failed": reason, "message": message}
        reply["id"] = self.request.id
        reply["seconds"] = round(time.monotonic() - self.began, 4)
        reply["peak"] = self.usage.ru_maxrss * 1024
        return reply

    def _cause_of_death(self) -> tuple[str, str]:
        last = self.errors.decode("utf-8", "replace").strip()[-300:]
        if any(sign in self.errors for sign in OUT_OF_MEMORY):
            return "memory", f"The validation needed more memory than {self.request.memory:,} bytes"
        if not os.WIFSIGNALED(self.status):
            return "crash", f"The validation ended with status {os.WEXITSTATUS(self.status)}. {last}"
        number = os.WTERMSIG(self.status)
        if number == signal.SIGXCPU:
            return "timeout", f"The validation needed more than {self.request.seconds:g} seconds"
        if number == signal.SIGKILL:
            return "killed", "The validation was killed, perhaps because the system had no memory left"
        if self.usage.ru_maxrss * 1024 > self.request.memory * NEARLY_ALL:  # libraries crash when they get no more
            return "memory", f"The validation needed more memory than {self.request.memory:,} bytes"
        return "crash", f"The validation crashed with {signal.Signals(number).name}. {last}"


def wait_for_input(incoming: int | None, child: Child | None) -> bool:
    """Waits for a request, for the child, or for the end of its time.

    Returns:
        Whether a request has come.
    """
    poll = select.poll()
    if incoming is not None:
        poll.register(incoming, select.POLLIN)
    timeout = None
    if child is not None:
        timeout = min(max(0.0, child.deadline - time.monotonic()), BETWEEN_LOOKS) * 1000 + 1
        for file in child.open:
            poll.register(file, select.POLLIN)
    ready = {file for file, _ in poll.poll(timeout)}
    if child is not None:
        for file in list(child.open):
            if file in ready:
                child.read(file)
    return incoming in ready


def _be_child(
    library: Library, request: Request, worker_locks: dict[str, str], output: int, error_output: int, worker: int
) -> None:
    """The life of the child. It never returns."""
    status = 70
    try:
        locks.end_with_parent(worker)
        os.dup2(0, 1)  # the worker's own standard input is nothing
        os.dup2(error_output, 2)
        output = os.dup2(output, 3, inheritable=False)
        os.closerange(4, HIGHEST_DESCRIPTOR)
        in_force = locks.lock_validation(worker_locks, request.memory, request.seconds)
        write_all(output, pack(answer(library, request, in_force)))
        status = 0
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(2, f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:2000])
    finally:
        os._exit(status)
