"""The loop of the worker: one request after the other, each in a process of its own that ends with it."""

from __future__ import annotations

import collections
import gc
import os
import sys
from typing import Any

from . import locks, requests
from .channel import Channel
from .child import Child, wait_for_input
from .frames import BrokenFrame
from .library import Library

MOST_WAITING = 100


class Service:
    """A worker that has imported Keras and waits for requests.

    Where a process can be copied (`forks`) every validation runs in a copy of this one, which knows Keras already and takes
    whatever happens to it along when it ends. The next copy is made when a validation has ended, and warms up while nobody
    waits. Elsewhere validations run in this process, and the server starts another when
    it ends (`unforked.py`).
    """

    def __init__(self, channel: Channel, library: Library, first_locks: dict[str, str]) -> None:
        self.channel = channel
        self.library = library
        self.worker_locks = first_locks
        self.locks = first_locks
        self.forks = can_fork()
        self.waiting: collections.deque[requests.Request] = collections.deque()
        self.running: Any = None
        self.spare: Any = None
        if self.forks:
            gc.collect()
            gc.freeze()  # what Keras is made of is shared with every child, as long as nobody writes to it
            self.locks = self._locks_of_a_child()
        else:
            self.locks = self.worker_locks = locks.lock_waiting(first_locks)

    @property
    def source(self) -> bool | str:
        """True if code of a user may be run, or why not."""
        later = {} if self.forks else dict.fromkeys(locks.LAST, "ok")
        missing = locks.missing_for_source({**later, **self.locks})
        return True if missing is None else f"No code is run while a lock is missing: {missing}"

    def _locks_of_a_child(self) -> dict[str, str]:
        """What a first child says of its locks."""
        child = Child(self.library, self.worker_locks)
        child.begin(requests.read(b'{"id": 0, "do": "locks"}'))
        while not child.ended():
            wait_for_input(None, child)
        reply = child.reply()
        child.release()
        found = reply.get("locks")
        return found if isinstance(found, dict) else {**self.worker_locks, "process": reply.get("message", "none")}

    def serve(self) -> None:
        """Until the server closes the pipe, or dies."""
        try:
            if self.forks:
                self._serve_with_children()
            else:
                from .unforked import serve

                serve(self)
        except (EOFError, OSError):
            pass
        except BrokenFrame as error:
            print(f"shapewright worker: {error}", file=sys.stderr)
        finally:
            for child in (self.running, self.spare):
                if child:
                    child.kill()
                    child.release()

    def _serve_with_children(self) -> None:
        while True:
            if self.spare is None and self.running is None:
                self.spare = Child(self.library, self.worker_locks)
            if self.running is None and self.waiting:
                self.running, self.spare = self._ready_child(), None
                self.running.begin(self.waiting.popleft())
            request_came = wait_for_input(self.channel.incoming, self.running)
            if request_came:
                self._take_in()
            if self.running and self.running.ended():
                self.channel.send(self.running.reply())
                self.running.release()
                self.running = None

    def _ready_child(self) -> Child:
        """The process that waits for a request, or another where somebody has ended it."""
        child: Child = self.spare
        if child.has_ended_early():
            child.kill()
            child.release()
            child = Child(self.library, self.worker_locks)
        return child

    def _take_in(self) -> None:
        for frame in self.channel.receive():
            try:
                request = requests.read(frame)
            except requests.BadRequest as error:
                self.channel.send({"id": error.id, "failed": "bad-plan", "message": str(error)})
                continue
            if request.do == "ping":
                self.channel.send({"id": request.id})
            elif request.do == "cancel":
                self._cancel(request.id)
            elif len(self.waiting) >= MOST_WAITING:
                self.channel.send({"id": request.id, "failed": "crash", "message": "too many validations are waiting"})
            else:
                self.waiting.append(request)

    def _cancel(self, id: int) -> None:
        if self.running and self.running.request.id == id:
            self.running.fail("cancelled", "The validation was cancelled")
            return
        for request in [request for request in self.waiting if request.id == id]:
            self.waiting.remove(request)
            self.channel.send({"id": id, "failed": "cancelled", "message": "The validation was cancelled"})


def can_fork() -> bool:
    """Whether a copy of this process works: where it has several threads, a lock may stay locked in the copy for ever."""
    if not sys.platform.startswith("linux"):
        return False
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False
