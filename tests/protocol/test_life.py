"""How servers begin and end."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import psutil
import pytest
from lsprotocol import types
from pytest_lsp import make_test_lsp_client

from .programs import FIRST, SHAPES
from .talk import COMMAND, LONG, Talk, capabilities


def message(method: str, number: int | None = None, **params: Any) -> bytes:
    content: dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params}
    if number is not None:
        content["id"] = number
    body = json.dumps(content).encode()
    return b"Content-Length: %d\r\n\r\n%s" % (len(body), body)


def hello(process: int | None = None) -> bytes:
    return message("initialize", 1, processId=process, capabilities={}, rootUri=None) + message("initialized")


def answer(stream: Any) -> dict[str, Any]:
    """The next message of a server."""
    size = 0
    while (line := stream.readline()) not in (b"\r\n", b""):
        if line.lower().startswith(b"content-length:"):
            size = int(line.split(b":")[1])
    return json.loads(stream.read(size))


@pytest.fixture
def server() -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        COMMAND, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, bufsize=0
    )
    yield process
    process.kill()
    process.wait()
    for stream in (process.stdin, process.stdout):
        if stream is not None:
            stream.close()


def send(server: subprocess.Popen[bytes], *messages: bytes) -> None:
    assert server.stdin is not None
    server.stdin.write(b"".join(messages))
    server.stdin.flush()


def test_shutdown_and_exit(server: subprocess.Popen[bytes]) -> None:
    send(server, hello(os.getpid()))
    assert answer(server.stdout)["result"]["serverInfo"]["name"] == "shapewright"
    send(server, message("shutdown", 2))
    assert answer(server.stdout) == {"jsonrpc": "2.0", "id": 2, "result": None}
    send(server, message("exit"))
    assert server.wait(LONG) == 0


def test_exit_without_shutdown(server: subprocess.Popen[bytes]) -> None:
    send(server, hello())
    answer(server.stdout)
    send(server, message("exit"))
    assert server.wait(LONG) == 1


@pytest.mark.parametrize("begin", [b"", hello(), b"Content-Length: 500\r\n\r\n{"])
def test_the_pipe_closes(server: subprocess.Popen[bytes], begin: bytes) -> None:
    send(server, begin)
    if begin == hello():
        answer(server.stdout)
    assert server.stdin is not None
    server.stdin.close()
    assert server.wait(LONG) == 1


def test_the_pipe_closes_while_a_program_is_analysed(server: subprocess.Popen[bytes]) -> None:
    item = {"uri": "file:///a.py", "languageId": "python", "version": 1, "text": FIRST * 2000}
    send(server, hello(), message("textDocument/didOpen", textDocument=item))
    answer(server.stdout)
    assert server.stdin is not None
    server.stdin.close()
    assert server.wait(LONG) == 1


def test_nonsense_on_the_wire(server: subprocess.Popen[bytes]) -> None:
    broken = b"Content-Length: 9\r\n\r\n{nonsense"
    send(server, broken, hello())
    while (found := answer(server.stdout)).get("id") != 1:
        assert "error" in found
    assert found["result"]["capabilities"]["hoverProvider"]


@pytest.mark.skipif(sys.platform == "win32", reason="the pipe tells it there")
def test_the_editor_is_killed_while_its_pipe_stays_open() -> None:
    """Something else holds the pipe; the process that said hello is gone."""
    editor = """
import subprocess, sys, time
server = subprocess.Popen([sys.executable, "-m", "shapewright", "server"], stdin=int(sys.argv[1]),
                          stdout=int(sys.argv[2]), stderr=subprocess.DEVNULL)
