"""What a validation answered, read with suspicion: in source mode the code of a user may have written it.

Nothing is passed on as it came. A new reply is made of what has the form that docs/validation.md says.
"""

from __future__ import annotations

import json
from typing import Any

from .requests import Request

DEEPEST = 80
LONGEST_TEXT = 20_000
LARGEST_NUMBER = 1 << 63
REASONS = frozenset(["memory", "bad-plan", "locked-out", "output", "crash"])


class BadReply(Exception):
    """No reply that can be passed on."""


def read(frame: bytes, request: Request) -> dict[str, Any]:
    """
    >>> read(b'{"steps": {"0": {}}, "failed": 3, "id": 99}', Request(7, "plan"))
    {'steps': {'0': {}}}
    """
    message = _parsed(frame)
    if message.get("failed") in REASONS and isinstance(message.get("message"), str):
        return {"failed": message["failed"], "message": message["message"][:LONGEST_TEXT]}
    if request.do == "plan" and isinstance(message.get("steps"), dict):
        return {"steps": _plain(message["steps"])}
    if request.do == "locks" and isinstance(message.get("locks"), dict):
        return {"locks": {str(name): str(state)[:200] for name, state in message["locks"].items()}}
    raise BadReply("not what was asked for")


def _parsed(frame: bytes) -> dict[str, Any]:
    try:
        message = json.loads(frame, parse_int=_number, parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        raise BadReply(str(error)[:200]) from None
    if not isinstance(message, dict):
        raise BadReply("no object")
    return message


def _number(text: str) -> int:
    """Very long numbers cost very much time, and no shape has any."""
    if len(text) > 20:
        raise ValueError(f"a number of {len(text)} digits")
    return int(text)


def _no_constant(text: str) -> Any:
    raise ValueError(f"no JSON: {text}")


def _plain(value: Any, depth: int = 0) -> Any:
    """Data, no deeper and no larger than results are."""
    if depth > DEEPEST:
        raise BadReply("nested too deeply")
    if value is None or isinstance(value, (bool, int, float)):
        return value
    if isinstance(value, str):
        return value[:LONGEST_TEXT]
    if isinstance(value, list):
        return [_plain(item, depth + 1) for item in value]
    return {key[:LONGEST_TEXT]: _plain(item, depth + 1) for key, item in value.items()}
