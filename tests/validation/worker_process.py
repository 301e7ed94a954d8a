"""A real worker process for tests: no part of the server is between."""

from __future__ import annotations

import contextlib
import json
import os
import select
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

MAIN = Path(__file__).parents[2] / "server/shapewright/validation/worker/main.py"


class WorkerGone(Exception):
    """The process has closed its pipe."""


class WorkerProcess:
    """A worker, and what it said first (`hello`).

    Args:
        python: The interpreter whose Keras it is to use.
        program: Another program to start instead of the worker's main.py.
        options: Of the interpreter.
        before: Words that stand before the interpreter, such as `setpriv --reuid 65534`.
    """

    def __init__(
        self,
        python: str = sys.executable,
        program: Path = MAIN,
        before: Sequence[str] = (),
        environment: dict[str, str] | None = None,
        arguments: Sequence[str] = (),
        options: Sequence[str] = (),
    ) -> None:
        self.process = subprocess.Popen(
            [*before, python, "-B", *options, str(program), *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/",
            env={**os.environ, **(environment or {})},
        )
        assert self.process.stdin and self.process.stdout and self.process.stderr
        self.stdin, self.stdout = self.process.stdin, self.process.stdout
        self.last_id = 0
        self.hello = self.read(seconds=120)

    def read(self, seconds: float = 60) -> dict[str, Any]:
        deadline = time.monotonic() + seconds
        (length,) = struct.unpack(">I", self._read_exactly(4, deadline))
        message = json.loads(self._read_exactly(length, deadline))
        assert isinstance(message, dict)
        return message

    def _read_exactly(self, size: int, deadline: float) -> bytes:
        data = b""
        while len(data) < size:
            ready = select.select([self.stdout], [], [], max(0, deadline - time.monotonic()))[0]
            if not ready:
                raise TimeoutError("the worker did not answer")
            piece = os.read(self.stdout.fileno(), size - len(data))
            if not piece:
                raise WorkerGone(self.errors())
            data += piece
        return data

    def errors(self) -> str:
        """What it has written on standard error, once it has ended."""
        assert self.process.stderr
        return self.process.stderr.read().decode(errors="replace")

    def send_bytes(self, data: bytes) -> None:
        self.stdin.write(data)
        self.stdin.flush()

    def send(self, **message: Any) -> None:
        body = json.dumps(message).encode()
        self.send_bytes(struct.pack(">I", len(body)) + body)

    def ask(self, do: str, seconds: float = 60, **message: Any) -> dict[str, Any]:
        """Sends one request and waits for its reply."""
        self.last_id += 1
        self.send(id=self.last_id, do=do, **message)
        reply = self.read(seconds)
        assert reply["id"] == self.last_id
        return reply

    def plan(self, *steps: dict[str, Any], **limits: float) -> list[dict[str, Any]]:
        """The results of the steps, in their order."""
        reply = self.ask("plan", plan={"version": 1, "steps": list(steps)}, limits=limits)
        assert "steps" in reply, reply
        return [reply["steps"][str(step)] for step in range(len(steps))]

    def close(self) -> None:
        self.stdin.close()
        try:
            self.process.wait(10)
        finally:
            self.process.kill()
            self.process.wait()
            self.stdout.close()
            assert self.process.stderr
            self.process.stderr.close()


@contextlib.contextmanager
def worker(**options: Any) -> Iterator[WorkerProcess]:
    process = WorkerProcess(**options)
    try:
        yield process
    finally:
        process.close()
