"""Calls of the Linux kernel that Python's library does not have."""

from __future__ import annotations

import ctypes
import os
from typing import Any

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38

_library: Any = None


def _libc() -> Any:
    global _library
    if _library is None:
        _library = ctypes.CDLL(None, use_errno=True)
        _library.syscall.restype = ctypes.c_long
    return _library


def syscall(number: int, *arguments: Any) -> int:
    """
    Raises:
        OSError: The kernel refused.
    """
    words = [ctypes.c_long(argument) if isinstance(argument, int) else argument for argument in arguments]
    result = int(_libc().syscall(ctypes.c_long(number), *words))
    if result < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
    return result


def prctl(option: int, value: int) -> None:
    """
    Raises:
        OSError: The kernel refused.
    """
    zero = ctypes.c_ulong(0)
    if _libc().prctl(ctypes.c_int(option), ctypes.c_ulong(value), zero, zero, zero) < 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