print(server.pid, flush=True)
time.sleep(600)
"""
    theirs, ours = os.pipe()
    answers, says = os.pipe()
    parent = subprocess.Popen(
        [sys.executable, "-c", editor, str(theirs), str(says)],
        stdout=subprocess.PIPE,
        pass_fds=[theirs, says],
        text=True,
    )
    assert parent.stdout is not None
    server = psutil.Process(int(parent.stdout.readline()))
    try:
        os.write(ours, hello(parent.pid))
        with open(answers, "rb", closefd=False) as stream:
            assert answer(stream)["id"] == 1
        assert server.is_running() and server.status() != psutil.STATUS_ZOMBIE
        parent.send_signal(signal.SIGKILL)
        parent.communicate()
        _, alive = psutil.wait_procs([server], timeout=LONG)
        assert not alive or all(process.status() == psutil.STATUS_ZOMBIE for process in alive)
    finally:
        parent.kill()
        if server.is_running() and server.status() != psutil.STATUS_ZOMBIE:
            server.kill()
        for end in (theirs, ours, answers, says):
            os.close(end)


def test_an_editor_in_another_container(server: subprocess.Popen[bytes]) -> None:
    """Its number says nothing here: there is no such process to begin with."""
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    send(server, hello(gone.pid))
    assert answer(server.stdout)["id"] == 1
    with pytest.raises(subprocess.TimeoutExpired):
        server.wait(3)


@pytest.mark.parametrize("transport", ["tcp", "ws"])
async def test_other_transports(transport: str) -> None:
    if transport == "ws":
        pytest.importorskip("websockets")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    process = subprocess.Popen([*COMMAND, f"--{transport}", f"127.0.0.1:{port}"], stderr=subprocess.DEVNULL)
    try:
        client = make_test_lsp_client()
        for attempt in range(300):
            try:
                await (client.start_tcp if transport == "tcp" else client.start_ws)("127.0.0.1", port)
                break
            except OSError:
                assert process.poll() is None and attempt < 299
                await asyncio.sleep(0.1)
        result = await client.initialize_session(types.InitializeParams(capabilities()))
        talk = Talk(client, result)
        assert await talk.labels(talk.open(FIRST)) == SHAPES
        await client.shutdown_session()
        await client.stop()
        assert await asyncio.to_thread(process.wait, LONG) == 0
    finally:
        process.kill()
        process.wait()


@pytest.mark.parametrize("option", ["--tcp", "--ws"])
@pytest.mark.parametrize("address", ["nonsense", "127.0.0.1:", ":80", "127.0.0.1:99999", "127.0.0.1:x"])
def test_a_bad_address(address: str, option: str) -> None:
    done = subprocess.run([*COMMAND, option, address], capture_output=True, text=True, timeout=LONG)
    assert done.returncode == 2 and done.stdout == ""
    assert done.stderr == f"shapewright: {option} takes HOST:PORT, such as 127.0.0.1:8765, not {address!r}\n"


def test_two_addresses() -> None:
    addresses = ("--tcp", "127.0.0.1:80", "--ws", "127.0.0.1:81")
    done = subprocess.run([*COMMAND, *addresses], capture_output=True, text=True, timeout=LONG)
    assert (done.returncode, done.stderr) == (2, "shapewright: --tcp and --ws cannot be used together\n")


@pytest.mark.skipif(find_spec("websockets") is not None, reason="the package is there")
def test_a_package_that_is_not_there() -> None:
    done = subprocess.run([*COMMAND, "--ws", "127.0.0.1:80"], capture_output=True, text=True, timeout=LONG)
    assert done.returncode == 2
    assert done.stderr == "shapewright: --ws takes a package more: pip install 'shapewright[ws]'\n"


def test_an_address_that_is_taken() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        done = subprocess.run([*COMMAND, "--tcp", address], capture_output=True, text=True, timeout=LONG)
    assert done.returncode == 2
    assert f"shapewright: cannot listen on {address}" in done.stderr and "Traceback" not in done.stderr


def test_the_log_file(tmp_path: Path) -> None:
    log = tmp_path / "log"
    done = subprocess.run(
        [*COMMAND, "--log-file", str(log), "--log-level", "debug"], input=hello(), capture_output=True, timeout=LONG
    )
    assert done.returncode == 1 and done.stderr == b""
    assert "shapewright 0." in log.read_text(encoding="utf-8")
    done = subprocess.run([*COMMAND, "--log-file", str(tmp_path)], input=b"", capture_output=True, timeout=LONG)
    assert done.returncode == 2 and b"cannot be written" in done.stderr and b"Traceback" not in done.stderr


def test_standard_output_is_for_the_protocol_alone() -> None:
    done = subprocess.run([*COMMAND, "--log-level", "debug"], input=hello(), capture_output=True, timeout=LONG)
    assert done.stdout.startswith(b"Content-Length: ")
