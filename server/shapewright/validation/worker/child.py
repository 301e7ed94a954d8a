"""One validation in a process of its own, seen from the worker: its start, its bounds, its end."""

from __future__ import annotations

import os
import select
import signal
import sys
import time
from typing import Any

from . import inside, replies
from .frames import LENGTH, MAX_REPLY, BrokenFrame, FrameBuffer
from .library import Library
from .requests import Request

ERRORS_KEPT = 4000  # bytes of what a child writes on standard error
MOST_THREADS = 256
NEARLY_ALL = 0.8
BETWEEN_LOOKS = 0.1  # seconds
OUT_OF_MEMORY = (b"bad_alloc", b"MemoryError", b"out of memory", b"Cannot allocate memory", b"length_error")


class Child:
    """A copy of the worker that waits for one request and does it. Nothing of an earlier one is in it."""

    def __init__(self, library: Library, worker_locks: dict[str, str]) -> None:
        self.request = Request(0, "")
        self.began = self.deadline = 0.0
        self.to_send = memoryview(b"")
        self.buffer = FrameBuffer(MAX_REPLY)
        self.answer: bytes | None = None
        self.failure: tuple[str, str] | None = None
        self.errors = b""
        self.peak: int | None = None
        self.status = 0
        self.ended_itself = False
        worker = os.getpid()
        request_end, self.input = os.pipe()
        self.output, output = os.pipe()
        self.error_output, error_output = os.pipe()
        sys.stdout.flush()
        sys.stderr.flush()
        self.process = os.fork()
        if self.process == 0:
            inside.live(library, worker_locks, worker, request_end, output, error_output)
        for file in (request_end, output, error_output):
            os.close(file)
        os.set_blocking(self.input, False)
        self.open = [self.output, self.error_output]

    def begin(self, request: Request) -> None:
        """Gives the request to the process. From now on its time runs."""
        self.request = request
        self.began = time.monotonic()
        self.deadline = self.began + request.seconds
        self.to_send = memoryview(LENGTH.pack(len(request.frame)) + request.frame)
        self.send()

    def send(self) -> None:
        """Sends as much of the request as the process takes now."""
        try:
            self.to_send = self.to_send[os.write(self.input, self.to_send) :]
        except BlockingIOError:
            pass
        except OSError:  # it has ended; how, is seen at its other pipes
            self.to_send = memoryview(b"")

    def has_ended_early(self) -> bool:
        """Whether the process has ended before it was given a request."""
        return bool(select.select([self.output], [], [], 0)[0])

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
        """Ends the process, whatever it is doing, and if it only pretends to have ended."""
        if self.output not in self.open and self.failure is None:
            self._wait_for_its_own_end()
        if not self.ended_itself:
            self.peak, self.status = self._peak(), signal.SIGKILL
            os.kill(self.process, signal.SIGKILL)

    def release(self) -> None:
        """After `kill`: waits until nothing is left of the process, which for one with as much memory takes milliseconds."""
        if not self.ended_itself:
            os.waitpid(self.process, 0)
        for file in (self.input, self.output, self.error_output):
            os.close(file)

    def _peak(self) -> int | None:
        """The most resident memory that it had, in bytes."""
        try:
            with open(f"/proc/{self.process}/status", encoding="ascii", errors="replace") as file:
                return next((int(line.split()[1]) * 1024 for line in file if line.startswith("VmHWM:")), None)
        except OSError:
            return None

    def _wait_for_its_own_end(self) -> None:
        """It has closed its pipe without an answer, so it is ending; how, tells why."""
        for _ in range(100):
            process, status, usage = os.wait4(self.process, os.WNOHANG)
            if process:
                self.status, self.peak, self.ended_itself = status, usage.ru_maxrss * 1024, True
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
        reply["peak"] = self.peak
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
        if (self.peak or 0) > self.request.memory * NEARLY_ALL:  # libraries crash when they get no more
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
        if child.to_send:
            poll.register(child.input, select.POLLOUT)
    ready = {file for file, _ in poll.poll(timeout)}
    if child is not None:
        for file in list(child.open):
            if file in ready:
                child.read(file)
        if child.input in ready:
            child.send()
    return incoming in ready
