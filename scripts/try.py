"""Shows shapewright at work on the first program, through the real language server, as an editor would see it."""

from __future__ import annotations

import difflib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

PROGRAM = Path(__file__).resolve().parent.parent / "examples" / "lstm_bug.py"
BOLD, RED, GREEN, GREY, PLAIN = ("\033[1m", "\033[31m", "\033[32m", "\033[90m", "\033[0m")
if not sys.stdout.isatty():
    BOLD = RED = GREEN = GREY = PLAIN = ""


class Client:
    """As much of an editor as it takes: requests, and answers to what the server asks."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "shapewright", "server", "--log-level", "error"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self._last = 0

    def notify(self, method: str, params: Any) -> None:
        self._send({"method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        self._last += 1
        self._send({"id": self._last, "method": method, "params": params})
        while True:
            message = self._receive()
            if message.get("id") == self._last and "method" not in message:
                if "error" in message:
                    raise RuntimeError(message["error"]["message"])
                return message["result"]
            if "id" in message:
                self._send({"id": message["id"], "result": None})

    def close(self) -> None:
        self.request("shutdown", None)
        self.notify("exit", None)
        self._process.wait(10)

    def _send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self._process.stdin is not None
        self._process.stdin.write(b"Content-Length: %d\r\n\r\n" % len(body) + body)
        self._process.stdin.flush()

    def _receive(self) -> dict[str, Any]:
        stream = self._process.stdout
        assert stream is not None
        length = 0
        while line := stream.readline().strip():
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
        if not length:
            sys.exit("The language server ended. Run `.venv/bin/shapewright server` to see why.")
        message: dict[str, Any] = json.loads(stream.read(length))
        return message


def main() -> None:
    """Opens the program, shows what the server says, applies the first fix, shows what changed."""
    client = Client()
    capabilities = {"general": {"positionEncodings": ["utf-32"]}, "textDocument": {"diagnostic": {}}}
    client.request("initialize", {"processId": None, "rootUri": None, "capabilities": capabilities})
    client.notify("initialized", {})
    uri, text = PROGRAM.as_uri(), PROGRAM.read_text(encoding="utf-8")
    document = {"uri": uri}
    opened = {"uri": uri, "languageId": "python", "version": 1, "text": text}
    client.notify("textDocument/didOpen", {"textDocument": opened})

    print(f"{BOLD}{PROGRAM.name} as an editor shows it, shapes beside the source{PLAIN}\n")
    show(client, document, text)
    findings = client.request("textDocument/diagnostic", {"textDocument": document})["items"]
    finding = findings[0]
    print(f"\n{BOLD}The mistake, where it was made{PLAIN}\n")
    start, end = finding["range"]["start"], finding["range"]["end"]
    print(f"  {text.splitlines()[start['line']]}")
    print(f"  {' ' * start['character']}{RED}{'^' * (end['character'] - start['character'])}{PLAIN}")
    print(f"  {RED}{finding['code']}{PLAIN} {finding['message'].replace(chr(10) * 2, chr(10) + '  ')}")

    where = {"textDocument": document, "range": finding["range"], "context": {"diagnostics": [finding]}}
    actions = client.request("textDocument/codeAction", where)
    print(f"\n{BOLD}Its quick fixes, each proven by analysing the edited text{PLAIN}\n")
    for action in actions:
        print(f"  {'→' if action.get('isPreferred') else '·'} {action['title']}")
    fixed = apply(text, actions[0]["edit"]["changes"][uri])
    print(f"\n{BOLD}The first of them{PLAIN}\n")
    for line in list(difflib.unified_diff(text.splitlines(), fixed.splitlines(), lineterm="", n=1))[3:]:
        color = {"-": RED, "+": GREEN}.get(line[:1], "")
        print(f"  {color}{line}{PLAIN}")

    changed = {"textDocument": {"uri": uri, "version": 2}, "contentChanges": [{"text": fixed}]}
    client.notify("textDocument/didChange", changed)
    left = client.request("textDocument/diagnostic", {"textDocument": document})["items"]
    print(f"\n{BOLD}After it{PLAIN}\n")
    show(client, document, fixed)
    print(f"\n  {len(left)} mistakes left." if left else f"\n  {GREEN}No mistake left.{PLAIN}")
    client.close()
    print(f"\n{GREY}Your own file: .venv/bin/shapewright shapes FILE, .venv/bin/shapewright check FILE{PLAIN}")


def show(client: Client, document: dict[str, Any], text: str) -> None:
    """The source with its inlay hints."""
    lines = text.splitlines()
    whole = {"start": {"line": 0, "character": 0}, "end": {"line": len(lines), "character": 0}}
    hints = client.request("textDocument/inlayHint", {"textDocument": document, "range": whole})
    by_line: dict[int, list[dict[str, Any]]] = {}
    for hint in hints:
        by_line.setdefault(hint["position"]["line"], []).append(hint)
    for number, line in enumerate(lines):
        for hint in sorted(by_line.get(number, []), key=lambda h: -h["position"]["character"]):
            at = hint["position"]["character"]
            line = f"{line[:at]}{GREEN}{hint['label']}{PLAIN}{line[at:]}"
        print(f"  {line}")


def apply(text: str, edits: list[dict[str, Any]]) -> str:
    """The text with the edits of a quick fix."""
    lines = text.split("\n")
    for edit in sorted(
        edits, key=lambda e: (e["range"]["start"]["line"], e["range"]["start"]["character"]), reverse=True
    ):
        start, end = edit["range"]["start"], edit["range"]["end"]
        head, tail = lines[start["line"]][: start["character"]], lines[end["line"]][end["character"] :]
        lines[start["line"] : end["line"] + 1] = (head + edit["newText"] + tail).split("\n")
    return "\n".join(lines)


if __name__ == "__main__":
    main()
