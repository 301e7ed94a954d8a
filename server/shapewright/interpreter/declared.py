"""Shapes that a program declares: jaxtyping and array annotations, and comments `# shape: (batch, 3, 1)`.

They stand in where nothing else is known, and are compared with what is.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache
from typing import Any

from shapewright.interpreter.frame import Frame
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.run import Run
from shapewright.interpreter.store import MISSING
from shapewright.syntax.chunk import Chunk
from shapewright.syntax.scopes import parameters
from shapewright.tensors.dimension import UNNAMED, Dim
from shapewright.tensors.shape import Shape
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import UNKNOWN, Api, Size, Tuple, Unknown, Value

_COMMENT = re.compile(r"#\s*shape:\s*[(\[](?P<sizes>[^()\[\]#]*)[)\]]", re.IGNORECASE)
_NAME = re.compile(r"[A-Za-z_]\w*")
_ARRAYS = {
    "numpy.ndarray": Library.NUMPY,
    "numpy.typing.NDArray": Library.NUMPY,
    "tensorflow.Tensor": Library.TENSORFLOW,
    "tensorflow.Variable": Library.TENSORFLOW,
    "keras.KerasTensor": Library.KERAS,
}
_DTYPE = re.compile(r"(?:Bool|BFloat16|(?:Float|Int|UInt|Complex)\d+)$")


def declared(run: Run, annotation: ast.expr | None, name: ast.arg | ast.expr, frame: Frame) -> Value:
    """What an annotation, or a comment behind a name, says of its value; `UNKNOWN` where they say nothing."""
    noted = _in_comment(name, frame)
    if annotation is None:
        return UNKNOWN if noted is None else Tensor(noted, None, Library.TENSORFLOW)
    value = _annotated(run, annotation, name, frame)
    if noted is not None and (isinstance(value, Unknown) or (isinstance(value, Tensor) and value.shape is None)):
        library = value.library if isinstance(value, Tensor) else Library.TENSORFLOW
        return Tensor(noted, value.dtype if isinstance(value, Tensor) else None, library)
    return value


def settle(run: Run, value: Value, annotation: ast.expr | None, name: ast.arg | ast.expr, frame: Frame) -> Value:
    """A value, or what is declared of it where it is not known. Reports a declared shape that it contradicts."""
    if not isinstance(value, (Unknown, Tensor)) or (annotation is None and not _has_comments(frame.chunk)):
        return value
    said = declared(run, annotation, name, frame)
    if isinstance(value, Unknown):
        return value if said is UNKNOWN else said
    if not isinstance(said, Tensor) or said.shape is None:
        return value
    if value.shape is None:
        return Tensor(said.shape, value.dtype, value.library, value.history, value.doubtful)
    if not value.doubtful and _contradicts(value.shape, said.shape):
        facts = {"declared": said.shape, "shape": value.shape}
        span = frame.chunk.span(name)
        run.report(Mismatch("declared", None, span, None, value, span, facts, tuple(run.call_stack)))
    return value


def _contradicts(shape: Shape, said: Shape) -> bool:
    if shape.rank != said.rank:
        return True
    return any(a.is_known and b.is_known and a.size != b.size for a, b in zip(shape, said, strict=True))


# -- comments


@lru_cache(maxsize=4096)
def _has_comments(chunk: Chunk) -> bool:
    return any("shape:" in line for line in chunk.parsed)


def _in_comment(name: Any, frame: Frame) -> Shape | None:
    """The shape in a comment at the end of the line of a name; of parameters only one that has a line for itself."""
    lines = frame.chunk.parsed
    if name.end_lineno > len(lines) or (isinstance(name, ast.arg) and _shares_line(name, frame)):
        return None
    line = lines[name.end_lineno - 1]
    match = _COMMENT.search(line, frame.chunk.column(name.end_lineno - 1, name.end_col_offset))
    return _sizes(match["sizes"].split(",")) if match is not None else None


def _shares_line(name: ast.arg, frame: Frame) -> bool:
    others = parameters(frame.node.args) if isinstance(frame.node, (ast.FunctionDef, ast.AsyncFunctionDef)) else []
    return any(other.lineno == name.lineno and other.arg not in (name.arg, "self", "cls") for other in others)


def _sizes(parts: list[str]) -> Shape | None:
    """Sizes as a comment or jaxtyping writes them: numbers, `None`, names, arithmetic on names."""
    dims: list[Dim] = []
    for text in (part.strip() for part in parts):
        if not text:
            continue
        text = text.rpartition("=")[2]  # jaxtyping: name=3
        if text.startswith(("*", "...")):
            return None
        if text.isdecimal():
            dims.append(Dim(int(text)))
        elif text == "None":
            dims.append(Dim(None))
        elif _NAME.match(text) and text != "_":
            dims.append(Dim(text.replace(" ", "")))
        else:  # `_`, `#n`, `?n`, `1+n`
            dims.append(Dim(UNNAMED))
    return Shape(dims)


# -- annotations


def _annotated(run: Run, node: ast.expr, name: Any, frame: Frame) -> Value:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        try:
            node = ast.parse(node.value, mode="eval").body
        except (SyntaxError, ValueError):
            return UNKNOWN
    if isinstance(node, ast.Subscript):
        return _generic(run, node, name, frame)
    meant = _api(run, node, frame)
    if meant in _ARRAYS:
        return Tensor(None, None, _ARRAYS[meant])
    return Size(Dim(name.arg)) if meant == "builtins.int" and isinstance(name, ast.arg) else UNKNOWN


def _generic(run: Run, node: ast.Subscript, name: Any, frame: Frame) -> Value:
    """`Float[Array, "batch 3"]`, `NDArray[np.float32]`, `tuple[int, int]`, `Annotated[...]`."""
    meant = _api(run, node.value, frame) or ""
    arguments = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    if meant.startswith("jaxtyping.") and len(arguments) == 2 and isinstance(arguments[1], ast.Constant):
        sizes = arguments[1].value
        library = _ARRAYS.get(_api(run, arguments[0], frame) or "", Library.TENSORFLOW)
        kind = meant.removeprefix("jaxtyping.")
        dtype = kind.lower() if _DTYPE.match(kind) else None
        return Tensor(_sizes(sizes.split()), dtype, library) if isinstance(sizes, str) else UNKNOWN
    if meant == "numpy.typing.NDArray":
        dtype = (_api(run, arguments[0], frame) or "").removeprefix("numpy.")
        return Tensor(None, dtype or None, Library.NUMPY)
    if meant == "typing.Annotated":
        return _annotated(run, arguments[0], name, frame)
    whole = all(_api(run, argument, frame) == "builtins.int" for argument in arguments)
    if meant in ("builtins.tuple", "typing.Tuple") and whole and isinstance(name, ast.arg):
        return Tuple(tuple(Size(Dim(f"{name.arg}[{n}]")) for n in range(len(arguments))))
    return UNKNOWN


def _api(run: Run, node: ast.expr, frame: Frame) -> str | None:
    """The library's name for what a dotted name means; nothing is evaluated."""
    if isinstance(node, ast.Name):
        value = frame.lookup(run.store, node.id)
        if value is MISSING and node.id in ("int", "tuple"):
            return f"builtins.{node.id}"
    elif isinstance(node, ast.Attribute):
        owner = _api(run, node.value, frame)
        value = UNKNOWN if owner is None else run.attribute(Api(owner), node.attr)
    else:
        return None
    return value.name if isinstance(value, Api) else None
