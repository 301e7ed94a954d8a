"""Arithmetic of numbers, texts, sequences and tensors."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shapewright.interpreter.arguments import as_dim, plain
from shapewright.interpreter.branches import truth
from shapewright.interpreter.collections import NOT_KNOWN, known_value
from shapewright.interpreter.contents import contents_of, with_contents
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import dim_value, items_of, possible_items
from shapewright.interpreter.joins import some_of
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import COMBINED, Run, expression
from shapewright.interpreter.scalars import dtype_of_scalar, scalar_result
from shapewright.interpreter.suspicions import suspect_outer
from shapewright.interpreter.tracing import is_traced
from shapewright.knowledge.arrays.arguments import Operand, operand, promoted
from shapewright.knowledge.arrays.dtypes import averaged, is_float, is_int
from shapewright.knowledge.arrays.shapes import matmul
from shapewright.knowledge.numpy.arguments import nested_shape
from shapewright.knowledge.refusals import refusal
from shapewright.knowledge.rule import Misfit, NotKnown
from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import History, Library, Operation, ShapeValue, Tensor
from shapewright.values.value import (
    SOME_BOOL,
    TEXT,
    UNKNOWN,
    DictItems,
    DictRef,
    Free,
    ListRef,
    Literal,
    Range,
    Scalar,
    Size,
    Tuple,
    Value,
    int_of,
)

_ARITHMETIC: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
    ast.Pow: operator.pow,
    ast.LShift: operator.lshift,
    ast.RShift: operator.rshift,
    ast.BitAnd: operator.and_,
    ast.BitOr: operator.or_,
    ast.BitXor: operator.xor,
}
_UNARY: dict[type[ast.unaryop], str] = {ast.USub: "neg", ast.UAdd: "pos", ast.Invert: "invert"}
_MAX_NUMBER = 1 << 62
"""Results past this are not computed: no axis is that long, and a power can be longer than memory."""
_BITS = (ast.BitAnd, ast.BitOr, ast.BitXor)
_ELEMENTWISE = (*_BITS, ast.Add, ast.Sub, ast.Mult, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.LShift, ast.RShift)


@expression(ast.BinOp)
def binary_expression(run: Run, node: ast.BinOp, frame: Frame) -> Value:
    return binary(run, node.op, run.evaluate(node.left, frame), run.evaluate(node.right, frame), node, frame)

def binary(run: Run, op: ast.operator, a: Value, b: Value, node: ast.expr | ast.stmt, frame: Frame) -> Value:
    """What `a op b` is worth."""
    if isinstance(a, Literal) and isinstance(b, Literal):
        return _literals(op, a, b)
    if isinstance(a, Literal) and isinstance(a.value, str) and isinstance(b, Tuple) and isinstance(op, ast.Mod):
        return _formatted(run, a.value, b)
    if isinstance(op, ast.Mod) and dtype_of_scalar(a) == "string":
        return TEXT
    if type(a) in COMBINED or type(b) in COMBINED:
        return COMBINED[type(a) if type(a) in COMBINED else type(b)](run, op, a, b)
    if isinstance(a, Tensor) or isinstance(b, Tensor):
        return _tensors(run, op, a, b, node, frame)
    if isinstance(a, (Literal, Size, Free)) and isinstance(b, (Literal, Size, Free)):
        size = _sizes(op, a, b)
        return scalar_result(op, a, b) if size is UNKNOWN else size
    if isinstance(a, Scalar) or isinstance(b, Scalar):
        return scalar_result(op, a, b)
    lists = isinstance(a, ListRef) or isinstance(b, ListRef)  # what a model gives as a list is a tuple here
    if lists and isinstance(a, (ListRef, Tuple)) and isinstance(b, (ListRef, Tuple)) and isinstance(op, ast.Add):
        made = ListRef()
        run.store.write(made, "items", list_sum(run, a, b))
        return made
    if isinstance(a, (Tuple, ShapeValue)) and isinstance(b, (Tuple, ShapeValue)) and isinstance(op, ast.Add):
        items = _concatenated(run, a, b)
        return UNKNOWN if items is None else Tuple(items)
    if isinstance(a, DictRef) and isinstance(b, DictRef) and isinstance(op, ast.BitOr):
        return _united(run, a, b)
    if isinstance(op, ast.Mult):
        return _repeated(run, a, b)
    return UNKNOWN


def _literals(op: ast.operator, a: Literal, b: Literal) -> Value:
    x, y = a.value, b.value
    numbers = all(isinstance(n, (int, float, complex)) for n in (x, y))
    if not numbers and not _is_of_text(op, x, y):
        return UNKNOWN
    if isinstance(op, (ast.Pow, ast.LShift)) and isinstance(y, (int, float)) and abs(y) > 64:
        return UNKNOWN
    try:
        result = _ARITHMETIC[type(op)](x, y)
    except (ArithmeticError, KeyError, TypeError, ValueError):
        return UNKNOWN
    if isinstance(result, str) and len(result) > 10_000:
        return UNKNOWN
    if isinstance(result, int) and abs(result) > _MAX_NUMBER:
        return UNKNOWN
    return Literal(result, a.origin if a.origin is not None else b.origin)


def _formatted(run: Run, text: str, values: Tuple) -> Value:
    """`"%d by %d" % (rows, columns)`."""
    known = known_value(run, values)
    try:
        return TEXT if known is NOT_KNOWN or len(text) > 200 else Literal(text % tuple(known))
    except (TypeError, ValueError):  # the user's program raises it too
        return UNKNOWN


def _is_of_text(op: ast.operator, x: object, y: object) -> bool:
    """`"a" + "b"`, `"-" * 20`, `"%03d" % n`."""
    if isinstance(op, ast.Mult):
        times = y if isinstance(x, str) else x
        return isinstance(times, int) and times < 1000 and isinstance(x if times is y else y, str)
    if isinstance(op, ast.Mod):
        return isinstance(x, str) and len(x) < 200
    return isinstance(op, ast.Add) and isinstance(x, str) and isinstance(y, str)


_SIZED: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.FloorDiv: operator.floordiv,
    ast.Mod: operator.mod,
}


def _sizes(op: ast.operator, a: Literal | Size | Free, b: Literal | Size | Free) -> Value:
    if type(op) not in _SIZED:
        return UNKNOWN
    try:
        size = _SIZED[type(op)](as_dim(a), as_dim(b))
    except NotKnown:
        return UNKNOWN
    if isinstance(a, Free) or isinstance(b, Free):
        return Free(size) if isinstance(size.size, str) else UNKNOWN
    return dim_value(size)


def list_sum(run: Run, a: Value, b: Value) -> Value:
    """The state of a list that has the items of two, one after the other."""
    items = _concatenated(run, a, b)
    return Tuple(items) if items is not None else some_of((*possible_items(run, a), *possible_items(run, b)))


def _concatenated(run: Run, a: Value, b: Value) -> tuple[Value, ...] | None:
    first, second = items_of(run, a), items_of(run, b)
    return None if first is None or second is None else (*first, *second)


def _united(run: Run, a: DictRef, b: DictRef) -> Value:
    """`defaults | given`."""
    first, second = run.store.read(a, "items"), run.store.read(b, "items")
    if not isinstance(first, DictItems) or not isinstance(second, DictItems):
        return UNKNOWN
    made = DictRef()
    items = DictItems((*first.items, *second.items), first.complete and second.complete)
    run.store.write(made, "items", items)
    return made


def _repeated(run: Run, a: Value, b: Value) -> Value:
    """`[0] * 3`, `(2,) * n`."""
    sequence, times = (a, int_of(b)) if isinstance(a, (Tuple, ListRef, ShapeValue)) else (b, int_of(a))
    if not isinstance(sequence, (Tuple, ListRef, ShapeValue)):
        return UNKNOWN
    items = items_of(run, sequence)
    if times is not None and items is not None and len(items) * times <= 100_000:
        result: Value = Tuple(tuple(items * times))
    else:
        result = some_of(possible_items(run, sequence))
    if isinstance(sequence, ListRef):
        made = ListRef()
        run.store.write(made, "items", result)
        return made
    return result


def _tensors(run: Run, op: ast.operator, a: Value, b: Value, node: ast.expr | ast.stmt, frame: Frame) -> Value:
    """Elementwise arithmetic broadcasts; `@` multiplies matrices."""
    if not isinstance(op, (*_ELEMENTWISE, ast.MatMult)):
        return UNKNOWN
    library = library_of(a, b)
    history = None
    if library is Library.KERAS:
        name = "operator.matmul" if isinstance(op, ast.MatMult) else f"operator.{_ARITHMETIC[type(op)].__name__}"
        redo = Operation(lambda again, pair: binary(again, op, pair.items[0], pair.items[1], node, frame), name)
        history = History(redo, Tuple((a, b)), frame.chunk.span(node))
        run.store.note_node(history)
    made = Tensor(None, _result_dtype(run, op, a, b, library), library, history, any_doubtful(a, b))
    if library is Library.TENSORFLOW and refuses_dtypes(a, b, arithmetic=not isinstance(op, _BITS)):
        return replace(made, doubtful=True)
    shapes = [operand_shape(run, value) for value in (a, b)]
    if shapes[0] is None or shapes[1] is None:
        return made
    if isinstance(op, ast.MatMult):
        try:
            return replace(made, shape=_product(shapes[0], shapes[1], library))
        except NotKnown as unknown:
            if isinstance(unknown, Misfit) and not made.doubtful and not (is_traced(run) and Library.NUMPY in _libraries(a, b)):
                _report_misfit(run, "@", library, unknown, node, frame)
            return replace(made, doubtful=True)
    if library is Library.NUMPY and isinstance(op, (*_BITS, ast.LShift, ast.RShift)) and not _have_bits(run, a, b):
        return replace(made, doubtful=True)
    if library is Library.NUMPY and isinstance(op, ast.Sub) and _is_truth(a) and _is_truth(b):
        return replace(made, doubtful=True)  # NumPy refuses to subtract truths
    if is_traced(run) and Library.NUMPY in _libraries(a, b) and Library.TENSORFLOW in _libraries(a, b):
        try:
            broadcast(shapes[0], shapes[1])
        except BroadcastError:  # NumPy's operator is asked after TensorFlow's, and says something else
            return replace(made, doubtful=True)
    shape = broadcast_operands(run, shapes[0], shapes[1], made, node, frame)
    if shape is None:
        return replace(made, doubtful=True)
    made = replace(made, shape=shape)
    content = _content(run, op, a, b, node, frame) if library is not Library.KERAS else None
    return made if content is None else with_contents(run, made, content, [t for t in (a, b) if isinstance(t, Tensor)])


def _is_truth(value: Value) -> bool:
    dtype = value.dtype if isinstance(value, Tensor) else None
    return dtype == "bool" or (isinstance(value, Literal) and isinstance(value.value, bool))


def refuses_dtypes(a: Value, b: Value, arithmetic: bool) -> bool:
    """Whether TensorFlow refuses two operands for their dtypes: it converts no tensor, and does not calculate with bools.
    Floats of several widths are left to Keras, whose layers convert them."""
    kinds = {
        "bool" if t.dtype == "bool" else "int" if is_int(t.dtype) else "float" if is_float(t.dtype) else t.dtype
        for t in (a, b)
        if isinstance(t, Tensor) and t.library is Library.TENSORFLOW and t.dtype is not None
    }
    fraction = any(isinstance(x, Literal) and isinstance(x.value, float) for x in (a, b))
    number = any(isinstance(x, Literal) and isinstance(x.value, (int, float)) for x in (a, b))
    return len(kinds) > 1 or (arithmetic and "bool" in kinds) or (fraction and "int" in kinds) or (number and "string" in kinds)


def _product(a: Shape, b: Shape, library: Library) -> Shape:
    if library is Library.TENSORFLOW and min(a.rank, b.rank) < 2:
        raise Misfit("product-rank", shapes=(a, b))
    return matmul(a, b)


def _report_misfit(
    run: Run, name: str, library: Library, misfit: Misfit, node: ast.expr | ast.stmt, frame: Frame
) -> None:
    """Reports what an operator refuses, where its text is known."""
    way = "numpy" if library is Library.NUMPY else "symbolic" if library is Library.KERAS else "tensorflow"
    if way == "tensorflow" and is_traced(run):
        way = "graph"
    message = refusal(name, way, misfit)
    if message is not None:
        facts = {**misfit.facts, "function": name}
        trail = tuple(run.call_stack)
        run.report(Mismatch(misfit.kind, message, frame.chunk.span(node), facts=facts, trail=trail))


def library_of(a: Value, b: Value) -> Library:
    """Whose tensor comes of two operands."""
    found = _libraries(a, b)
    return next((kind for kind in (Library.KERAS, Library.TENSORFLOW) if kind in found), Library.NUMPY)


def _libraries(a: Value, b: Value) -> list[Library]:
    return [value.library for value in (a, b) if isinstance(value, Tensor)]


def any_doubtful(a: Value, b: Value) -> bool:
    return any(isinstance(t, Tensor) and t.doubtful for t in (a, b))


def broadcast_operands(
    run: Run, a: Shape, b: Shape, made: Tensor, node: ast.expr | ast.stmt, frame: Frame
) -> Shape | None:
    if not made.doubtful and made.library is not Library.KERAS:
        suspect_outer(run, frame.chunk.span(node), [a, b])
    try:
        return broadcast(a, b)
    except BroadcastError as error:
        told_apart = isinstance(node, ast.Compare) and isinstance(node.ops[0], (ast.Eq, ast.NotEq))
        if not made.doubtful and not (
            told_apart and made.library is not Library.NUMPY
        ):  # TensorFlow says that they differ
            misfit = Misfit("broadcast", shapes=(a, b), axis=error.axis, augmented=isinstance(node, ast.AugAssign))
            _report_misfit(run, "+", made.library, misfit, node, frame)
        return None


def _content(run: Run, op: ast.operator, a: Value, b: Value, node: ast.expr | ast.stmt, frame: Frame) -> Value | None:
    """What arithmetic of known elements gives: `tf.shape(x)[0] // 2`, `np.array(sizes) * 2`."""
    first, second = (contents_of(run, value) if isinstance(value, Tensor) else value for value in (a, b))
    if first is None or second is None:
        return None
    return _elementwise(lambda x, y: binary(run, op, x, y, node, frame), first, second)


def _elementwise(compute: Callable[[Value, Value], Value], a: Value, b: Value) -> Value | None:
    if isinstance(a, Tuple) and isinstance(b, Tuple):
        if len(a.items) != len(b.items):
            return None
        parts = [_elementwise(compute, x, y) for x, y in zip(a.items, b.items, strict=True)]
    elif isinstance(a, Tuple):
        parts = [_elementwise(compute, x, b) for x in a.items]
    elif isinstance(b, Tuple):
        parts = [_elementwise(compute, a, y) for y in b.items]
    elif isinstance(a, (Literal, Size)) and isinstance(b, (Literal, Size)):
        result = compute(a, b)
        return (
            result if isinstance(result, Size) or (isinstance(result, Literal) and _is_number(result.value)) else None
        )
    else:
        return None
    return None if None in parts else Tuple(tuple(part for part in parts if part is not None))


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float))


def operand_shape(run: Run, value: Value) -> Shape | None:
    if isinstance(value, Tensor):
        return value.shape
    if isinstance(value, Literal) and isinstance(value.value, (int, float, complex)):
        return Shape(())
    if isinstance(value, (Size, Scalar)):
        return Shape(())
    if isinstance(value, (Tuple, ListRef, ShapeValue, Range)):
        try:
            return nested_shape(plain(run, value))
        except NotKnown:
            return None
    return None


def _result_dtype(run: Run, op: ast.operator, a: Value, b: Value, library: Library) -> str | None:
    if library is Library.NUMPY:
        return _numpy_dtype(run, op, a, b)
    dtypes = [v.dtype if isinstance(v, Tensor) else None for v in (a, b)]
    for tensor_dtype, other in ((dtypes[0], b), (dtypes[1], a)):
        if tensor_dtype is None:
            continue
        floating = tensor_dtype.startswith("float")
        if isinstance(other, Tensor) and other.dtype == tensor_dtype:
            return tensor_dtype if floating or not isinstance(op, ast.Div) else None
        if isinstance(other, (Literal, Size)) and (
            floating or (isinstance(getattr(other, "value", 0), int) and not isinstance(op, (ast.Div, ast.Pow)))
        ):
            return tensor_dtype if not isinstance(getattr(other, "value", 0), complex) else None
    return None


def _numpy_dtype(run: Run, op: ast.operator, a: Value, b: Value) -> str | None:
    try:
        first, second = (_as_operand(run, value) for value in (a, b))
    except NotKnown:
        return None
    dtype = promoted("numpy", first, second)
    if "object" in (first.dtype, second.dtype):
        return "object"
    if isinstance(op, ast.Div):
        return averaged(dtype)
    if dtype == "bool" and not isinstance(op, (ast.Add, ast.Mult, ast.MatMult, *_BITS)):
        return None
    if (
        isinstance(op, (*_BITS, ast.LShift, ast.RShift))
        and dtype is not None
        and not (is_int(dtype) or dtype == "bool")
    ):
        return None
    return dtype


def _have_bits(run: Run, a: Value, b: Value) -> bool:
    """Whether two operands are not known to be floats, which `&` and `|` refuse."""
    try:
        return not any(is_float(_as_operand(run, value).dtype) for value in (a, b))
    except NotKnown:
        return True


def _as_operand(run: Run, value: Value) -> Operand:
    """What decides the dtype of a result, also where the rank is not known."""
    if isinstance(value, Tensor):
        return Operand(Shape(()), value.dtype)
    return operand(plain(run, value))


@expression(ast.UnaryOp)
def unary(run: Run, node: ast.UnaryOp, frame: Frame) -> Value:
    value = run.evaluate(node.operand, frame)
    if isinstance(node.op, ast.Not):
        known = truth(run, value)
        return SOME_BOOL if known is None else Literal(not known)
    if isinstance(value, Literal) and isinstance(value.value, (int, float)):
        number = {ast.USub: -value.value, ast.UAdd: +value.value}.get(type(node.op))
        if number is not None:
            return Literal(number, frame.chunk.span(node))
        return Literal(~value.value, frame.chunk.span(node)) if isinstance(value.value, int) else UNKNOWN
    if type(value) in COMBINED:
        return COMBINED[type(value)](run, node.op, value, value)
    if isinstance(value, Size) and isinstance(node.op, (ast.USub, ast.UAdd)):
        return value if isinstance(node.op, ast.UAdd) else dim_value(-value.dim)
    if isinstance(value, Tensor):
        redo = Operation(lambda _, again: replace(again, history=None), f"operator.{_UNARY[type(node.op)]}")
        history = History(redo, value, frame.chunk.span(node)) if value.is_symbolic else None
        if history is not None:
            run.store.note_node(history)
        refused = value.dtype == "bool" and not value.is_symbolic and not isinstance(node.op, ast.Invert)
        return Tensor(None if refused else value.shape, value.dtype, value.library, history, value.doubtful or refused)
    return value if isinstance(value, Scalar) and value.dtype != "bool" else UNKNOWN
