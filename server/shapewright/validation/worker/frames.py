"""Frames: four bytes of length, big-endian, then JSON as UTF-8. Both directions (docs/validation.md)."""

from __future__ import annotations

import json
import os
import struct
from collections.abc import Iterator
from typing import Any

MAX_REQUEST = 64 << 20
MAX_REPLY = 16 << 20
LENGTH = struct.Struct(">I")


class BrokenFrame(Exception):
    """What came is no frame: nothing after it can be understood."""


def pack(message: dict[str, Any]) -> bytes:
    """
    >>> pack({"id": 7})
    b'\\x00\\x00\\x00\\x08{"id":7}'
    """
    body = json.dumps(message, separators=(",", ":")).encode("utf-8", "backslashreplace")
    return LENGTH.pack(len(body)) + body


def write_all(file: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(file, view[: 1 << 16]) :]


class FrameBuffer:
    """Bytes as they arrive, cut into frames.

    >>> buffer = FrameBuffer(100)
    >>> frame = pack({"id": 7})
    >>> list(buffer.add(frame[:5])), list(buffer.add(frame[5:] + frame))
    ([], [b'{"id":7}', b'{"id":7}'])
    """

    def __init__(self, largest: int) -> None:
        self.largest = largest
        self.received = bytearray()

    def add(self, data: bytes) -> Iterator[bytes]:
        self.received += data
        while len(self.received) >= LENGTH.size:
            (length,) = LENGTH.unpack_from(self.received)
            if length > self.largest:
                raise BrokenFrame(f"a frame of {length:,} bytes; the most is {self.largest:,}")
            end = LENGTH.size + length
            if len(self.received) < end:
                return
            body = bytes(self.received[LENGTH.size : end])
            del self.received[:end]
            yield body
