"""A network and shared memory of the worker's own, with nothing in them (Linux, namespaces).

Many systems let every user have that, others nobody: so it is a second wall behind seccomp and Landlock, and not one that
anything rests on. It is put up once, in half a millisecond; there is no namespace of processes, which would need one more process
at its head.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable

from . import kernel

CLONE_NEWIPC, CLONE_NEWUSER, CLONE_NEWNET = 0x08000000, 0x10000000, 0x40000000
OWN = CLONE_NEWIPC | CLONE_NEWNET
UNSHARE = {"x86_64": 272, "aarch64": 97}


def enter(needed: Iterable[str]) -> None:
    """Only while there is one thread.

    Args:
        needed: Paths that can be read, and must be afterwards: in a namespace of users nobody has rights of root over files
            of others.

    Raises:
        OSError: This system does not allow it. Nothing has changed then.
    """
    paths = [path for path in needed if _can_read(path)]
    for flags in (OWN, OWN | CLONE_NEWUSER):
        if _works(flags, paths):
            _enter(flags)
            return
    raise OSError(errno.EPERM, "this system does not let its users have namespaces")


def _works(flags: int, paths: list[str]) -> bool:
    """Tries it in a process that ends with that: there is no way back."""
    process = os.fork()
    if process == 0:
        status = 1
        try:
            _enter(flags)
            status = 0 if all(map(_can_read, paths)) else 2
        finally:
            os._exit(status)
    return os.waitpid(process, 0)[1] == 0


def _enter(flags: int) -> None:
    number = UNSHARE.get(os.uname().machine)
    if number is None:
        raise OSError(errno.ENOSYS, "this machine's system calls are not known")
    user, group = os.getuid(), os.getgid()
    kernel.syscall(number, flags)
    if flags & CLONE_NEWUSER:
        for name, text in (("setgroups", "deny"), ("uid_map", f"{user} {user} 1"), ("gid_map", f"{group} {group} 1")):
            with open(f"/proc/self/{name}", "w", encoding="ascii") as file:
                file.write(text)
        kernel.drop_capabilities(0)  # in it the process would have all of them


def _can_read(path: str) -> bool:
    return os.access(path, os.R_OK, effective_ids=True)  # with the capabilities that there are
