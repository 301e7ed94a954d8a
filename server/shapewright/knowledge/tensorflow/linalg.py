"""`tf.linalg`: matrices in the last two axes."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.arrays import shapes
from shapewright.knowledge.arrays.arguments import Operand, narrowed, operand, promoted
from shapewright.knowledge.arrays.shapes import broadcasted, reduced
from shapewright.knowledge.registry import function, spelled
from shapewright.knowledge.rule import TRACED, Misfit, NotKnown, Result
from shapewright.knowledge.tensorflow.common import alike, alike_shapes, complex_of, flag, leading, real_of
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.shape import Shape


@function(*spelled("tensorflow.linalg.", "expm logm sqrtm"))
def function_of_matrix(input: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.complex(tf.eye(3, batch_shape=[2]), 0.0))
    """
    _squared(operand(input))
    return alike(operand(input))


@function("tensorflow.linalg.cholesky")
def square(input: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.complex(tf.eye(3, batch_shape=[2]), 0.0))
    """
    return _squared(operand(input))


def _squared(found: Operand) -> Result:
    """Matrices of one side, known by any of the two."""
    if found.shape.rank < 2:
        raise NotKnown("matrices")
    side = alike_shapes(Shape((found.shape[-2],)), Shape((found.shape[-1],)))[0]
    return Result(Shape((*found.shape.dims[:-2], side, side)), narrowed(found))


@function("tensorflow.linalg.inv")
def inv(input: Any, adjoint: Any = False, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    return _squared(operand(input))


@function("tensorflow.linalg.adjoint")
def adjoint(matrix: Any, name: Any = None) -> Result:
    """The last two axes exchanged.

    >>> {name}(tf.ones((2, 3, 4)))
    """
    found = operand(matrix)
    return Result(shapes.swapped(found.shape, -1, -2), narrowed(found))


@function("tensorflow.linalg.det")
def det(input: Any, name: Any = None) -> Result:
    """A number for each matrix.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    found = operand(input)
    return Result(leading(found.shape, 2), narrowed(found))


@function("tensorflow.linalg.logdet")
def logdet(matrix: Any, name: Any = None) -> Result:
    """A number for each matrix.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    return det(matrix)


@function(*spelled("tensorflow.linalg.", "trace"))
def trace(x: Any, name: Any = None) -> Result:
    """A number for each matrix.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    found = operand(x)
    return Result(leading(found.shape, 2), narrowed(found))


@function("tensorflow.linalg.slogdet")
def slogdet(input: Any, name: Any = None) -> tuple[Result, Result]:
    """A sign and a number for each matrix.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    result = det(input)
    return result, result


@function("tensorflow.linalg.matrix_rank")
def matrix_rank(a: Any, tol: Any = None, validate_args: Any = False, name: Any = None) -> Result:
    """A number for each matrix.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    return Result(leading(operand(a).shape, 2), "int32")


@function("tensorflow.linalg.diag")
def diag(
    diagonal: Any, name: Any = "diag", k: Any = 0, num_rows: Any = -1, num_cols: Any = -1, *_: Any, **__: Any
) -> Result:
    """A matrix for each last axis.

    >>> {name}(tf.ones((2, 3)))
    """
    found = operand(diagonal)
    if k != 0 or num_rows != -1 or num_cols != -1 or not found.shape.rank:
        raise NotKnown("the main diagonal")
    return Result(Shape((*found.shape, found.shape[-1])), narrowed(found))


@function(*spelled("tensorflow.linalg.", "diag_part"))
def diag_part(input: Any, name: Any = "diag_part", k: Any = 0, *_: Any, **__: Any) -> Result:
    """The diagonal of each matrix.

    >>> {name}(tf.ones((2, 3, 3)))
    >>> {name}(tf.ones((2, 3, 5)))
    """
    found = operand(input)
    if k != 0 or found.shape.rank < 2:
        raise NotKnown("the main diagonal")
    return Result(shapes.diagonal(found.shape, 0, -2, -1), narrowed(found))


