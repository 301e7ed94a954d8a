"""Calls of the Linux kernel that Python's library does not have."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from typing import Any

PR_SET_PDEATHSIG, PR_SET_DUMPABLE, PR_CAPBSET_DROP, PR_SET_NO_NEW_PRIVS = 1, 4, 24, 38
CAPABILITIES_VERSION = 0x20080522
CAPGET_AND_CAPSET = {"x86_64": (125, 126), "aarch64": (90, 91)}

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


def drop_capabilities(kept: int) -> None:
    """Gives up the capabilities of this thread but some, for good.

    Args:
        kept: Bits, of the first 32.

    Raises:
        OSError: The kernel refused, or this machine is not known.
    """
    numbers = CAPGET_AND_CAPSET.get(os.uname().machine)
    if numbers is None:
        raise OSError(errno.ENOSYS, "this machine's system calls are not known")
    get, put = numbers
    header = ctypes.create_string_buffer(struct.pack("Ii", CAPABILITIES_VERSION, 0))
    words = ctypes.create_string_buffer(6 * 4)  # effective, permitted, inheritable: the first 32 and the others
    syscall(get, header, words)
    kept &= struct.unpack("6I", words.raw)[1]
    syscall(put, header, ctypes.create_string_buffer(struct.pack("6I", kept, kept, 0, 0, 0, 0)))
