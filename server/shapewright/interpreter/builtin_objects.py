"""Python's own functions of objects and their attributes: `isinstance`, `getattr`, `super`, ..."""

from __future__ import annotations

import builtins

from shapewright.interpreter.builtins import (
    BUILTINS,
    argument,
    builtin,
)
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import (
    OPEN_FILE,
    set_attribute,
)
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.scalars import some_texts
from shapewright.interpreter.store import MISSING
from shapewright.values.callable import Instance
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import (
    NONE,
    TEXT,
    UNKNOWN,
    Api,
    DictRef,
    ListRef,
    Literal,
    Range,
    SetRef,
    Size,
    Slice,
    Tuple,
    Value,
    str_of,
)


@builtin("open")
def _open(run: Run, call: Call, frame: Frame) -> Value:
    """A file of text; what comes of other modes is not known."""
    mode = call.by_name("file", "mode").get("mode", Literal("r"))
    text = call.complete and isinstance(mode, Literal) and isinstance(mode.value, str) and "b" not in mode.value
    return OPEN_FILE if text else UNKNOWN


BUILTINS |= dict.fromkeys(("open().read", "open().readline"), lambda run, call, frame: TEXT)
BUILTINS["open().readlines"] = lambda run, call, frame: some_texts(run)
BUILTINS |= dict.fromkeys(("open().write", "open().close", "open().flush"), lambda run, call, frame: UNKNOWN)


@builtin("print")
def _print(run: Run, call: Call, frame: Frame) -> Value:
    return NONE


@builtin("super")
def _super(run: Run, call: Call, frame: Frame) -> Value:
    return Super(frame.owner, frame.receiver) if frame.owner is not None and frame.receiver is not None else UNKNOWN


class Super(Value):
    """`super()` in a method: attributes are looked up in the bases of the method's class."""

    __slots__ = ("owner", "receiver")

    def __init__(self, owner: Value, receiver: Value) -> None:
        self.owner = owner
        self.receiver = receiver


_KINDS: dict[type[Value], str] = {Tuple: "tuple", ListRef: "list", DictRef: "dict", SetRef: "set", Range: "range"}


@builtin("isinstance")
def _isinstance(run: Run, call: Call, frame: Frame) -> Value:
    if len(call.args) != 2:
        return UNKNOWN
    kinds = call.args[1].items if isinstance(call.args[1], Tuple) else (call.args[1],)
    found = [_is_of(call.args[0], kind) for kind in kinds]
    if True in found:
        return Literal(True)
    return UNKNOWN if None in found else Literal(False)


def _is_of(value: Value, kind: Value) -> bool | None:
    """Whether a value is an instance of a class; `None` where that is not known."""
    if not isinstance(kind, Api):
        return None
    name = kind.name.removeprefix("builtins.")
    python_type = getattr(builtins, name, None) if kind.name.startswith("builtins.") else None
    if isinstance(value, Literal):
        return isinstance(value.value, python_type) if isinstance(python_type, type) else None
    if isinstance(value, Size):
        if isinstance(value.dim.size, str) and isinstance(python_type, type):
            return issubclass(int, python_type)
        return None
    if isinstance(value, Tensor) and isinstance(python_type, type) and python_type is not object:
        return False if value.shape is not None and value.shape.rank else None  # np.float64 is a float
    if isinstance(value, Tensor) and kind.name == "numpy.ndarray" and value.shape is not None:
        if value.library is not Library.NUMPY:
            return False
        return True if value.shape.rank else None
    if isinstance(value, Tensor) and kind.name == "tensorflow.Tensor" and value.library is not Library.TENSORFLOW:
        return False
    if type(value) in _KINDS and name in (
        "tuple",
        "list",
        "dict",
        "int",
        "str",
        "float",
        "set",
        "range",
        "bool",
        "bytes",
    ):
        return _KINDS[type(value)] == name
    return None


@builtin("getattr")
def _getattr(run: Run, call: Call, frame: Frame) -> Value:
    name = str_of(argument(call, 1))
    if name is None:
        return UNKNOWN
    found = run.attribute(call.args[0], name)
    if isinstance(call.args[0], Instance) and len(call.args) > 2:
        has = _hasattr(run, call, frame)
        return call.args[2] if has == Literal(False) else found if has == Literal(True) else UNKNOWN
    return found if len(call.args) == 2 or isinstance(call.args[0], Api) else UNKNOWN


@builtin("setattr")
def _setattr(run: Run, call: Call, frame: Frame) -> Value:
    name = str_of(argument(call, 1))
    if name is not None and len(call.args) == 3 and isinstance(call.args[0], Instance):
        set_attribute(run, call.args[0], name, call.args[2])
    return NONE


@builtin("hasattr")
def _hasattr(run: Run, call: Call, frame: Frame) -> Value:
    name = str_of(argument(call, 1))
    owner = argument(call)
    if name is None or not isinstance(owner, Instance):
        return UNKNOWN
    return Literal(True) if run.store.read(owner, f".{name}") is not MISSING else UNKNOWN


@builtin("slice")
def _slice(run: Run, call: Call, frame: Frame) -> Value:
    given = list(call.args)
    if not call.complete or not 1 <= len(given) <= 3:
        return UNKNOWN
    if len(given) == 1:
        given = [NONE, given[0]]
    return Slice(given[0], given[1], given[2] if len(given) > 2 else NONE)
