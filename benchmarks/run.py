"""Measures what somebody who types feels: latency and memory of a real server over stdio.

    python benchmarks/run.py [LINES...]

Each figure is of a server of its own and of a generated program. Every answer that is timed is checked, too.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from statistics import median, quantiles
from typing import Any

import psutil
from programs import program

EDITS = 60
STARTS = 5
URI = "file:///benchmark/program.py"
COMMAND = (sys.executable, "-m", "shapewright", "server")


class Server:
    """A server process, and JSON-RPC with it, one thing at a time."""

    def __init__(self) -> None:
        begin = time.perf_counter()
        self.process = subprocess.Popen(
            COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
        )
        self._number = 0
        capabilities = {"general": {"positionEncodings": ["utf-16"]}, "textDocument": {"hover": {}, "inlayHint": {}}}
        self.request("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
        self.start = time.perf_counter() - begin
        self.notify("initialized", {})

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline()).strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            raise RuntimeError(f"the server ended with {self.process.wait()}")
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """The answer to a request. What the server asks meanwhile is answered with nothing."""
        self._number += 1
        self._send({"id": self._number, "method": method, "params": params})
        while True:
            message = self._receive()
            if "method" in message:
                if "id" in message:
                    self._send({"id": message["id"], "result": None})
            elif message.get("id") == self._number:
                if "error" in message:
                    raise RuntimeError(f"{method}: {message['error']}")
                return message["result"]

    def open(self, text: str) -> None:
        self.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": URI, "languageId": "python", "version": 1, "text": text}},
        )

    def hints(self, first: int, last: int) -> Any:
        where = {"start": {"line": first, "character": 0}, "end": {"line": last, "character": 0}}
        return self.request("textDocument/inlayHint", {"textDocument": {"uri": URI}, "range": where})

    def hover(self, line: int) -> str:
        """What a hover on the first character of a line says."""
        position = {"line": line, "character": 0}
        found = self.request("textDocument/hover", {"textDocument": {"uri": URI}, "position": position})
        return "" if found is None else str(found["contents"])

    def replace(self, version: int, line: int, begin: int, end: int, new_text: str) -> None:
        where = {"start": {"line": line, "character": begin}, "end": {"line": line, "character": end}}
        self.notify(
            "textDocument/didChange",
            {
                "textDocument": {"uri": URI, "version": version},
                "contentChanges": [{"range": where, "text": new_text}],
            },
        )

    def memory(self) -> float:
        """Resident memory in MB."""
        return float(psutil.Process(self.process.pid).memory_info().rss / 1e6)

    def close(self) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        self.process.wait(10)


def measure(lines: int) -> list[str]:
    """One row of the table."""
    text = program(lines)
    last = text.rstrip("\n").count("\n")
    probe = text.split("\n")[last - 1]
    server = Server()
    try:
        begin = time.perf_counter()
        server.open(text)
        shown = server.hints(max(0, last - 50), last + 1)
        first_hints = time.perf_counter() - begin
        assert any("(None, 10)" in str(hint["label"]) for hint in shown), "no hints"
        column = probe.index("3, 1")
        edits, warm, width = [], [], 1
        for number in range(EDITS):
            time.sleep(0.05)  # a key, and a pause: the work that follows an edit goes on meanwhile
            steps = str(number + 4)
            begin = time.perf_counter()
            server.replace(number + 2, last - 1, column, column + width, steps)
            answer = server.hover(last - 1)
            edits.append(time.perf_counter() - begin)
            assert f"(None, {steps}, 1)" in answer, answer
            width = len(steps)
        time.sleep(2)
        for _ in range(EDITS):
            begin = time.perf_counter()
            answer = server.hover(last)
            warm.append(time.perf_counter() - begin)
            assert "(None, 10)" in answer, answer
        memory = server.memory()
        server.close()
    finally:
        server.process.kill()
    return [f"{lines:,}", milliseconds(first_hints), *both(edits), *both(warm), f"{memory:.0f} MB"]


def both(times: list[float]) -> tuple[str, str]:
    """The median and the 95th percentile."""
    return milliseconds(median(times)), milliseconds(quantiles(times, n=20)[-1])


def milliseconds(seconds: float) -> str:
    return f"{seconds * 1000:.1f} ms"


def cold_start() -> str:
    """The time from the start of a process to the answer to `initialize`, the median of some."""
    times = []
    for _ in range(STARTS):
        server = Server()
        times.append(server.start)
        server.close()
    return milliseconds(median(times))


def main() -> None:
    sizes = [int(argument) for argument in sys.argv[1:]] or [100, 1_000, 10_000]
    print(f"Cold start, from the start of the process to `initialize` answered: {cold_start()} (median of {STARTS})\n")
    print("| lines | first hints | edit to fresh hover p50 | p95 | warm hover p50 | p95 | memory |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: |", flush=True)
    for lines in sizes:
        print("| " + " | ".join(measure(lines)) + " |", flush=True)


if __name__ == "__main__":
    main()