@function("tensorflow.linalg.set_diag")
def set_diag(input: Any, diagonal: Any, name: Any = "set_diag", k: Any = 0, align: Any = "RIGHT_LEFT") -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3, 3)), tf.zeros((2, 3)))
    """
    found, given = operand(input), operand(diagonal).shape
    if k != 0:
        raise NotKnown("the main diagonal")
    shape = shapes.diagonal(found.shape, 0, -2, -1)
    alike_shapes(shape, given)
    if TRACED.get() and not (found.shape.is_known and given.is_known):
        raise NotKnown("what a graph works out")
    return alike(found)


@function("tensorflow.linalg.tensor_diag")
def tensor_diag(diagonal: Any, name: Any = None) -> Result:
    """All axes twice.

    >>> {name}(tf.ones((2, 3)))
    """
    found = operand(diagonal)
    return Result(Shape((*found.shape, *found.shape)), narrowed(found))


@function("tensorflow.linalg.tensor_diag_part")
def tensor_diag_part(input: Any, name: Any = None) -> Result:
    """The first half of the axes.

    >>> {name}(tf.ones((2, 3, 2, 3)))
    """
    found = operand(input)
    if found.shape.rank % 2:
        raise NotKnown("an even number of axes")
    half = found.shape.rank // 2
    return Result(alike_shapes(Shape(found.shape.dims[:half]), Shape(found.shape.dims[half:])), narrowed(found))


@function("tensorflow.linalg.cross")
def cross(a: Any, b: Any, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), tf.ones((2, 3)))
    """
    return alike(operand(a))


@function("tensorflow.linalg.eigh")
def eigh(tensor: Any, name: Any = None) -> tuple[Result, Result]:
    """Eigenvalues and eigenvectors.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    found = operand(tensor)
    return Result(leading(found.shape, 1), narrowed(found)), alike(found)


@function("tensorflow.linalg.eigvalsh")
def eigvalsh(tensor: Any, name: Any = None) -> Result:
    """Eigenvalues.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    return eigh(tensor)[0]


