"""What the server asks for, checked."""

from __future__ import annotations

import dataclasses
import json
from typing import Any

DEFAULT_SECONDS = 20.0
DEFAULT_MEMORY = 2 << 30
MOST_SECONDS = 3600.0
MOST_MEMORY = 1 << 40
LEAST_MEMORY = 64 << 20


class BadRequest(Exception):
    """A frame that asks for nothing known. `id` is its number where it has one."""

    def __init__(self, message: str, id: Any = None) -> None:
        super().__init__(message)
        self.id = id


@dataclasses.dataclass
class Request:
    """One validation, a question for its locks, a ping, or the cancellation of a validation (`do` is "cancel").

    `frame` is what all of it was read from.
    """

    id: int
    do: str
    frame: bytes = b""
    plan: Any = None
    text: str = ""
    skip: list[tuple[int, int]] = dataclasses.field(default_factory=list)
    modules: dict[str, tuple[str, bool]] = dataclasses.field(default_factory=dict)
    seconds: float = DEFAULT_SECONDS
    memory: int = DEFAULT_MEMORY


def read(frame: bytes) -> Request:
    """
    >>> read(b'{"id": 9, "do": "ping"}').do, read(b'{"cancel": 7}').id
    ('ping', 7)
    """
    try:
        message = json.loads(frame)
    except (ValueError, RecursionError):
        raise BadRequest("the frame is no JSON") from None
    if not isinstance(message, dict):
        raise BadRequest("an object is expected")
    if set(message) == {"cancel"} and _is_number(message["cancel"]):
        return Request(message["cancel"], "cancel")
    id, do = message.get("id"), message.get("do")
    if not _is_number(id):
        raise BadRequest("a request has an id, which is a number")
    limits = message.get("limits") or {}
    if do not in ("plan", "source", "locks", "ping") or not isinstance(limits, dict):
        raise BadRequest(f"no request: {repr(do)[:100]}", id)
    assert isinstance(id, int)
    request = Request(id, do, frame)
    request.seconds = min(_positive(limits.get("seconds"), DEFAULT_SECONDS, id), MOST_SECONDS)
    request.memory = int(min(max(_positive(limits.get("memory"), DEFAULT_MEMORY, id), LEAST_MEMORY), MOST_MEMORY))
    if do == "plan":
        request.plan = message.get("plan")
    if do == "source":
        text = message.get("text")
        if not isinstance(text, str):
            raise BadRequest("a text is expected", id)
        request.text = text
        request.skip = _lines(message.get("skip") or [], id)
        request.modules = _modules(message.get("modules") or {}, id)
    return request


def _lines(skip: Any, id: Any) -> list[tuple[int, int]]:
    if not isinstance(skip, list):
        raise BadRequest("skip: pairs of lines are expected", id)
    for item in skip:
        if not isinstance(item, list) or len(item) != 2 or not all(map(_is_number, item)):
            raise BadRequest("skip: pairs of lines are expected", id)
    return [(first, last) for first, last in skip]


def _modules(modules: Any, id: Any) -> dict[str, tuple[str, bool]]:
    """By name, the text of a module and whether it is a package."""
    if not isinstance(modules, dict):
        raise BadRequest("modules: an object is expected", id)
    for name, module in modules.items():
        right = isinstance(module, dict) and isinstance(module.get("text"), str)
        if not right or not isinstance(module.get("package"), bool) or not all(map(str.isidentifier, name.split("."))):
            raise BadRequest("modules: by name, a text and whether it is a package are expected", id)
    return {name: (module["text"], module["package"]) for name, module in modules.items()}


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _positive(value: Any, default: float, id: Any) -> float:
    if value is None:
        return default
    if not isinstance(value, (int, float)) or isinstance(value, bool) or not value > 0:
        raise BadRequest("limits: numbers above zero are expected", id)
    return value
