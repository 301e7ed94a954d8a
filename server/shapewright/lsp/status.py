"""`shapewright/status`: what the server is at, for a debug report."""

from __future__ import annotations

import platform
import sys
from typing import Any

from shapewright import __version__
from shapewright.lsp.server import Server


def register(server: Server) -> None:
    """Registers the request."""
    server.feature("shapewright/status")(answer)


def answer(server: Server, params: Any) -> dict[str, Any]:
    """Version, interpreter, the validation's worker and open documents."""
    told: dict[str, Any] = {}
    for listener in server.listeners:
        told |= listener.status()
    return {
        "version": __version__,
        "python": platform.python_version(),
        "executable": sys.executable,
        "documents": [
            {"uri": d.uri, "version": d.version, "lines": d.text.count("\n") + 1, "analysed": d.analysed == d.serial}
            for d in server.documents.values()
        ],
        **told,
    }
