"""The two pipes to the server. Nobody else in this process knows them."""

from __future__ import annotations

import os
from typing import Any

from .frames import MAX_REQUEST, FrameBuffer, pack, write_all

HIGHEST_DESCRIPTOR = 4096  # a process has a handful, and new ones get the lowest numbers


class Channel:
    """Frames to and from the server.

    Args:
        incoming: The file descriptor of a pipe to read from.
        outgoing: One to write to.
    """

    def __init__(self, incoming: int, outgoing: int) -> None:
        self.incoming = incoming
        self.outgoing = outgoing
        self.buffer = FrameBuffer(MAX_REQUEST)

    @classmethod
    def take_over(cls) -> Channel:
        """Takes standard input and output for frames; what prints from now on prints on standard error.

        What else the server may have left open for this process by mistake is closed.
        """
        os.closerange(3, HIGHEST_DESCRIPTOR)
        channel = cls(os.dup(0), os.dup(1))
        nothing = os.open(os.devnull, os.O_RDWR)
        os.dup2(nothing, 0)
        os.dup2(2, 1)
        os.close(nothing)
        return channel

    def receive(self) -> list[bytes]:
        """The frames that have come. Waits for some bytes.

        Raises:
            EOFError: The server is gone.
        """
        data = os.read(self.incoming, 1 << 18)
        if not data:
            raise EOFError
        return list(self.buffer.add(data))

    def send(self, message: dict[str, Any]) -> None:
        """
        Raises:
            OSError: The server is gone.
        """
        write_all(self.outgoing, pack(message))
