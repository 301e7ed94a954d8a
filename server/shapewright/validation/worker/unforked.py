"""The loop where processes cannot be copied (macOS, Windows, a Keras that has started threads): this process validates.

A second thread reads requests, and is what ends this process: when the server is gone, when a validation was cancelled or
took too long. A process that has done a few validations ends by itself after a reply; the server starts another one at the
next need.
"""

from __future__ import annotations

import os
import queue
import sys
import threading
import time
from typing import TYPE_CHECKING, Any

from . import locks, replies, requests
from .frames import MAX_REPLY, pack
from .validation import answer

if TYPE_CHECKING:
    from .service import Service

VALIDATIONS = 50


class Unforked:
    def __init__(self, service: Service) -> None:
        self.service = service
        self.requests: queue.Queue[requests.Request] = queue.Queue(100)
        self.cancelled: set[int] = set()
        self.running: requests.Request | None = None
        self.deadline = 0.0
        self.most_memory = 0
        self.sending = threading.Lock()

    def serve(self) -> None:
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._watch, daemon=True).start()
        locked = None
        for _ in range(VALIDATIONS):
            request = self.requests.get()
            began = time.monotonic()
            with self.sending:  # it is cancelled before it runs, or while it runs
                cancelled = request.id in self.cancelled
                if not cancelled:
                    self.deadline, self.running = began + request.seconds, request
                    self.most_memory = peak_memory() + request.memory
            if cancelled:
                self._send({"id": request.id, "failed": "cancelled", "message": "The validation was cancelled"})
                continue
            locked = locked or locks.lock_validation(self.service.worker_locks, request.memory, request.seconds)
            reply = self._answer(request, locked)
            reply.update(id=request.id, seconds=round(time.monotonic() - began, 4), peak=None)
            with self.sending:
                self.running = None
            self._send(reply)
            if request.do == "source":
                break  # nothing of a user's code stays

    def _answer(self, request: requests.Request, locked: dict[str, str]) -> dict[str, Any]:
        frame = pack(answer(self.service.library, request, locked))[4:]
        if len(frame) > MAX_REPLY:
            return {"failed": "output", "message": "The answer is too large"}
        try:
            return replies.read(frame, request)
        except replies.BadReply as error:
            return {"failed": "crash", "message": str(error)}

    def _send(self, message: dict[str, Any]) -> None:
        with self.sending:
            self.service.channel.send(message)

    def _read(self) -> None:
        try:
            while True:
                for frame in self.service.channel.receive():
                    self._take(frame)
        except Exception:
            os._exit(0)  # the server is gone, or sends what is no frame

    def _take(self, frame: bytes) -> None:
        try:
            request = requests.read(frame)
        except requests.BadRequest as error:
            self._send({"id": error.id, "failed": "bad-plan", "message": str(error)})
            return
        if request.do == "ping":
            self._send({"id": request.id})
        elif request.do == "cancel":
            with self.sending:
                self.cancelled.add(request.id)
                running = self.running
            if running and running.id == request.id:
                self._end(running, "cancelled", "The validation was cancelled")
        else:
            self.requests.put(request)

    def _watch(self) -> None:
        while True:
            time.sleep(0.05)
            running = self.running
            if running and time.monotonic() > self.deadline:
                self._end(running, "timeout", f"The validation took longer than {running.seconds:g} seconds")
            elif running and peak_memory() > self.most_memory:  # macOS has no limit for that
                self._end(running, "memory", f"The validation needed more memory than {running.memory:,} bytes")

    def _end(self, request: requests.Request, reason: str, message: str) -> None:
        """A validation that runs in this process can only be ended together with it."""
        with self.sending:
            if self.running is request:
                self.service.channel.send({"id": request.id, "failed": reason, "message": message})
                os._exit(0)


def serve(service: Service) -> None:
    try:
        Unforked(service).serve()
    finally:
        sys.stderr.flush()
        os._exit(0)


def peak_memory() -> int:
    """The most resident memory that this process ever had, in bytes; 0 where that is not known."""
    if sys.platform == "win32":
        return 0
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
