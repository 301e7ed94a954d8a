"""The tiny machine that the kernel runs before each system call, as far as the filters use it.

A filter for any architecture can be asked about a call, on this one.
"""

from __future__ import annotations

import struct

ALLOWED, KILLED = "allowed", "killed"
_ALLOW, _KILL_PROCESS, _ERRNO = 0x7FFF0000, 0x80000000, 0x00050000


def decision(program: list[bytes], architecture: int, number: int, arguments: tuple[int, ...] = ()) -> int | str:
    """What the kernel would do with a system call.

    Returns:
        `ALLOWED`, `KILLED`, or the number of the error that the caller gets.
    """
    words = [*arguments, *[0] * (6 - len(arguments))]
    call = struct.pack("<IIQ6Q", number, architecture, 0, *(word & (1 << 64) - 1 for word in words))
    accumulator, at = 0, 0
    while True:
        operation, if_true, if_false, value = struct.unpack("HBBI", program[at])
        at += 1
        if operation == 0x20:  # load a word
            assert value % 4 == 0, "the kernel takes only whole words"
            (accumulator,) = struct.unpack_from("<I", call, value)
        elif operation == 0x06:  # return
            return _said(value)
        else:
            at += if_true if _holds(operation, accumulator, value) else if_false


def _holds(operation: int, accumulator: int, value: int) -> bool:
    if operation == 0x15:
        return accumulator == value
    if operation == 0x35:
        return accumulator >= value
    assert operation == 0x45, f"no operation that the kernel knows: {operation:#x}"
    return accumulator & value != 0


def _said(value: int) -> int | str:
    if value == _ALLOW:
        return ALLOWED
    if value == _KILL_PROCESS:
        return KILLED
    assert value & 0xFFFF0000 == _ERRNO
    return value & 0xFFFF
