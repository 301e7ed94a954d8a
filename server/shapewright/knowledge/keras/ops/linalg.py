"""Linear algebra. Source: keras/src/ops/linalg.py, keras/src/ops/numpy.py."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from shapewright.knowledge.arrays import shapes
from shapewright.knowledge.arrays.arguments import Operand, axis_of, narrowed, operand, promoted
from shapewright.knowledge.arrays.dtypes import is_float
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import NotKnown, Result
from shapewright.tensors.dimension import UNNAMED, Dim, same_length
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library


def both(names: str) -> list[str]:
    """Names that are in keras.ops and in keras.ops.linalg."""
    return [*spelled("keras.ops.", names), *spelled("keras.ops.linalg.", names)]


def _matrix(x: Any, square: bool = False) -> Operand:
    """A stack of matrices."""
    found = operand(x)
    if found.shape.rank < 2 or (square and same_length(found.shape[-1], found.shape[-2]) is False):
        raise NotKnown("matrices")
    if square and found.shape[-1].is_dynamic != found.shape[-2].is_dynamic:
        raise NotKnown("square matrices")  # Keras compares a size with `None`
    if not is_float(narrowed(found)):
        raise NotKnown("floats")
    return found


def _float_dtype(found: Operand) -> str | None:
    return "float32" if narrowed(found) == "float32" else None


@function(*both("cholesky"))
def cholesky(x: Any, upper: Any = False) -> Result:
    """Keeps the shape of square matrices.

    >>> {name}(np.eye(3, dtype="float32"))
    """
    found = _matrix(x, square=True)
    return Result(found.shape, _float_dtype(found))


@function(*both("cholesky_inverse"))
def cholesky_inverse(x: Any, upper: Any = False) -> Result:
    """Keeps the shape of square matrices.

    >>> {name}(np.eye(3, dtype="float32"))
    """
    return cholesky(x, upper)


@function(*both("inv"))
def inverse(x: Any) -> Result:
    """Keeps the shape of square matrices.

    >>> {name}(np.eye(3, dtype="float32"))
    """
    return cholesky(x)


@function(*both("pinv"))
def pseudo_inverse(x: Any, rcond: Any = None) -> Result:
    """The last two axes exchanged.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = _matrix(x)
    return Result(shapes.swapped(found.shape, -1, -2), _float_dtype(found))


@function(*both("det"))
def determinant(x: Any) -> Result:
    """Without the axes of the matrices.

    >>> {name}(np.ones((4, 3, 3), "float32"))
    """
    found = _matrix(x, square=True)
    return Result(Shape(found.shape.dims[:-2]), _float_dtype(found))


@function("keras.ops.logdet")
def logdet(x: Any) -> Result:
    """Without the axes of the matrices.

    >>> {name}(np.ones((4, 3, 3), "float32"))
    """
    return determinant(x)


@function("keras.ops.slogdet")
def slogdet(x: Any) -> tuple[Result, Result]:
    """The sign and the logarithm, without the axes of the matrices.

    >>> {name}(np.ones((4, 3, 3), "float32"))
    """
    made = determinant(x)
    return made, made


@function(*both("matrix_rank"))
def matrix_rank(x: Any, tol: Any = None) -> Result:
    """Without the axes of the matrices.

    >>> {name}(np.ones((4, 3, 3), "float32"))
    """
    return Result(Shape(_matrix(x).shape.dims[:-2]), "int32")


@function(*both("eig"))
def eig(x: Any) -> tuple[Result, Result]:
    """The eigenvalues and the eigenvectors.

    >>> {name}(np.ones((4, 3, 3), "float32"))
    """
    found = _matrix(x, square=True)
    return Result(found.shape.without(-1)), Result(found.shape)


@function(*both("eigh"))
def eigh(x: Any) -> tuple[Result, Result]:
    """The eigenvalues and the eigenvectors of symmetric matrices.

    >>> {name}(np.ones((4, 3, 3), "float32"))
    """
    found = _matrix(x, square=True)
    return Result(found.shape.without(-1), _float_dtype(found)), Result(found.shape, _float_dtype(found))


@function(*both("lu_factor"))
def lu_factor(x: Any) -> tuple[Result, Result]:
    """The factors in one matrix, and the pivots.

    >>> {name}(np.eye(3, dtype="float32"))
    """
    found = _matrix(x, square=True)
    return Result(found.shape, _float_dtype(found)), Result(found.shape.without(-1))


