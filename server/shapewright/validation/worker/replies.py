"""What a validation answered, read with suspicion: in source mode the code of a user may have written it.

Nothing is passed on as it came. A new reply is made of what has the form that docs/validation.md says.
"""

from __future__ import annotations

import json
from typing import Any

from .recorder import KINDS, MOST_SHAPES
from .requests import Request

DEEPEST = 80
LONGEST_TEXT = 20_000
MOST_PLACES = 100_000
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
    if request.do == "source" and isinstance(message.get("places"), list):
        return {"places": _places(message["places"], request), "error": _error(message.get("error"))}
    if request.do == "locks" and isinstance(message.get("locks"), dict):
        return {"locks": {str(name): str(state)[:200] for name, state in message["locks"].items()}}
    raise BadReply("not what was asked for")


def _places(places: list[Any], request: Request) -> list[dict[str, Any]]:
    """Only places within the text, and only shapes."""
    lines = request.text.count("\n") + request.text.count("\r") + 1
    result = []
    for place in places[:MOST_PLACES]:
        if not isinstance(place, dict) or place.get("kind") not in KINDS or not isinstance(place.get("shapes"), list):
            raise BadReply("no place")
        position = {name: _position(place.get(name), request) for name in ("line", "column", "end_line", "end_column")}
        if position["end_line"] > lines:
            raise BadReply("a place outside the text")
        result.append(
            {**position, "kind": place["kind"], "shapes": [_plain(shape) for shape in place["shapes"][:MOST_SHAPES]]}
        )
    return result


def _position(number: Any, request: Request) -> int:
    if type(number) is not int or not 0 <= number <= len(request.text) + 1:
        raise BadReply("no position")
    return number


def _error(error: Any) -> dict[str, Any] | None:
    if error is None:
        return None
    if (
        not isinstance(error, dict)
        or not isinstance(error.get("type"), str)
        or not isinstance(error.get("message"), str)
    ):
        raise BadReply("no error")
    line = error.get("line")
    line = line if type(line) is int and abs(line) < LARGEST_NUMBER else None
    return {"type": error["type"][:200], "message": error["message"][:LONGEST_TEXT], "line": line}


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
