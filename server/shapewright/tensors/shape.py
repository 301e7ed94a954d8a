"""A shape: the sizes of all axes of a tensor, in order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from shapewright.tensors.dimension import Dim, Size


class Shape:
    """An immutable sequence of `Dim`. A shape of unknown rank is `None` in place of a `Shape`."""

    __slots__ = ("dims",)

    def __init__(self, dims: Iterable[Dim | Size] = ()) -> None:
        self.dims: tuple[Dim, ...] = tuple(d if isinstance(d, Dim) else Dim(d) for d in dims)

    @property
    def rank(self) -> int:
        return len(self.dims)

    @property
    def sizes(self) -> tuple[Size, ...]:
        """The sizes alone: what is printed and compared."""
        return tuple(d.size for d in self.dims)

    @property
    def is_known(self) -> bool:
        """Whether every axis has a known size."""
        return all(d.is_known for d in self.dims)

    def __len__(self) -> int:
        return len(self.dims)

    def __iter__(self) -> Iterator[Dim]:
        return iter(self.dims)

    def __getitem__(self, axis: int) -> Dim:
        return self.dims[axis]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shape) and self.dims == other.dims

    def __hash__(self) -> int:
        return hash(self.sizes)

    def __str__(self) -> str:
        """As Python prints the tuple: `(None, 3, 1)`, `(5,)`, `()`."""
        inside = ", ".join(map(str, self.sizes))
        return f"({inside},)" if self.rank == 1 else f"({inside})"

    __repr__ = __str__

    def replace(self, axis: int, dim: Dim | Size) -> Shape:
        """This shape with another size on one axis."""
        dims = list(self.dims)
        dims[axis] = dim if isinstance(dim, Dim) else Dim(dim)
        return Shape(dims)

    def without(self, axis: int) -> Shape:
        """This shape with one axis removed."""
        axis %= self.rank
        return Shape(self.dims[:axis] + self.dims[axis + 1 :])

    def insert(self, axis: int, dim: Dim | Size) -> Shape:
        """This shape with a new axis that ends up at position `axis` (negative: counted from the new end)."""
        if axis < 0:
            axis += self.rank + 1
        return Shape((*self.dims[:axis], dim, *self.dims[axis:]))


def number_of_elements(dims: Iterable[Dim]) -> Dim:
    """The product of sizes; 1 for no axes."""
    product = Dim(1)
    for dim in dims:
        product = dim * product if product.size == 1 else product * dim
    return product
