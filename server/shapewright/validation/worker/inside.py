"""The life of the process of one validation: locks, a warm-up, one request, its answer, the end."""

from __future__ import annotations

import contextlib
import gc
import os
import signal
from typing import Any

from . import locks, requests
from .channel import HIGHEST_DESCRIPTOR
from .frames import MAX_REQUEST, FrameBuffer, pack, write_all
from .library import Library
from .plan_builder import PlanBuilder
from .validation import answer
from .weights import weightless

_SMALL: dict[str, Any] = {
    "version": 1,
    "steps": [
        {"do": "input", "arguments": {"shape": {"tuple": [8, 8, 2]}}},
        {"do": "layer", "class": "keras.layers.Conv2D", "arguments": {"filters": 2, "kernel_size": 3, "activation": "relu"}},
        {"do": "call", "callee": {"ref": 1}, "args": [{"ref": 0}]},
        {"do": "layer", "class": "keras.layers.Reshape", "arguments": {"target_shape": {"tuple": [36, 2]}}},
        {"do": "call", "callee": {"ref": 3}, "args": [{"ref": 2}]},
        {"do": "layer", "class": "keras.layers.LSTM", "arguments": {"units": 2}},
        {"do": "call", "callee": {"ref": 5}, "args": [{"ref": 4}]},
        {"do": "layer", "class": "keras.layers.Dense", "arguments": {"units": 2}},
        {"do": "call", "callee": {"ref": 7}, "args": [{"ref": 6}]},
        {"do": "model", "inputs": {"ref": 0}, "outputs": {"ref": 8}, "name": None},
    ],
}


def live(
    library: Library, worker_locks: dict[str, str], worker: int, request_end: int, output: int, error_output: int
) -> None:
    """It never returns.

    Args:
        worker: The process that this one is a copy of.
        request_end: The pipe that the request will come from; the answer goes to `output`.
    """
    try:
        locks.end_with_parent(worker)
        os.dup2(0, 1)  # the worker's own standard input is nothing
        os.dup2(request_end, 0)
        os.dup2(error_output, 2)
        output = os.dup2(output, 3, inheritable=False)
        os.closerange(4, HIGHEST_DESCRIPTOR)
        in_force = locks.lock_waiting(worker_locks)
        warm_up(library)
        request = _receive(0)
        os.dup2(1, 0)
        in_force = locks.lock_validation(in_force, request.memory, request.seconds)
        write_all(output, pack(answer(library, request, in_force)))
        signal.pause()  # the worker looks at how much memory this took, and kills it
    except BaseException as error:
        with contextlib.suppress(OSError):
            os.write(2, f"{type(error).__name__}: {error}".encode("utf-8", "replace")[:2000])
    finally:
        os._exit(70)


def warm_up(library: Library) -> None:
    """Builds a small model and forgets it: TensorFlow starts its threads, pages of memory become this process's own.

    Measured: the first model takes 18 ms less then. Threads start here, so what locks only the thread that asks for it
    (Landlock, capabilities) must be in force already.
    """
    with contextlib.suppress(Exception):  # what this Keras cannot do it says of the real plan
        with weightless(library):
            PlanBuilder(library).build(_SMALL)
        library.keras.backend.clear_session()  # names of layers count from the beginning again
        gc.freeze()


def _receive(file: int) -> requests.Request:
    buffer = FrameBuffer(MAX_REQUEST)
    while True:
        data = os.read(file, 1 << 18)
        if not data:
            os._exit(0)  # the worker has ended
        for frame in buffer.add(data):
            return requests.read(frame)