@function(*both("qr"))
def qr(x: Any, mode: Any = "reduced") -> tuple[Result, Result]:
    """An orthogonal and a triangular matrix.

    >>> {name}(np.ones((4, 3), "float32"))
    >>> {name}(np.ones((4, 3), "float32"), mode="complete")
    """
    found = _matrix(x)
    rows, columns = found.shape[-2], found.shape[-1]
    least = _least(rows, columns)
    if mode not in ("reduced", "complete"):
        raise NotKnown("mode")
    inner = least if mode == "reduced" else rows
    dtype = _float_dtype(found)
    return Result(found.shape.replace(-1, inner), dtype), Result(found.shape.replace(-2, inner), dtype)


def _least(a: Dim, b: Dim) -> Dim:
    if isinstance(a.size, int) and isinstance(b.size, int):
        return a if a.size <= b.size else b
    raise NotKnown("the smaller size")


@function(*both("svd"))
def svd(x: Any, full_matrices: Any = True, compute_uv: Any = True) -> Sequence[Result] | Result:
    """U, the singular values, and V.

    >>> {name}(np.ones((4, 3), "float32"))
    >>> {name}(np.ones((4, 3), "float32"), full_matrices=False)
    >>> {name}(np.ones((4, 3), "float32"), compute_uv=False)
    """
    found = _matrix(x)
    rows, columns = found.shape[-2], found.shape[-1]
    lead, least, dtype = found.shape.dims[:-2], _least(rows, columns), _float_dtype(found)
    values = Result(Shape((*lead, least)), dtype)
    if compute_uv is False:
        return values
    if compute_uv is not True or not isinstance(full_matrices, bool):
        raise NotKnown("compute_uv")
    first = Shape((*lead, rows, rows if full_matrices else least))
    last = Shape((*lead, columns if full_matrices else least, columns))
    return (Result(first, dtype), values, Result(last, dtype))


@function(*both("solve"))
def solve(a: Any, b: Any) -> Result:
    """The shape of the right side.

    >>> {name}(np.eye(3, dtype="float32"), np.ones((3, 2), "float32"))
    >>> {name}(np.eye(3, dtype="float32"), np.ones((3,), "float32"))
    """
    left, right = _matrix(a, square=True), operand(b)
    at = -1 if right.shape.rank == left.shape.rank - 1 else -2
    if right.shape.rank not in (left.shape.rank - 1, left.shape.rank):
        raise NotKnown("a right side that fits")
    if same_length(left.shape[-1], right.shape[at]) is False or left.shape.sizes[:-2] != right.shape.sizes[:at]:
        raise NotKnown("a right side that fits")
    return Result(right.shape, promoted("keras", left, right) if _float_dtype(left) else None)


@function(*both("solve_triangular"))
def solve_triangular(a: Any, b: Any, lower: Any = False) -> Result:
    """The shape of the right side.

    >>> {name}(np.eye(3, dtype="float32"), np.ones((3, 2), "float32"))
    """
    return solve(a, b)


@function(*both("lstsq"))
def lstsq(a: Any, b: Any, rcond: Any = None) -> Result:
    """(rows, n) and (rows, k) -> (n, k).

    >>> {name}(np.ones((4, 3), "float32"), np.ones((4, 2), "float32"))
    >>> {name}(np.ones((4, 3), "float32"), np.ones((4,), "float32"))
    """
    left, right = _matrix(a), operand(b)
    if left.shape.rank != 2 or right.shape.rank not in (1, 2) or left.shape[0].size != right.shape[0].size:
        raise NotKnown("sides that fit")
    return Result(Shape((left.shape[1], *right.shape.dims[1:])), _float_dtype(left))


# -- products


@function("keras.ops.inner")
def inner(x1: Any, x2: Any) -> Result:
    """Summed over the last axes.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((4, 3), "float32"))
    """
    a, b = operand(x1), operand(x2)
    if not a.shape.rank or not b.shape.rank or same_length(a.shape[-1], b.shape[-1]) is False:
        raise NotKnown("last axes of one size")
    return Result(Shape((*a.shape.without(-1), *b.shape.without(-1))), promoted("keras", a, b))


