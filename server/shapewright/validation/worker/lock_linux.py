"""The locks of Linux: they need no root and no setting of the system.

First the worker locks itself, before it imports Keras; then each validation's process locks itself further. What each lock
stops is in docs/security.md.
"""

from __future__ import annotations

import os
import resource
import signal

from . import kernel, landlock, namespaces, seccomp, syscalls, trial
from .environment import readable

OPEN_FILES = 64
CAP_DAC_READ_SEARCH = 2

# Besides the interpreter and its packages: the loader's cache, time zones, what TensorFlow reads about the machine.
SYSTEM = """
    /usr/lib /usr/lib64 /usr/lib32 /lib /lib64 /usr/local/lib /usr/share/zoneinfo /etc/ld.so.cache /etc/localtime
    /dev/null /dev/urandom /proc/cpuinfo /proc/meminfo /proc/stat /proc/sys/vm /sys/devices/system/cpu
    /sys/devices/system/node /sys/fs/cgroup
"""
# Of a validation's own entry in /proc only this: its memory and its environment are not among it.
OWN_PROC = [f"/proc/self/{name}" for name in ("cmdline", "maps", "stat", "statm", "status", "cgroup")]


def lock_worker(came_along: bool) -> dict[str, str]:
    numbers, architecture = syscalls.table()
    return trial.in_force(
        {
            "namespaces": lambda: namespaces.enter(readable(SYSTEM)),
            "no_new_privs": lambda: kernel.prctl(kernel.PR_SET_NO_NEW_PRIVS, 1),
            "landlock": lambda: landlock.restrict([*readable(SYSTEM), "/proc"], scoped=False),
            "seccomp": lambda: seccomp.install(seccomp.for_the_worker(numbers, architecture)),
        }
    )


def lock_waiting(before: dict[str, str]) -> dict[str, str]:
    own = [os.path.realpath(path) for path in OWN_PROC]
    return trial.in_force(
        {
            "capabilities": drop_capabilities,
            "landlock": lambda: landlock.restrict([*readable(SYSTEM), *own], scoped=True),
        }
    )


def lock_validation(memory: int, seconds: float) -> dict[str, str]:
    numbers, architecture = syscalls.table()
    return trial.in_force(
        {
            "rlimits": lambda: limit(memory, seconds),
            "seccomp": lambda: seccomp.install(seccomp.for_a_validation(numbers, architecture, os.getpid())),
            "trial": lambda: trial.make(trial.attempts()),
        }
    )


def end_with_parent(parent: int) -> None:
    """This process is killed when its parent ends, however that ends."""
    kernel.prctl(kernel.PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


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
    kernel.drop_capabilities(1 << CAP_DAC_READ_SEARCH)
