"""Frames on the pipes to a worker: four bytes of length, big-endian, then a JSON object in UTF-8.

The worker has its own code for this, because it runs under another Python. What comes from it is not trusted.
"""

from __future__ import annotations

import json
import re
import struct
from typing import IO, Any

MAX_REQUEST = 64 << 20
MAX_REPLY = 16 << 20
MAX_CHATTER = 64 << 10
"""How much an interpreter may print before the worker has its pipe for itself."""
_HELLO = re.compile(rb'\0\0..\{"ready"', re.DOTALL)
"""How the worker's first frame begins. It is short, so its length begins with zeros, which printed text has none of."""

Message = dict[str, Any]


class BadFrame(Exception):
    """What came over the pipe is no frame; the message says what it was."""


def encode(message: Message) -> bytes:
    """A message as a frame. Raises `BadFrame` where it is too large."""
    body = json.dumps(message, separators=(",", ":"), allow_nan=False).encode("utf-8", "surrogatepass")
    if len(body) > MAX_REQUEST:
        raise BadFrame(f"a request of {len(body):,} bytes; at most {MAX_REQUEST:,} are sent")
    return struct.pack(">I", len(body)) + body


def read_hello(stream: IO[bytes]) -> tuple[Message | None, bytes]:
    """The worker's first message, and what the interpreter printed before it; no message where the pipe ends before.

    An interpreter may print while it starts (`sitecustomize`, a wrapper script), before the worker can keep it from that.
    """
    seen = bytearray()
    while _HELLO.fullmatch(seen[-12:]) is None:
        if len(seen) > MAX_CHATTER:
            raise BadFrame(f"no worker answers but something that begins with {bytes(seen[:40])!r}")
        byte = stream.read(1)
        if not byte:
            return None, bytes(seen)
        seen += byte
    (length,) = struct.unpack(">I", seen[-12:-8])
    return _message(stream, length, bytes(seen[-8:])), bytes(seen[:-12])


def read_frame(stream: IO[bytes]) -> Message | None:
    """The next message; `None` where the pipe ends. Raises `BadFrame`."""
    head = _exactly(stream, 4)
    if head is None:
        return None
    (length,) = struct.unpack(">I", head)
    return _message(stream, length)


def _message(stream: IO[bytes], length: int, begin: bytes = b"") -> Message | None:
    if length > MAX_REPLY:
        raise BadFrame(f"a frame of {length:,} bytes; at most {MAX_REPLY:,} are read")
    rest = _exactly(stream, length - len(begin)) if length >= len(begin) else b""
    if rest is None:
        return None
    try:
        message = json.loads(begin + rest)
    except (ValueError, RecursionError):
        raise BadFrame(f"a frame that is not JSON: {(begin + rest)[:40]!r}") from None
    if not isinstance(message, dict):
        raise BadFrame(f"a frame that is not a JSON object: {(begin + rest)[:40]!r}")
    return message


def _exactly(stream: IO[bytes], count: int) -> bytes | None:
    """That many bytes; `None` where the pipe ends before."""
    parts = []
    while count:
        part = stream.read(min(count, 1 << 20))
        if not part:
            return None
        parts.append(part)
        count -= len(part)
    return b"".join(parts)
