"""Where top-level statements begin and end, found without parsing.

A scanner that knows strings, brackets, comments and backslashes is enough: a statement starts at a line whose first
character is in column 0, outside of brackets and strings, and that does not go on with the statement above it
(`else:`, `except:`, a decorated `def`). At the start of a statement the scanner remembers nothing, which is what lets
an edit be scanned alone.
"""

from __future__ import annotations

import re

_TOKEN = re.compile(
    r"""
    \#.*                                                  # a comment runs to the end of its line
  | (?P<triple>\"{3}|'{3})
  | "(?:[^"\\\n]|\\.)*(?:"|\\?$)                          # a string; unterminated, it ends with its line
  | '(?:[^'\\\n]|\\.)*(?:'|\\?$)
  | (?P<open>[(\[{])
  | (?P<close>[)\]}])
  | (?P<continued>\\)$
    """,
    re.VERBOSE,
)
_INTERESTING = re.compile(r"""["'#()\[\]{}\\]""")
_TRIPLE_END = {'"""': re.compile(r'(?:[^\\]|\\.|\\$)*?"""'), "'''": re.compile(r"(?:[^\\]|\\.|\\$)*?'''")}
_GOES_ON = re.compile(r"(?:else|elif|except|finally)\b|[)\]}]")
_DECORATOR = "@"
CELL = "\0"
"""A line that ends every statement above it: between the cells of a notebook."""


def starts_statement(line: str) -> bool:
    """Whether a line can begin a top-level statement."""
    return bool(line) and not line[0].isspace() and line[0] not in "#\0" and not _GOES_ON.match(line)


def end_of_statement(lines: list[str], start: int) -> int:
    """The line after the statement that starts at line `start`, trailing blank and comment lines left out."""
    depth, quote, continued = 0, None, False
    last = start  # the last line that belongs to the statement
    decorated = False
    for number in range(start, len(lines)):
        line = lines[number]
        if line == CELL:
            break
        if depth == 0 and quote is None and not continued:
            if number > start and starts_statement(line) and not decorated:
                break
            decorated = line.startswith(_DECORATOR) or (decorated and not starts_statement(line))
            stripped = line.strip()
            if not stripped or stripped[0] == "#":
                continue
        last = number
        depth, quote, continued = scan_line(line, depth, quote)
    return last + 1


def next_start(lines: list[str], line: int) -> int:
    """The first line at or after `line` that can begin a statement, or the number of lines."""
    while line < len(lines) and not starts_statement(lines[line]):
        line += 1
    return line


def decided_at(lines: list[str], end: int) -> int:
    """The line after the one that shows that a statement ends at line `end`: the next statement or cell."""
    while end < len(lines) and lines[end] != CELL and not starts_statement(lines[end]):
        end += 1
    return end + 1


def scan_line(line: str, depth: int, quote: str | None) -> tuple[int, str | None, bool]:
    """Bracket depth, open triple quote and whether a backslash continues the line, after one line."""
    if quote is None and not _INTERESTING.search(line):
        return depth, None, False
    at = 0
    while True:
        if quote is not None:
            closed = _TRIPLE_END[quote].match(line, at)
            if closed is None:
                return depth, quote, False
            at, quote = closed.end(), None
        token = _TOKEN.search(line, at)
        if token is None:
            return depth, None, False
        at = token.end()
        match token.lastgroup:
            case "triple":
                quote = token["triple"]
            case "open":
                depth += 1
            case "close":
                depth = max(0, depth - 1)
            case "continued":
                return depth, None, True
