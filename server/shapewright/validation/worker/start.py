"""The start: a quiet process, a private pair of pipes, locks, Keras, and the first frame."""

from __future__ import annotations

import os
import sys
import time
from typing import Any

from . import environment, library, locks, service
from .channel import Channel
from .library import Library, NoKeras

PROTOCOL = 1
NOT_LOCKED = (
    "The project's environment came with the opened folder, and this system has no locks to load its code under. "
    "To use it all the same, name it in the setting validation.python."
)


def start() -> None:
    began = time.perf_counter()
    environment.prepare()
    locks.end_with_parent(os.getppid())  # also when it is stuck, and does not see that its pipe closes
    channel = Channel.take_over()
    came_along = "--locked" in sys.argv
    first_locks = locks.lock_worker(came_along)
    if came_along and not locks.are_in_force(first_locks):
        channel.send({"ready": False, "reason": "locked-out", "message": NOT_LOCKED})
        return
    environment.load_packages()
    try:
        found = library.import_keras()
    except NoKeras as error:
        channel.send({"ready": False, "reason": error.reason, "message": str(error)})
        return
    worker = service.Service(channel, found, first_locks)
    channel.send(hello(found, worker, time.perf_counter() - began))
    worker.serve()


def hello(found: Library, worker: service.Service, seconds: float) -> dict[str, Any]:
    return {
        "ready": True,
        "protocol": PROTOCOL,
        "python": "{}.{}.{}".format(*sys.version_info[:3]),
        "keras": found.version,
        "backend": found.backend,
        "tensorflow": found.tensorflow_version,
        "locks": worker.locks,
        "source": worker.source,
        "forks": worker.forks,
        "process": os.getpid(),
        "seconds": round(seconds, 3),
    }
