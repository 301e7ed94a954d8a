"""What a process may see of the file system (Linux, Landlock). Rules only ever take away, and nothing gives it back."""

from __future__ import annotations

import ctypes
import errno
import os
import struct
from collections.abc import Iterable

from .kernel import syscall

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446  # the same numbers on every architecture
GET_VERSION, BENEATH_A_PATH = 1, 1

READ_FILE, READ_FOLDER = 1 << 2, 1 << 3
# Rights over files by the version of Landlock that brought them; what is listed here and not granted is refused.
FILE_RIGHTS = {1: (1 << 13) - 1, 2: 1 << 13, 3: 1 << 14, 5: 1 << 15}
NETWORK_RIGHTS = {4: 0b11}  # bind and connect of TCP
SCOPES = {6: 0b11}  # abstract Unix sockets of others, signals to others


def version() -> int:
    try:
        return syscall(CREATE_RULESET, None, 0, GET_VERSION)
    except OSError:
        return 0


def restrict(readable: Iterable[str], scoped: bool) -> None:
    """From now on nothing can be opened but the readable paths and what is below them, and those only to read.

    Args:
        scoped: Also no signals and no abstract Unix sockets to processes that are not restricted in the same way.

    Raises:
        OSError: This kernel has no Landlock, or refuses.
    """
    current = version()
    if current < 1:
        raise OSError(errno.ENOSYS, "this kernel has no Landlock")
    rules = _new_rules(current, scoped)
    try:
        for path in readable:
            _allow_reading(rules, path)
        syscall(RESTRICT_SELF, rules, 0)
    finally:
        os.close(rules)


def _new_rules(current: int, scoped: bool) -> int:
    words = [_rights(FILE_RIGHTS, current), _rights(NETWORK_RIGHTS, current), _rights(SCOPES, current) if scoped else 0]
    size = 24 if current >= 6 else 16 if current >= 4 else 8
    attributes = ctypes.create_string_buffer(struct.pack("QQQ", *words)[:size], size)
    return syscall(CREATE_RULESET, attributes, size, 0)


def _rights(table: dict[int, int], current: int) -> int:
    return sum(rights for since, rights in table.items() if since <= current)


def _allow_reading(rules: int, path: str) -> None:
    try:
        file = os.open(path, os.O_PATH | os.O_CLOEXEC)  # type: ignore[attr-defined,unused-ignore]
    except OSError:
        return  # what is not there cannot be read
    try:
        rights = READ_FILE | READ_FOLDER if os.path.isdir(path) else READ_FILE
        rule = ctypes.create_string_buffer(struct.pack("=Qi", rights, file), 12)
        syscall(ADD_RULE, rules, BENEATH_A_PATH, rule, 0)
    finally:
        os.close(file)
