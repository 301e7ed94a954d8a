"""The lock of macOS: Seatbelt, the sandbox that its own programs and browsers use. It needs no rights and no setting.

It is put on once, for good, and holds for the whole process. docs/security.md says what it stops, and that no real macOS was
there to try it on.
"""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterable
from typing import Any

from . import trial
from .environment import readable

OPEN_FILES = 64
NO_FLAGS = 0  # the profile is a text, and not the name of one

# Besides the interpreter and its packages: libraries and the loader's cache of them, time zones, packages of Homebrew.
SYSTEM = """
    /usr/lib /System/Library /System/Volumes/Preboot/Cryptexes /usr/share/zoneinfo /usr/share/zoneinfo.default /usr/share/locale
    /usr/share/icu /private/etc/localtime /private/var/db/timezone /dev/null /dev/urandom /dev/random
    /opt/homebrew/Cellar /opt/homebrew/opt /usr/local/Cellar /usr/local/opt
"""


def lock_worker(came_along: bool) -> dict[str, str]:
    """Locks this process before it imports anything, if that came with the opened folder. Otherwise what the user has
    installed is loaded first: a library that the sandbox surprises would keep Keras from being loaded at all."""
    return _lock() if came_along else {}


def lock_waiting(before: dict[str, str]) -> dict[str, str]:
    """Locks this process, which has imported Keras, before it builds anything. A second sandbox cannot be put on."""
    return {} if before else _lock()


def lock_validation(memory: int, seconds: float) -> dict[str, str]:
    """Nothing more: memory and time are watched from inside (`unforked.py`), as macOS bounds no memory."""
    return {}


def _lock() -> dict[str, str]:
    return trial.in_force(
        {
            "rlimits": limit,
            "sandbox": lambda: put_on(profile(readable(SYSTEM))),
            "trial": lambda: trial.make(
                {**trial.attempts(), "a file can be written": lambda: trial.write_a_file("/private/tmp")}
            ),
        }
    )


def profile(paths: Iterable[str]) -> str:
    """What the process may do, in the language of the sandbox: everything that is not allowed is refused.

    >>> print(profile([]).splitlines()[1])
    (deny default)
    """
    rules = [
        "(version 1)",
        "(deny default)",
        "(allow file-read-metadata)",  # whether a path exists: to resolve links, every folder on the way is asked
        '(allow file-write-data (literal "/dev/null"))',
        "(allow sysctl-read)",
        "(allow signal (target self))",
        "(allow process-info* (target self))",
    ]
    for path in sorted(set(paths)):
        kind = "subpath" if os.path.isdir(path) else "literal"
        rules.append(f"(allow file-read* file-map-executable ({kind} {_quoted(path)}))")
    return "\n".join(rules) + "\n"


def _quoted(path: str) -> str:
    """
    >>> print(_quoted('/a "b"'))
    "/a \\"b\\""
    """
    return '"' + path.replace("\\", "\\\\").replace('"', '\\"') + '"'


def put_on(text: str) -> None:
    """
    Raises:
        OSError: With what the sandbox says.
    """
    system = library()
    system.sandbox_init.argtypes = [ctypes.c_char_p, ctypes.c_uint64, ctypes.POINTER(ctypes.c_char_p)]
    system.sandbox_init.restype = ctypes.c_int
    message = ctypes.c_char_p()
    if system.sandbox_init(os.fsencode(text), NO_FLAGS, ctypes.byref(message)) != 0:
        raise OSError((message.value or b"refused").decode("utf-8", "replace"))


def library() -> Any:
    return ctypes.CDLL("/usr/lib/libSystem.B.dylib")


def limit() -> None:
    """No files are written, few are open, no core is dumped."""
    if sys.platform != "win32":
        import resource

        for what, most in (
            (resource.RLIMIT_FSIZE, 0),
            (resource.RLIMIT_NOFILE, OPEN_FILES),
            (resource.RLIMIT_CORE, 0),
        ):
            resource.setrlimit(what, (most, most))
