"""Lines and columns as editors count them, in every encoding."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapewright.syntax.text import Encoding, from_code_points, line_starts, split_lines, to_code_points

LINES = st.text(st.sampled_from("aé∂🦜𝕏́ \t\f\u2028\x85"), max_size=12)
TEXTS = st.text(st.sampled_from("aé🦜\n\r\f\u2028\x85\v"), max_size=20)
CODECS: dict[Encoding, tuple[str, int]] = {
    "utf-8": ("utf-8", 1),
    "utf-16": ("utf-16-le", 2),
    "utf-32": ("utf-32-le", 4),
}
each_encoding = pytest.mark.parametrize("encoding", CODECS)


@each_encoding
@given(line=LINES)
def test_columns_are_those_of_the_encoding(encoding: Encoding, line: str) -> None:
    codec, size = CODECS[encoding]
    for column in range(len(line) + 1):
        units = len(line[:column].encode(codec)) // size
        assert from_code_points(line, column, encoding) == units
        assert to_code_points(line, units, encoding) == column


@each_encoding
@given(line=LINES, beyond=st.integers(1, 50))
def test_a_column_past_the_end_is_the_end(encoding: Encoding, line: str, beyond: int) -> None:
    codec, size = CODECS[encoding]
    assert to_code_points(line, len(line.encode(codec)) // size + beyond, encoding) == len(line)


def test_a_parrot() -> None:
    assert from_code_points("🦜x", 1, "utf-8") == 4
    assert from_code_points("🦜x", 1, "utf-16") == 2
    assert from_code_points("🦜x", 1, "utf-32") == 1


@given(TEXTS)
def test_lines_end_where_editors_end_them(text: str) -> None:
    lines = split_lines(text)
    assert "\n".join(lines) == text.replace("\r\n", "\n").replace("\r", "\n")
    assert all("\n" not in line and "\r" not in line for line in lines)
    starts = line_starts(text)
    assert len(starts) == len(lines)
    assert all(text.startswith(line, start) for line, start in zip(lines, starts, strict=True))
