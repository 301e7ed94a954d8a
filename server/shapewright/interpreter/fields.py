"""Classes whose `__init__` is written by Python: dataclasses and named tuples; and enumerations."""

from __future__ import annotations

import ast

from shapewright.interpreter.classes import class_attribute
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import set_attribute
from shapewright.interpreter.run import Call, Run, attributes
from shapewright.interpreter.store import MISSING
from shapewright.values.callable import Class, Function, Instance, Member, Method
from shapewright.values.value import UNKNOWN, Api, Literal, Value

_NAMED_TUPLE = "typing.NamedTuple"
_ENUMS = frozenset(["enum.Enum", "enum.IntEnum", "enum.StrEnum"])


def has_fields(cls: Class) -> bool:
    """Whether the class is a dataclass or a `NamedTuple`."""
    return any(_is_dataclass(node) for node in cls.node.decorator_list) or any(
        (isinstance(base, Api) and base.name == _NAMED_TUPLE) or (isinstance(base, Class) and has_fields(base))
        for base in cls.bases
    )


def _is_dataclass(node: ast.expr) -> bool:
    called = node.func if isinstance(node, ast.Call) else node
    return ast.unparse(called).rsplit(".", 1)[-1] == "dataclass"


def field_names(cls: Class) -> list[str]:
    """The fields in the order of `__init__`."""
    names = [name for base in cls.bases if isinstance(base, Class) for name in field_names(base)]
    for node in cls.node.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            if node.target.id not in names and "ClassVar" not in ast.unparse(node.annotation):
                names.append(node.target.id)
    return names


def instantiate_fields(run: Run, cls: Class, call: Call, frame: Frame) -> Value:
    """An instance with its fields set, and `__post_init__` called."""
    names = field_names(cls)
    given = call.by_name(*names)
    made = Instance(cls)
    for name in names:
        default = class_attribute(run, cls, name)
        value = given.get(name, UNKNOWN if default is MISSING else default)
        set_attribute(run, made, name, value if call.complete else UNKNOWN)
    after = class_attribute(run, cls, "__post_init__")
    if isinstance(after, Function):
        run.call(Method(after, made), Call([], {}), frame)
    return made


def is_enum(cls: Class) -> bool:
    """Whether a class is an enumeration."""
    return any(isinstance(base, Api) and base.name in _ENUMS for base in cls.bases)


def enum_member(run: Run, cls: Class, name: str) -> Value:
    """`Size.SMALL`."""
    value = class_attribute(run, cls, name)
    return UNKNOWN if value is MISSING else Member(f"{cls.node.name}.{name}", value)


@attributes(Member)
def attribute_of_member(run: Run, member: Member, name: str) -> Value:
    if name == "value":
        return member.value
    return Literal(member.name.rsplit(".", 1)[-1]) if name == "name" else UNKNOWN
