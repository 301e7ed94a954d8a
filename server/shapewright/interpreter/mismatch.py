"""Something that real Keras or NumPy would refuse, as the interpreter met it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from shapewright.values.value import Value


@dataclass(frozen=True, eq=False)
class Mismatch:
    """One refusal.

    `kind` is that of the rule's `Refused`; `span` is the call that would raise; `message` is the library's text with
    `{layer}` in place of the layer's name; `subject` is the layer or model that refused; `value` what it was given;
    `value_span` where that argument stands; `facts` what the rule tells about it; `trail` the calls that led here.
    """

    kind: str
    message: str | None
    span: Any
    subject: Value | None = None
    value: Value | None = None
    value_span: Any = None
    facts: Mapping[str, Any] = field(default_factory=dict)
    trail: tuple[Any, ...] = ()
