"""One worker process: how it is started, spoken to and ended.

Nothing here waits for the process. Threads read and write its pipes; what they see they tell, and `Supervisor` decides.
They end when the pipes do.
"""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import IO, cast

from shapewright.validation.frames import BadFrame, Message, encode, read_frame, read_hello

PROTOCOL = 1
MAX_STDERR = 8192
"""How much of the end of its standard error is kept."""
_KEPT = frozenset(
    [
        "PATH",
        "HOME",
        "USER",
        "LANG",
        "USERPROFILE",
        "APPDATA",
        "LOCALAPPDATA",
        "PROGRAMDATA",
        "SYSTEMROOT",
        "SYSTEMDRIVE",
        "WINDIR",
        "NUMBER_OF_PROCESSORS",
        "PROCESSOR_ARCHITECTURE",
        "VIRTUAL_ENV",
        "CONDA_PREFIX",
        "TF_USE_LEGACY_KERAS",
    ]
)
_KEPT_BEGINNINGS = ("LC_", "LD_LIBRARY_", "DYLD_", "PYTHON", "KERAS_")


@dataclass(frozen=True)
class Hello:
    """The worker's first message, and what was printed before it."""

    message: Message
    chatter: str


@dataclass(frozen=True)
class Reply:
    """A later message."""

    message: Message


@dataclass(frozen=True)
class Ended:
    """No more will come, and why: the pipe has closed, or carried what is no frame."""

    reason: str


Event = Hello | Reply | Ended


class Process:
    """A worker process. `tell` is called, from other threads, with all that comes of it; `Ended` is the last.

    Linux ends the process when the *thread* that started it ends: make it in one that lives as long as it shall live.
    """

    def __init__(self, command: Sequence[str], tell: Callable[[Process, Event], None]) -> None:
        self._tell = tell
        self._requests: queue.SimpleQueue[bytes | None] = queue.SimpleQueue()
        self._stderr = b""
        self._exited = threading.Event()
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd="/" if os.name == "posix" else None,
            env=environment(os.environ),
            start_new_session=os.name == "posix",  # a group of its own, which is killed as a whole
            creationflags=getattr(subprocess, "CREATE_NO_WINDOW", 0),
        )
        self.pid = self._process.pid
        self._reader = threading.Thread(target=self._read, name="shapewright-worker-read", daemon=True)
        self._reader.start()
        for work in (self._read_stderr, self._write, self._watch):
            threading.Thread(target=work, name=f"shapewright-worker{work.__name__}", daemon=True).start()

    @property
    def last_words(self) -> str:
        """The end of what it wrote to standard error."""
        return self._stderr.decode("utf-8", "replace").strip()

    def send(self, message: Message) -> None:
        """Sends a message, soon. Raises `BadFrame` where it is too large."""
        self._requests.put(encode(message))

    def kill(self) -> None:
        """Ends the process and all of its group at once. It has nothing to lose: what it knows it has said."""
        if os.name == "posix":
            # Nobody has waited for it yet, so the number is still its own, also when it is dead already.
            if self._process.returncode is None:
                try:
                    os.killpg(self.pid, signal.SIGKILL)
                except (ProcessLookupError, PermissionError):
                    self._process.kill()
        else:
            self._process.kill()
        with suppress(subprocess.TimeoutExpired):  # then the kernel holds it, and lets it go when it can
            self._process.wait(5)
        self._requests.put(None)

    @property
    def ended_well(self) -> bool:
        """Whether it ended by itself, and meant to."""
        return self._process.returncode == 0

    @property
    def ending(self) -> str:
        """How it ended: `exit code 3`, `killed by SIGKILL`."""
        code = self._process.returncode
        if code is None:
            return "it was given up"
        if code < 0:
            try:
                return f"killed by {signal.Signals(-code).name}"
            except ValueError:
                return f"killed by signal {-code}"
        return f"exit code {code}"

    # -- threads

    def _read(self) -> None:
        stream = cast("IO[bytes]", self._process.stdout)
        reason = ""
        try:
            hello, chatter = read_hello(stream)
            if hello is not None:
                self._tell(self, Hello(hello, chatter.decode("utf-8", "replace")))
                while (message := read_frame(stream)) is not None:
                    self._tell(self, Reply(message))
        except BadFrame as error:
            reason = f"it sent {error}"
        except (OSError, ValueError):
            pass
        if not reason:
            self._exited.wait(1.0)  # with which status, if it is about to
        self._tell(self, Ended(reason))
        _close(stream)

    def _watch(self) -> None:
        """Tells that the process has ended also when something that it started holds its pipe open."""
        if os.name != "posix":
            self._process.wait()
        elif hasattr(os, "waitid"):
            with suppress(OSError):  # NOWAIT: its number stays its own until it is killed, with its group
                os.waitid(os.P_PID, self.pid, os.WEXITED | os.WNOWAIT)
        else:
            return
        self._exited.set()
        self._reader.join(1.0)  # what it said at last
        self._tell(self, Ended(""))

    def _read_stderr(self) -> None:
        stream = cast("IO[bytes]", self._process.stderr)
        try:
            while part := os.read(stream.fileno(), 1 << 16):
                self._stderr = (self._stderr + part)[-MAX_STDERR:]
        except (OSError, ValueError):
            pass
        _close(stream)

    def _write(self) -> None:
        stream = cast("IO[bytes]", self._process.stdin)
        try:
            while (frame := self._requests.get()) is not None:
                stream.write(frame)
                stream.flush()
        except (OSError, ValueError):
            pass  # it has ended: the reading thread tells
        _close(stream)


def _close(stream: IO[bytes]) -> None:
    with suppress(OSError):  # what was still to be written cannot be
        stream.close()


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """What of our environment a worker gets: what Python and Keras look at, and nothing that may be secret."""
    return {
        name: value
        for name, value in given.items()
        if name.upper() in _KEPT or name.upper().startswith(_KEPT_BEGINNINGS)
    }
