"""Sizes that are fixed but not known, as text: `n//2+1`. Sums and products with numbers are brought into one form, so
that two ways to write the same size are the same text.

A text of the form `base+number`, `base*number` or `base//number` has the number last, and a base of several terms in
brackets where the operator binds tighter; that is how it is read again here.
"""

from __future__ import annotations

import re

_LAST = re.compile(r"^(?P<base>.+?)(?P<sign>//|[-+*%])(?P<number>\d+)$")


def spelled(a: int | str, sign: str, b: int | str) -> int | str:
    """`a sign b` as text, or as a number where that is certain. One of the two is a text."""
    if isinstance(a, int) and sign in ("+", "*"):
        a, b = b, a
    if isinstance(b, int) and isinstance(a, str):
        return _with_number(a, sign, b)
    if a == b and sign == "-":
        return 0
    return _text(a, sign, b)


def _with_number(a: str, sign: str, b: int) -> int | str:
    if sign in "+-":
        return _shifted(a, b if sign == "+" else -b)
    if sign == "*":
        return _scaled(a, b)
    if b <= 0:
        return _text(a, sign, b)
    base, last, number = _parts(a)
    if last == "*" and number % b == 0:  # n*4//2 is n*2, and n*4%2 is nothing
        return _scaled(base, number // b) if sign == "//" else 0
    if sign == "//" and last == "//":  # n//2//3 is n//6
        return _text(base, "//", number * b)
    if sign == "%" and b == 1:
        return 0
    return _text(a, sign, b)


def _shifted(a: str, by: int) -> str:
    base, last, number = _parts(a)
    if last in ("+", "-"):
        by += number if last == "+" else -number
        a = base
    if by == 0:
        return _bare(a)
    return f"{a}+{by}" if by > 0 else f"{a}-{-by}"


def _scaled(a: str, by: int) -> int | str:
    base, last, number = _parts(a)
    if last == "*":
        a, by = base, by * number
    if by in (0, 1):
        return _bare(a) if by else 0
    return _text(a, "*", by)


def _parts(text: str) -> tuple[str, str, int]:
    """What stands before the last operator, the operator, and the number behind it; no operator where there is none."""
    found = _LAST.match(text)
    if found is None or found["base"].count("(") != found["base"].count(")"):
        return text, "", 0
    base = found["base"] if found["sign"] in "+-" else _bare(found["base"])
    return base, found["sign"], int(found["number"])


def _bare(text: str) -> str:
    """Without the brackets around all of it."""
    if not (text.startswith("(") and text.endswith(")")):
        return text
    inside = text[1:-1]
    depth = 0
    for char in inside:
        depth += (char == "(") - (char == ")")
        if depth < 0:
            return text
    return inside


def _text(a: int | str, sign: str, b: int | str) -> str:
    left = operand_text(a) if sign not in "+-" else str(a)
    return f"{left}{sign}{operand_text(b)}"


def operand_text(size: int | str) -> str:
    """A size in brackets where it has several terms."""
    text = str(size)
    return f"({text})" if any(mark in text for mark in "+-*/%") and _bare(text) == text else text
