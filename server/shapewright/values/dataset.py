"""Datasets of `tf.data`."""

from __future__ import annotations

from dataclasses import dataclass

from shapewright.values.value import Value

INFINITE = 1 << 62
"""The length of a dataset that never ends."""


@dataclass(frozen=True, slots=True)
class Dataset(Value):
    """A `tf.data.Dataset`.

    `element` is what `map` hands to its function: a tensor or a structure of tensors, a batch axis that differs between
    batches being `None`. `rounds` are the different elements that iterating gives, a last smaller batch among them; it is
    `None` where every element is just as `element` says, and empty where they are not known. `length` is the number of
    elements, where that is certain. `ordered` says whether the first of the rounds is what comes first.
    """

    element: Value
    length: int | None = None
    rounds: tuple[Value, ...] | None = None
    ordered: bool = True

    @property
    def elements(self) -> tuple[Value, ...]:
        """The different elements that iterating gives, as far as that is known."""
        return self.rounds or (self.element,)

    @property
    def first(self) -> Value:
        """What iterating gives first."""
        return self.element if self.rounds and len(self.rounds) > 1 and not self.ordered else self.elements[0]
