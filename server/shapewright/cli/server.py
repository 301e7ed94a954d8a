"""`shapewright server`: the language server."""

from __future__ import annotations

import argparse
from importlib.util import find_spec
from typing import Any

from shapewright.cli.failure import Failure
from shapewright.workspace.settings import LOG_LEVELS


def add_parser(commands: Any) -> None:
    """Adds the subcommand."""
    parser = commands.add_parser("server", help="run the language server", description="Runs the language server.")
    parser.add_argument("--stdio", action="store_true", help="talk over standard input and output (the default)")
    parser.add_argument("--tcp", metavar="HOST:PORT", help="listen on a TCP address instead")
    parser.add_argument("--ws", metavar="HOST:PORT", help="listen for a WebSocket instead")
    parser.add_argument("--log-level", choices=LOG_LEVELS, default=None, help="how much to log (default: info)")
    parser.add_argument("--log-file", metavar="FILE", help="write the log to a file instead of standard error")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Starts the server and returns when its client has gone."""
    if options.tcp and options.ws:
        raise Failure("--tcp and --ws cannot be used together")
    option = "--ws" if options.ws else "--tcp"
    given = options.ws or options.tcp
    address = _address(option, given) if given else None
    if options.ws and find_spec("websockets") is None:
        raise Failure("--ws takes a package more: pip install 'shapewright[ws]'")
    try:
        log_file = open(options.log_file, "a", encoding="utf-8") if options.log_file else None  # noqa: SIM115
    except OSError as error:
        raise Failure(f"the log file {options.log_file} cannot be written ({error.strerror})") from None
    from shapewright.lsp.serve import serve  # importing the protocol takes half a second that no other command needs

    try:
        return serve(address, bool(options.ws), options.log_level, log_file)
    except OSError as error:
        raise Failure(f"cannot listen on {given} ({error.strerror or error})") from None


def _address(option: str, text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdigit() or not 0 <= int(port) <= 65535:
        raise Failure(f"{option} takes HOST:PORT, such as 127.0.0.1:8765, not {text!r}")
    return host.strip("[]"), int(port)
