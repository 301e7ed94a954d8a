"""Products of arrays, linear algebra and polynomials."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays.arguments import Operand, operand, operands, promoted
from shapewright.knowledge.arrays.dtypes import averaged, is_int, real_part
from shapewright.knowledge.arrays.shapes import broadcasted, matmul, tensordot
from shapewright.knowledge.arrays.shapes import dot as dot_shape
from shapewright.knowledge.arrays.shapes import einsum as einsum_shape
from shapewright.knowledge.numpy.arguments import size_of
from shapewright.knowledge.registry import function, method
from shapewright.knowledge.rule import Given, NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim, same_length
from shapewright.tensors.shape import Shape, number_of_elements


def _pair(a: Any, b: Any) -> tuple[Operand, Operand, str | None]:
    first, second = operand(a), operand(b)
    return first, second, promoted("numpy", *(Operand(x.shape, x.dtype) for x in (first, second)))


@function("numpy.dot")
def dot(a: Any, b: Any, /, out: Any = None) -> Result:
    """The last axis of the first with the last but one of the second.

    >>> {name}(np.ones((2, 3)), np.ones((3, 4)))
    >>> {name}(np.ones((2, 3)), np.ones((3,)))
    """
    first, second, dtype = _pair(a, b)
    return Result(dot_shape(first.shape, second.shape), dtype)


@method("ndarray.dot")
def dot_method(self: Given, b: Any, /, out: Any = None) -> Result:
    """The last axis of the first with the last but one of the second.

    >>> np.ones((2, 3)).{name}(np.ones((3, 4)))
    """
    return dot(self, b)


@function("numpy.matmul", "numpy.linalg.matmul")
def matmul_(a: Any, b: Any, /, **_: Any) -> Result:
    """Matrices in the last two axes, the others broadcast.

    >>> {name}(np.ones((5, 2, 3)), np.ones((3, 4)))
    >>> {name}(np.ones((2, 3), "float32"), np.ones((3, 4), "float32"))
    """
    first, second, dtype = _pair(a, b)
    return Result(matmul(first.shape, second.shape), dtype if not _ else None)


@function("numpy.inner")
def inner(a: Any, b: Any, /) -> Result:
    """Over the last axes of both.

    >>> {name}(np.ones((2, 3)), np.ones((4, 3)))
    >>> {name}(np.ones((3,)), np.ones((3,)))
    """
    first, second, dtype = _pair(a, b)
    if not first.shape.rank or not second.shape.rank:
        return Result(Shape((*first.shape, *second.shape)), dtype)
    if same_length(first.shape[-1], second.shape[-1]) is False:
        raise NotKnown("last axes of one size")
    return Result(Shape((*first.shape.without(-1), *second.shape.without(-1))), dtype)


@function("numpy.outer")
def outer(a: Any, b: Any, out: Any = None) -> Result:
    """All elements of the first by all of the second.

    >>> {name}([1, 2, 3], [4, 5])
    >>> {name}(np.ones((2, 3)), [4, 5])
    """
    first, second, dtype = _pair(a, b)
    return Result(Shape((number_of_elements(first.shape), number_of_elements(second.shape))), dtype)


@function("numpy.vdot")
def vdot(a: Any, b: Any, /) -> Result:
    """One number.

    >>> {name}(np.ones((2, 3)), np.ones((2, 3)))
    """
    return Result(Shape(()), _pair(a, b)[2])


@function("numpy.tensordot")
def tensordot_(a: Any, b: Any, axes: Any = 2) -> Result:
    """Summed over pairs of axes.

    >>> {name}(np.ones((2, 3, 4)), np.ones((3, 4, 5)))
    >>> {name}(np.ones((2, 3, 4)), np.ones((3, 5)), axes=([1], [0]))
    """
    first, second, dtype = _pair(a, b)
    return Result(tensordot(first.shape, second.shape, axes), dtype)


@function("numpy.kron")
def kron(a: Any, b: Any) -> Result:
    """Each axis times that of the other.

    >>> {name}(np.ones((2, 3)), np.ones((4, 5)))
    >>> {name}(np.ones((3,)), np.ones((4, 5)))
    """
    first, second, dtype = _pair(a, b)
    rank = max(first.shape.rank, second.shape.rank)
    rows = [Shape((*(Dim(1),) * (rank - x.shape.rank), *x.shape)) for x in (first, second)]
    return Result(Shape(x * y for x, y in zip(*rows, strict=True)), dtype)


@function("numpy.cross")
def cross(a: Any, b: Any, axisa: Any = -1, axisb: Any = -1, axisc: Any = -1, axis: Any = None) -> Result:
    """Of vectors of three, broadcast.

    >>> {name}(np.ones((5, 3)), np.ones((3,)))
    """
    first, second, dtype = _pair(a, b)
    if (axisa, axisb, axisc, axis) != (-1, -1, -1, None) or not first.shape.rank or not second.shape.rank:
        raise NotKnown("axes")
    if first.shape[-1].size != 3 or second.shape[-1].size != 3 or dtype in (None, "bool"):
        raise NotKnown("vectors of three numbers")
    return Result(broadcasted("arrays", first.shape, second.shape), dtype)


@function("numpy.einsum")
def einsum(equation: str, /, *inputs: Any, **_: Any) -> Result:
    """As the equation says.

    >>> {name}("ij,jk->ik", np.ones((2, 3)), np.ones((3, 4)))
    >>> {name}("bij,bj", np.ones((5, 2, 3)), np.ones((5, 3)))
    """
    found = [operand(value) for value in inputs]
    shape = einsum_shape(equation, [x.shape for x in found])
    return Result(
        shape, promoted("numpy", *(Operand(x.shape, x.dtype) for x in found)) if not set(_) - {"optimize"} else None
    )


@function("numpy.linalg.multi_dot")
def multi_dot(arrays: Any, *, out: Any = None) -> Result:
    """One product after the other.

    >>> {name}([np.ones((2, 3)), np.ones((3, 4)), np.ones((4,))])
    """
    parts = operands(arrays)
    shape = parts[0].shape
    for part in parts[1:]:
        shape = dot_shape(shape, part.shape)
    return Result(shape, promoted("numpy", *parts))


# -- matrices


def _matrices(a: Any, square: bool = False) -> tuple[Shape, str | None]:
    """The shape of matrices in the last two axes, and the dtype that linear algebra computes in."""
    found = operand(a)
    if found.shape.rank < 2:
        raise NotKnown("matrices")
    if square and same_length(found.shape[-1], found.shape[-2]) is False:
        raise NotKnown("square matrices")
    dtype = "float32" if found.dtype == "float32" else averaged(found.dtype)
    if dtype == "float16":
        raise NotKnown("numbers that linear algebra computes with")
    return found.shape, dtype


@function("numpy.linalg.inv")
def inv(a: Any) -> Result:
    """The same shape.

    >>> {name}(np.eye(3))
    """
    return Result(*_matrices(a, square=True))


@function("numpy.linalg.pinv")
def pinv(a: Any, rcond: Any = None, hermitian: Any = False, **_: Any) -> Result:
    """The last two axes exchanged.

    >>> {name}(np.ones((2, 3)))
    """
    shape, dtype = _matrices(a)
    return Result(Shape((*shape.dims[:-2], shape[-1], shape[-2])), dtype if operand(a).dtype != "bool" else None)


@function("numpy.linalg.det")
def det(a: Any) -> Result:
    """Without the last two axes.

    >>> {name}(np.ones((5, 3, 3)))
    """
    shape, dtype = _matrices(a, square=True)
    return Result(Shape(shape.dims[:-2]), dtype)


@function("numpy.linalg.cholesky")
def cholesky(a: Any, /, *, upper: Any = False) -> Result:
    """The same shape.

    >>> {name}(np.eye(3))
    """
    return Result(*_matrices(a, square=True))


@function("numpy.linalg.matrix_power")
def matrix_power(a: Any, n: Any) -> Result:
    """The same shape.

    >>> {name}(np.eye(3), 2)
    """
    shape, _ = _matrices(a, square=True)
    return Result(shape, operand(a).dtype if isinstance(n, int) and n >= 0 else None)


@function("numpy.linalg.solve")
def solve(a: Any, b: Any) -> Result:
    """The shape of the right side.

    >>> {name}(np.eye(3), np.ones((3, 2)))
    >>> {name}(np.eye(3), np.ones((3,)))
    """
    shape, dtype = _matrices(a, square=True)
    right = operand(b)
    if shape.rank != 2 or right.shape.rank not in (1, 2) or same_length(shape[0], right.shape[0]) is False:
        raise NotKnown("one matrix")
    return Result(right.shape, dtype if right.dtype == "float64" or is_int(right.dtype) else None)


@function("numpy.linalg.lstsq")
def lstsq(a: Any, b: Any, rcond: Any = None) -> Any:
    """The solution, what is left, the rank and the singular values.

    >>> {name}(np.ones((5, 2)), np.ones((5,)))[0]
    """
    shape, _ = _matrices(a)
    right = operand(b).shape
    if shape.rank != 2 or right.rank not in (1, 2):
        raise NotKnown("one matrix")
    values = _smaller(shape[0], shape[1])
    return Result(Shape((shape[1], *right.dims[1:]))), Result(None), None, Result(Shape((values,)))


def _smaller(a: Dim, b: Dim) -> Dim:
    return Dim(min(a.size, b.size)) if isinstance(a.size, int) and isinstance(b.size, int) else Dim(UNNAMED)


@function("numpy.linalg.svd")
def svd(a: Any, full_matrices: Any = True, compute_uv: Any = True, hermitian: Any = False) -> Any:
    """Two matrices and between them the singular values.

    >>> tuple({name}(np.ones((4, 3))))
    >>> tuple({name}(np.ones((4, 3)), full_matrices=False))
    >>> {name}(np.ones((4, 3)), compute_uv=False)
    """
    shape, dtype = _matrices(a)
    lead, rows, columns = shape.dims[:-2], shape[-2], shape[-1]
    inner = _smaller(rows, columns)
    values = Result(Shape((*lead, inner)), real_part(dtype))
    if compute_uv is False:
        return values
    if full_matrices not in (True, False) or compute_uv is not True:
        raise NotKnown("which results")
    left, right = (rows, columns) if full_matrices else (inner, inner)
    return Result(Shape((*lead, rows, left)), dtype), values, Result(Shape((*lead, right, columns)), dtype)


@function("numpy.linalg.qr")
def qr(a: Any, mode: Any = "reduced") -> Any:
    """Two matrices.

    >>> tuple({name}(np.ones((4, 3))))
    >>> tuple({name}(np.ones((4, 3)), "complete"))
    """
    shape, dtype = _matrices(a)
    lead, rows, columns = shape.dims[:-2], shape[-2], shape[-1]
    if mode not in ("reduced", "complete"):
        raise NotKnown("mode")
    inner = rows if mode == "complete" else _smaller(rows, columns)
    return Result(Shape((*lead, rows, inner)), dtype), Result(Shape((*lead, inner, columns)), dtype)


@function("numpy.linalg.eigh")
def eigh(a: Any, UPLO: Any = "L") -> tuple[Result, Result]:
    """The values, and the vectors.

    >>> tuple({name}(np.eye(3)))
    """
    shape, dtype = _matrices(a, square=True)
    return Result(Shape(shape.dims[:-1]), real_part(dtype)), Result(shape, dtype)


@function("numpy.linalg.eig")
def eig(a: Any) -> tuple[Result, Result]:
    """The values, and the vectors; complex where they have to be.

    >>> tuple({name}(np.eye(3)))
    """
    shape, _ = _matrices(a, square=True)
    return Result(Shape(shape.dims[:-1])), Result(shape)


@function("numpy.linalg.eigvals")
def eigvals(a: Any) -> Result:
    """The values; complex where they have to be.

    >>> {name}(np.eye(3))
    """
    return Result(Shape(_matrices(a, square=True)[0].dims[:-1]))


@function("numpy.linalg.eigvalsh")
def eigvalsh(a: Any, UPLO: Any = "L") -> Result:
    """The values.

    >>> {name}(np.eye(3))
    """
    shape, dtype = _matrices(a, square=True)
    return Result(Shape(shape.dims[:-1]), real_part(dtype))


@function("numpy.cov")
def cov(m: Any, y: Any = None, rowvar: Any = True, *_: Any, **__: Any) -> Result:
    """A number for each pair of rows; one number for one row.

    >>> {name}(np.ones((3, 20)))
    >>> {name}(np.ones((20,)))
    >>> {name}(np.ones((20, 3)), rowvar=False)
    """
    found = operand(m).shape
    if y is not None or rowvar not in (True, False) or found.rank not in (1, 2):
        raise NotKnown("one matrix")
    size = found[0 if rowvar else 1] if found.rank == 2 else Dim(1)
    if not isinstance(size.size, int):
        raise NotKnown("whether it is one row")
    return Result(Shape(()) if size.size == 1 else Shape((size, size)))


@function("numpy.corrcoef")
def corrcoef(x: Any, y: Any = None, rowvar: Any = True, *_: Any, **__: Any) -> Result:
    """A number for each pair of rows; one number for one row.

    >>> {name}(np.arange(12).reshape((3, 4)))
    """
    return cov(x, y, rowvar)


@function("numpy.correlate")
def correlate(a: Any, v: Any, mode: Any = "valid") -> Result:
    """Two rows slid over each other.

    >>> {name}(np.ones((7,)), np.ones((3,)))
    >>> {name}(np.ones((7,)), np.ones((3,)), "same")
    """
    return convolve(a, v, mode)


@function("numpy.convolve")
def convolve(a: Any, v: Any, mode: Any = "full") -> Result:
    """Two rows slid over each other.

    >>> {name}(np.ones((7,)), np.ones((3,)), "same")
    >>> {name}(np.ones((7,)), np.ones((3,)), "valid")
    >>> {name}(np.ones((2,)), np.ones((4,)), mode="full")
    """
    first, second, dtype = _pair(a, v)
    sizes = [x.shape[0] if x.shape.rank == 1 else Dim(1) for x in (first, second)]
    if mode not in ("same", "valid", "full") or any(x.shape.rank > 1 for x in (first, second)):
        raise NotKnown("mode")
    longer, shorter = (sizes[0].size, sizes[1].size)
    if not isinstance(longer, int) or not isinstance(shorter, int) or not longer or not shorter:
        raise NotKnown("sizes")
    longer, shorter = max(longer, shorter), min(longer, shorter)
    size = {"same": longer, "valid": longer - shorter + 1, "full": longer + shorter - 1}[mode]
    return Result(Shape((size,)), dtype)


# -- polynomials


@function("numpy.polyfit")
def polyfit(x: Any, y: Any, deg: Any, rcond: Any = None, full: Any = False, w: Any = None, cov: Any = False) -> Any:
    """A coefficient more than the degree.

    >>> {name}(np.arange(5), np.arange(5), 2)
    """
    if not isinstance(deg, (int, Dim)) or full is not False:
        raise NotKnown("the coefficients alone")
    coefficients = Result(Shape((size_of(deg) + 1, *operand(y).shape.dims[1:])))
    return coefficients if cov is False else (coefficients, Result(None))


@function("numpy.polyval")
def polyval(p: Any, x: Any) -> Result:
    """A value for each of `x`.

    >>> {name}([1, 2, 3], np.ones((2, 3)))
    """
    if operand(p).shape.rank != 1:
        raise NotKnown("one polynomial")
    return Result(operand(x).shape)
