"""The lines of a notebook cell that are IPython's and not Python: magics, shell lines, questions.

They are put so that Python can read them: what runs Python (`%%time`, `%time x = f()`) stays, what only talks to the
outside (`!pip install`, `%matplotlib inline`, `x?`) becomes `pass`, what may set names makes those unknown. No line is
added or taken away, and what stays keeps its columns.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterable
from functools import lru_cache
from keyword import iskeyword

from shapewright.syntax.scopes import assigned_names
from shapewright.syntax.split import scan_line
from shapewright.syntax.text import split_lines

UNKNOWN = "get_ipython()"
"""An expression of which nothing is known."""

_RUNS_THE_CELL = frozenset(["time", "capture", "prun", "debug", "ipytest"])
_RUNS_APART = frozenset(
    ["bash", "cmd", "perl", "pypy", "python", "python2", "python3", "ruby", "script", "sh", "shell", "system", "sx",
     "timeit",
     "file", "writefile", "html", "HTML", "javascript", "js", "latex", "markdown", "svg", "SVG"]
)
"""In another process, in the browser, in a function of its own: what the cell assigns is not seen outside."""
_RUNS_THE_LINE = frozenset(["time", "prun"])
_SETS_NO_NAME = frozenset(
    ["alias", "autoawait", "autocall", "autoindent", "automagic", "autoreload", "bookmark", "cat", "cd", "clear", "colors",
     "conda", "config", "cp", "debug", "dhist", "dirs", "doctest_mode", "env", "gui", "hist", "history", "killbgscripts",
     "ldir", "less", "lf", "lk", "ll", "load_ext", "logoff", "logon", "logstart", "logstate", "logstop", "ls", "lsmagic",
     "lx", "magic", "man", "matplotlib", "memit", "mkdir", "mamba", "more", "mv", "notebook", "page", "pdb", "pdef",
     "pdoc", "pfile", "pinfo", "pinfo2", "pip", "popd", "pprint", "precision", "psearch", "psource", "pushd", "pwd",
     "quickref", "reload_ext", "rehashx", "rm", "rmdir", "sc", "set_env", "shell", "sx", "system", "tb", "tensorboard",
     "tensorflow_version", "timeit",
     "unalias", "unload_ext", "uv", "who", "who_ls", "whos", "xmode"]
)
_CELL_MAGIC = re.compile(r"%%(?P<name>\w+)(?P<line>.*)")
_LINE_MAGIC = re.compile(r"%\s*(?P<name>\w*)(?P<space>\s*)(?P<line>.*)")
_SCRIPT = re.compile(r"(?:-\w+\s+)*(?:\./)?(?P<path>[^\W\d]\w*(?:/[^\W\d]\w*)*)(?:\.py)?\s*")
_KEPT_OUTPUT = re.compile(r"--(?:out|err|proc)[= ]\s*(\w+)")
_WORD = re.compile(r"[^\W\d]\w*")
_ASSIGNS = re.compile(
    r"""(?P<stop>\"{3}|'{3}|\#)  |  "(?:[^"\\]|\\.)*"  |  '(?:[^'\\]|\\.)*'
      | (?<![=!<>:+*/%&|^@-])=[ \t]*(?P<command>!|%[^\W\d])""",
    re.VERBOSE,
)
_QUESTION = re.compile(r"[^\"'#]*\?\s*")
_COMPOUND = re.compile(r"(?:for|while|if|with|def|class|try|async|match)\b|@")
_GUARD = "if 1:"
"""In front of a simple statement on the same line; it takes the place of `%time`."""


@lru_cache(maxsize=4096)
def neutral(cell: str) -> tuple[str, ...]:
    """The lines of a cell as Python can read them."""
    lines = split_lines(cell.replace("\0", "\ufffd"))
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    magic = _CELL_MAGIC.match(lines[first].lstrip())
    if lines[first].lstrip().startswith("%%!"):
        return ("",) * len(lines)
    if magic is None or magic["line"].startswith("?"):
        return tuple(_without_commands(lines))
    name = magic["name"]
    if name in _RUNS_THE_CELL:
        lines[first] = _unknown(_words(magic["line"])) if name == "capture" else ""
        return tuple(_without_commands(lines))
    if name in _RUNS_APART:
        names = _KEPT_OUTPUT.findall(magic["line"])
    else:
        names = [*_words(magic["line"]), *_may_assign("\n".join(lines[first + 1 :]))]
    return ("",) * first + (_unknown(names),) + ("",) * (len(lines) - first - 1)


def _words(text: str) -> list[str]:
    return [word for word in dict.fromkeys(_WORD.findall(text)) if not iskeyword(word)]


def _may_assign(text: str) -> list[str]:
    """The names that a text may assign: those that it does as Python, or all its words where it is something else."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return sorted(assigned_names(ast.parse(text).body))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return _words(text)


def _unknown(names: Iterable[str]) -> str:
    """A statement after which nothing is known of some names."""
    targets = list(dict.fromkeys(names))
    return " = ".join([*targets, UNKNOWN]) if targets else ""


def _without_commands(lines: list[str]) -> list[str]:
    """The lines with every command of IPython's made Python."""
    text = list(lines)
    state: tuple[int, str | None, bool] = (0, None, False)
    number = 0
    while number < len(text):
        if not any(state):
            end = _end_of_command(text, number)
            replaced = _replaced(text[number])
            if replaced is not None:
                text[number : end + 1] = [replaced] + [""] * (end - number)
        depth, quote, _ = state
        state = scan_line(text[number], depth, quote)
        number += 1
    return text


def _end_of_command(lines: list[str], number: int) -> int:
    """The last line of a command, which a backslash continues."""
    while number + 1 < len(lines) and lines[number].endswith("\\"):
        number += 1
    return number


def _replaced(line: str) -> str | None:
    """What stands for a line at which a statement starts; `None` where it is Python."""
    code = line.lstrip()
    indent = line[: len(line) - len(code)]
    if not code:
        return None
    if code[0] == "%":
        return indent + (_line_magic(code) or "pass")
    if code[0] in "!?/,;" or _QUESTION.fullmatch(code):
        return f"{indent}pass"
    for found in _ASSIGNS.finditer(line):
        if found["stop"]:
            return None
        if found["command"] and not any(scan_line(line[: found.start()], 0, None)):
            return line[: found.start("command")] + UNKNOWN
    return None


def _line_magic(code: str) -> str:
    """What stands for `%name ...`; empty where it is nothing to the program."""
    magic = _LINE_MAGIC.match(code)
    if magic is None or code.rstrip().endswith("?"):
        return ""
    name, line = magic["name"], magic["line"]
    if name in _RUNS_THE_LINE and line and not line.startswith("-"):
        if _COMPOUND.match(line) or line.endswith("\\"):
            return _unknown(_may_assign(line))
        return _GUARD.ljust(magic.start("line")) + line
    if name in _SETS_NO_NAME or name in _RUNS_THE_LINE:
        return ""
    script = _SCRIPT.fullmatch(line) if name == "run" else None
    if script is not None:
        return f"from {script['path'].replace('/', '.')} import *"
    return _unknown(_words(line))