@function("tensorflow.linalg.eig", "tensorflow.eig")
def eig(tensor: Any, name: Any = None) -> tuple[Result, Result]:
    """Eigenvalues and eigenvectors, complex numbers.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    values, vectors = eigh(tensor)
    return Result(values.shape, complex_of(values.dtype)), Result(vectors.shape, complex_of(vectors.dtype))


@function("tensorflow.linalg.eigvals", "tensorflow.eigvals")
def eigvals(tensor: Any, name: Any = None) -> Result:
    """Eigenvalues, complex numbers.

    >>> {name}(tf.eye(3, batch_shape=[2]))
    """
    return eig(tensor)[0]


def _smaller(shape: Shape) -> Dim:
    rows, columns = shape[-2], shape[-1]
    if same_length(rows, columns):
        return rows
    if not isinstance(rows.size, int) or not isinstance(columns.size, int):
        raise NotKnown("the smaller side")
    return rows if rows.size < columns.size else columns


@function("tensorflow.linalg.svd")
def svd(tensor: Any, full_matrices: Any = False, compute_uv: Any = True, name: Any = None) -> Any:
    """Singular values, left and right singular vectors.

    >>> {name}(tf.ones((2, 3, 5)))
    >>> {name}(tf.ones((3, 5)), full_matrices=True)
    >>> {name}(tf.ones((3, 5)), compute_uv=False)
    """
    found = operand(tensor)
    lead, least = leading(found.shape, 2), _smaller(found.shape)
    dtype = narrowed(found)
    values = Result(Shape((*lead, least)), real_of(dtype))
    if not flag(compute_uv):
        return values
    rows, columns = found.shape[-2], found.shape[-1]
    if flag(full_matrices):
        return values, Result(Shape((*lead, rows, rows)), dtype), Result(Shape((*lead, columns, columns)), dtype)
    return values, Result(Shape((*lead, rows, least)), dtype), Result(Shape((*lead, columns, least)), dtype)


@function("tensorflow.linalg.qr")
def qr(input: Any, full_matrices: Any = False, name: Any = None) -> tuple[Result, Result]:
    """An orthogonal and a triangular matrix.

    >>> {name}(tf.ones((2, 5, 3)))
    >>> {name}(tf.ones((5, 3)), full_matrices=True)
    """
    found = operand(input)
    lead = leading(found.shape, 2)
    rows, columns = found.shape[-2], found.shape[-1]
    inner = rows if flag(full_matrices) else _smaller(found.shape)
    dtype = narrowed(found)
    return Result(Shape((*lead, rows, inner)), dtype), Result(Shape((*lead, inner, columns)), dtype)


@function("tensorflow.linalg.pinv")
def pinv(a: Any, rcond: Any = None, validate_args: Any = False, name: Any = None) -> Result:
    """The last two axes exchanged.

    >>> {name}(tf.ones((2, 3, 4)))
    """
    found = operand(a)
    return Result(shapes.swapped(found.shape, -1, -2), narrowed(found))


def _solved(matrix: Any, rhs: Any, square: bool = True) -> Result:
    first, second = operand(matrix), operand(rhs)
    if first.shape.rank != second.shape.rank or first.shape.rank < 2:
        raise NotKnown("as many axes")
    rows = alike_shapes(Shape(first.shape.dims[:-1]), Shape(second.shape.dims[:-1]))
    if square:
        side = alike_shapes(Shape((rows[-1],)), Shape((first.shape[-1],)))[0]
        rows = rows.replace(-1, side)
    columns = rows[-1] if square else first.shape[-1]
    return Result(Shape((*rows.dims[:-1], columns, second.shape[-1])), promoted("tensorflow", first, second))


@function("tensorflow.linalg.solve")
def solve(matrix: Any, rhs: Any, adjoint: Any = False, name: Any = None) -> Result:
    """A column for each column.

    >>> {name}(tf.eye(3), tf.ones((3, 2)))
    """
    return _solved(matrix, rhs)


@function("tensorflow.linalg.triangular_solve")
def triangular_solve(matrix: Any, rhs: Any, lower: Any = True, adjoint: Any = False, name: Any = None) -> Result:
    """A column for each column.

    >>> {name}(tf.eye(3), tf.ones((3, 2)))
    """
    if lower not in (True, False) or adjoint not in (True, False):
        raise NotKnown("true or false")
    return _solved(matrix, rhs)


@function("tensorflow.linalg.cholesky_solve")
def cholesky_solve(chol: Any, rhs: Any, name: Any = None) -> Result:
    """A column for each column.

    >>> {name}(tf.eye(3), tf.ones((3, 2)))
    """
    return _solved(chol, rhs)


@function("tensorflow.linalg.lstsq")
def lstsq(matrix: Any, rhs: Any, l2_regularizer: Any = 0.0, fast: Any = True, name: Any = None) -> Result:
    """A column for each column.

    >>> {name}(tf.ones((5, 3)), tf.ones((5, 2)))
    """
    return _solved(matrix, rhs, square=False)


@function("tensorflow.linalg.matvec")
def matvec(a: Any, b: Any, transpose_a: Any = False, adjoint_a: Any = False, *_: Any, **__: Any) -> Result:
    """A matrix with the last axis of a vector.

    >>> {name}(tf.ones((2, 3, 4)), tf.ones((2, 4)))
    >>> {name}(tf.ones((4, 3)), tf.ones((4,)), transpose_a=True)
    """
    first, second = operand(a), operand(b)
    left = first.shape
    if left.rank < 2 or not second.shape.rank:
        raise NotKnown("a matrix and a vector")
    if flag(transpose_a) or flag(adjoint_a):
        left = shapes.swapped(left, -1, -2)
    if same_length(left[-1], second.shape[-1]) is False:
        raise NotKnown("inner sizes that are equal")
    try:
        lead = broadcasted("tensors", leading(left, 2), leading(second.shape, 1))
    except Misfit:
        raise NotKnown("a vector for each matrix") from None
    return Result(Shape((*lead, left[-2])), promoted("tensorflow", first, second))


@function("tensorflow.linalg.normalize")
def normalize(tensor: Any, ord: Any = "euclidean", axis: Any = None, name: Any = None) -> tuple[Result, Result]:
    """The tensor, and the norm with 1 in place of the axes that it is over.

    >>> {name}(tf.ones((2, 3)), axis=1)
    """
    found = operand(tensor)
    return alike(found), Result(reduced(found.shape, axis, True), narrowed(found))


@function("tensorflow.linalg.l2_normalize")
def l2_normalize(x: Any, axis: Any = None, epsilon: Any = 1e-12, name: Any = None) -> Result:
    """The same shape and dtype.

    >>> {name}(tf.ones((2, 3)), axis=1)
    """
    return alike(operand(x))
