"""Answers that are errors on purpose."""

from __future__ import annotations

from lsprotocol import types
from pygls.exceptions import JsonRpcException


def content_modified() -> JsonRpcException:
    """Says that the text changed while the answer was computed; the client asks again when it still wants to know."""
    return JsonRpcException("The text has changed.", types.LSPErrorCodes.ContentModified.value)
