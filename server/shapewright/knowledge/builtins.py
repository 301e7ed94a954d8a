"""Which names are Python's own."""

from __future__ import annotations

import builtins

_NAMES = frozenset(dir(builtins))


def is_builtin(name: str) -> bool:
    """Whether a name that nothing binds is one of Python's builtins."""
    return name in _NAMES
