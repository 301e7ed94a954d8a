"""Locks are put on one by one, and tried before they count: what they have to refuse must fail."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping


def in_force(locks: Mapping[str, Callable[[], None]]) -> dict[str, str]:
    """Puts on locks.

    Returns:
        By lock, "ok" or why it is not in force.
    """
    result = {}
    for name, lock in locks.items():
        try:
            lock()
            result[name] = "ok"
        except Exception as error:  # whatever it is, the lock is not in force
            result[name] = f"{type(error).__name__}: {error}"
    return result


def attempts() -> dict[str, Callable[[], object]]:
    """What is possible without locks, harmless, and must not be possible with them, on Linux and on macOS."""
    return {
        "the root folder can be read": lambda: os.listdir("/"),
        "a connection can be made": _connect,
        "a process can be started": _fork,
        "a signal can be sent": lambda: os.kill(os.getppid(), 0),
    }


def make(attempts: Mapping[str, Callable[[], object]]) -> None:
    """
    Raises:
        OSError: Something was possible. Says what.
    """
    for name, attempt in attempts.items():
        try:
            attempt()
        except OSError:
            continue
        raise OSError(name)


def write_a_file(folder: str) -> None:
    """Makes a file, and takes it away again."""
    path = os.path.join(folder, f"shapewright-trial-{os.getpid()}")
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
    os.unlink(path)


def _connect() -> None:
    """Nothing is sent: that is the way of UDP."""
    import socket

    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as connection:
        connection.connect(("127.0.0.1", 9))


def _fork() -> None:
    process = os.fork()
    if process == 0:
        os._exit(0)
    os.waitpid(process, 0)