@function("keras.ops.vdot")
def vdot(x1: Any, x2: Any) -> Result:
    """One number.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((2, 3), "float32"))
    """
    a, b = operand(x1), operand(x2)
    if a.shape.sizes != b.shape.sizes:
        raise NotKnown("as many elements")
    return Result(Shape(()), promoted("keras", a, b))


@function("keras.ops.cross")
def cross(x1: Any, x2: Any, axisa: Any = -1, axisb: Any = -1, axisc: Any = -1, axis: Any = None) -> Result:
    """Vectors of three numbers.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((2, 3), "float32"))
    """
    a, b = operand(x1), operand(x2)
    if (axisa, axisb, axisc, axis) != (-1, -1, -1, None) or a.shape.sizes != b.shape.sizes or not a.shape.rank:
        raise NotKnown("vectors of one shape")
    if a.shape[-1].size != 3:
        raise NotKnown("vectors of three numbers")
    return Result(a.shape, promoted("keras", a, b))


@function("keras.ops.kron")
def kron(x1: Any, x2: Any) -> Result:
    """The sizes multiplied.

    >>> {name}(np.ones((2, 3), "float32"), np.ones((4, 5), "float32"))
    """
    a, b = operand(x1), operand(x2)
    rank = max(a.shape.rank, b.shape.rank)
    left, right = ([Dim(1)] * (rank - s.rank) + list(s) for s in (a.shape, b.shape))
    return Result(Shape(p * q for p, q in zip(left, right, strict=True)), promoted("keras", a, b))


@function("keras.ops.corrcoef")
def corrcoef(x: Any) -> Result:
    """(variables, samples) -> (variables, variables).

    >>> {name}(np.ones((2, 3), "float32"))
    """
    found = operand(x)
    if found.shape.rank != 2 or found.library is Library.KERAS:
        raise NotKnown("(variables, samples)")
    return Result(Shape((found.shape[0], found.shape[0])), _float_dtype(found))


@function("keras.ops.correlate")
def correlate(x1: Any, x2: Any, mode: Any = "valid") -> Result:
    """One vector moved along another.

    >>> {name}(np.ones((5,), "float32"), np.ones((3,), "float32"))
    >>> {name}(np.ones((5,), "float32"), np.ones((3,), "float32"), "same")
    >>> {name}(np.ones((5,), "float32"), np.ones((3,), "float32"), mode="full")
    """
    a, b = operand(x1), operand(x2)
    if a.shape.rank != 1 or b.shape.rank != 1 or not a.shape.is_known or not b.shape.is_known:
        raise NotKnown("vectors")
    sizes = sorted(int(str(s.shape[0])) for s in (a, b))
    length = {"valid": sizes[1] - sizes[0] + 1, "same": sizes[1], "full": sum(sizes) - 1}.get(mode)
    if length is None or not sizes[0]:
        raise NotKnown("mode")
    return Result(Shape((length,)), promoted("keras", a, b))


@function("keras.ops.cdist")
def cdist(x: Any, y: Any) -> Result:
    """(..., rows, n) and (..., columns, n) -> (..., rows, columns).

    >>> {name}(np.ones((2, 3), "float32"), np.ones((4, 3), "float32"))
    """
    a, b = _matrix(x), _matrix(y)
    if same_length(a.shape[-1], b.shape[-1]) is False or a.shape.sizes[:-2] != b.shape.sizes[:-2]:
        raise NotKnown("points of one size")
    return Result(a.shape.replace(-1, b.shape[-2]), promoted("keras", a, b))


@function("keras.ops.unique")
def unique(
    x: Any,
    sorted: Any = True,
    return_index: Any = False,
    return_inverse: Any = False,
    return_counts: Any = False,
    axis: Any = None,
    size: Any = None,
    fill_value: Any = None,
) -> Result:
    """The different elements, or the different slices along an axis.

    >>> {name}(np.ones((2, 3), "float32"))
    """
    if (return_index, return_inverse, return_counts) != (False, False, False):
        raise NotKnown("one result")
    found = operand(x)
    count = Dim(UNNAMED) if size is None else Dim(size) if isinstance(size, int) else None
    if count is None or any(dim.is_dynamic for dim in found.shape):
        raise NotKnown("size")
    shape = Shape((count,)) if axis is None else found.shape.replace(axis_of(axis, found.shape.rank), count)
    return Result(shape, narrowed(found))
