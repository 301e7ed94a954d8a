"""Runs a server with all its capabilities."""

from __future__ import annotations

import logging
import sys
import threading
from typing import IO

from shapewright import __version__
from shapewright.lsp import (
    background,
    code_actions,
    code_lens,
    commands,
    configuration,
    definition,
    diagnostics,
    hover,
    inlay_hints,
    notebooks,
    status,
    synchronization,
    validation,
)
from shapewright.lsp.server import Server

log = logging.getLogger("shapewright")
CAPABILITIES = (
    *(synchronization, notebooks, configuration, hover, inlay_hints, diagnostics, background),
    *(code_actions, code_lens, commands, definition, status, validation),
)


def create() -> Server:
    """A server with all its capabilities."""
    server = Server(notebooks.SYNC)
    for capability in CAPABILITIES:
        capability.register(server)
    return server


def serve(address: tuple[str, int] | None, websocket: bool, log_level: str | None, log_file: IO[str] | None) -> int:
    """Runs a server until its client has gone. 0 when the client took its leave with `shutdown`, 1 otherwise."""
    logging.basicConfig(
        stream=log_file or sys.stderr,
        level=(log_level or "info").upper(),
        format="%(asctime)s %(levelname)s %(message)s",
        force=True,
    )
    if log_level != "debug":
        logging.getLogger("pygls").setLevel(logging.WARNING)  # at INFO it writes every payload
    server = create()
    log.info("shapewright %s on Python %s", __version__, sys.version.split()[0])
    _import_what_is_needed_soon()
    try:
        if address is None:
            server.start_io()
        elif websocket:
            server.start_ws(*address)
        else:
            server.start_tcp(*address)
    finally:
        server.stop()
    return 0 if server.said_goodbye else 1


def _import_what_is_needed_soon() -> None:
    """Broken code needs parso, which takes a moment to import: that moment is now, while the client talks."""

    def load() -> None:
        import parso

        parso.parse("warm up (\n")  # builds its tables

    threading.Thread(target=load, daemon=True).start()
