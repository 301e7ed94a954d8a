"""The locks of Linux: they need no root and no setting of the system.

First the worker locks itself, before it imports Keras; then each validation's process locks itself further. What each lock
stops is in docs/security.md.
"""

from __future__ import annotations

import ctypes
import errno
import functools
import os
import resource
import signal
import struct
import sys
from collections.abc import Callable

from . import kernel, landlock, seccomp, syscalls
from .environment import package_folders

OPEN_FILES = 64
CAPABILITIES_VERSION = 0x20080522
CAP_DAC_READ_SEARCH = 2

# Besides the interpreter and its packages: the loader's cache, time zones, what TensorFlow reads about the machine.
SYSTEM = """
    /usr/lib /usr/lib64 /usr/lib32 /lib /lib64 /usr/local/lib /usr/share/zoneinfo /etc/ld.so.cache /etc/localtime
    /dev/null /dev/urandom /proc/cpuinfo /proc/meminfo /proc/stat /proc/sys/vm /sys/devices/system/cpu
    /sys/devices/system/node /sys/fs/cgroup
""".split()
# Of a validation's own entry in /proc only this: its memory and its environment are not among it.
OWN_PROC = [f"/proc/self/{name}" for name in ("cmdline", "maps", "stat", "statm", "status", "cgroup")]


def lock_worker() -> dict[str, str]:
    numbers, architecture = syscalls.table()
    return _in_force(
        {
            "no_new_privs": lambda: kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1),
            "landlock": lambda: landlock.restrict([*readable(), "/proc"], scoped=False),
            "seccomp": lambda: seccomp.install(seccomp.for_the_worker(numbers, architecture)),
        }
    )


def lock_waiting() -> dict[str, str]:
    own = [os.path.realpath(path) for path in OWN_PROC]
    return _in_force(
        {
            "capabilities": drop_capabilities,
            "landlock": lambda: landlock.restrict([*readable(), *own], scoped=True),
        }
    )


def lock_validation(memory: int, seconds: float) -> dict[str, str]:
    numbers, architecture = syscalls.table()
    return _in_force(
        {
            "rlimits": lambda: limit(memory, seconds),
            "seccomp": lambda: seccomp.install(seccomp.for_a_validation(numbers, architecture, os.getpid())),
            "trial": trial,
        }
    )


def end_with_parent(parent: int) -> None:
    """This process is killed when its parent ends, however that ends."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


@functools.lru_cache(None)
def readable() -> list[str]:
    """What the worker may read: the interpreter, its packages, libraries of the system, the setting of Keras.

    A folder of PYTHONPATH counts as packages, unless it is the user's home or contains it.
    """
    here = os.path.dirname(os.path.abspath(__file__))
    home = os.path.realpath(os.path.expanduser("~"))
    settings = os.environ.get("KERAS_HOME") or os.path.join(home, ".keras")
    prefixes = [sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *package_folders()]
    paths = {os.path.realpath(path) for path in [*SYSTEM, *prefixes, *sys.path, here] if path and os.path.exists(path)}
    paths = {path for path in paths if not _contains(path, home)}
    return sorted(paths | {os.path.join(settings, "keras.json")})


def _contains(folder: str, path: str) -> bool:
    """
    >>> _contains("/home", "/home/me"), _contains("/home/me/lib", "/home/me"), _contains("/", "/home/me")
    (True, False, True)
    """
    return os.path.commonpath([folder, path]) == folder


def limit(memory: int, seconds: float) -> None:
    """Bounds memory, processor time and files of this process, for good.

    Args:
        memory: Bytes, beyond what the process has now.
    """
    with open("/proc/self/statm", encoding="ascii") as file:
        pages = int(file.read().split()[0])
    usage = resource.getrusage(resource.RUSAGE_SELF)
    processor = int(usage.ru_utime + usage.ru_stime + seconds) + 2
    _bound(resource.RLIMIT_AS, pages * resource.getpagesize() + memory)
    _bound(resource.RLIMIT_CPU, processor, processor + 2)
    _bound(resource.RLIMIT_FSIZE, 0)
    _bound(resource.RLIMIT_NOFILE, OPEN_FILES)
    _bound(resource.RLIMIT_CORE, 0)
    _bound(resource.RLIMIT_MEMLOCK, 0)
    _bound(resource.RLIMIT_MSGQUEUE, 0)


def _bound(what: int, soft: int, hard: int | None = None) -> None:
    """Lowers a limit; one that is lower already stays."""
    current = resource.getrlimit(what)[1]
    most = soft if hard is None else hard
    if current != resource.RLIM_INFINITY:
        soft, most = min(soft, current), min(most, current)
    resource.setrlimit(what, (soft, most))


def drop_capabilities() -> None:
    """Root is an ordinary user from now on. What stays is that packages of other users can be read; Landlock says which."""
    numbers = {"x86_64": (125, 126), "aarch64": (90, 91)}.get(os.uname().machine)
    if numbers is None:
        raise OSError(errno.ENOSYS, "this machine's system calls are not known")
    get, put = numbers
    header = ctypes.create_string_buffer(struct.pack("Ii", CAPABILITIES_VERSION, 0))
    words = ctypes.create_string_buffer(6 * 4)  # effective, permitted, inheritable: the first 32 and the others
    kernel.syscall(get, header, words)
    permitted = struct.unpack("6I", words.raw)[1]
    kept = permitted & (1 << CAP_DAC_READ_SEARCH)
    kernel.syscall(put, header, ctypes.create_string_buffer(struct.pack("6I", kept, kept, 0, 0, 0, 0)))


def trial() -> None:
    """The locks are tried: what they have to refuse must fail.

    Raises:
        OSError: Something was possible.
    """
    import socket

    attempts: dict[str, Callable[[], object]] = {
        "the root folder can be read": lambda: os.listdir("/"),
        "a socket can be made": lambda: socket.socket(socket.AF_UNIX).close(),
        "a process can be started": _fork,
        "a signal can be sent": lambda: os.kill(os.getppid(), 0),
    }
    for name, attempt in attempts.items():
        try:
            attempt()
        except OSError:
            continue
        raise OSError(name)


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)


def _in_force(locks: dict[str, Callable[[], None]]) -> dict[str, str]:
    result = {}
    for name, lock in locks.items():
        try:
            lock()
            result[name] = "ok"
        except Exception as error:  # whatever it is, the lock is not in force
            result[name] = f"{type(error).__name__}: {error}"
    return result
