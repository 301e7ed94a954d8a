"""Losses, metrics, initializers, optimizers and gradient tapes: objects of a library that have no shape, and give tensors
that have one.

Source: keras/src/losses/loss.py, keras/src/metrics/metric.py.
"""

from __future__ import annotations

from shapewright.interpreter.arguments import CannotBind, bind
from shapewright.interpreter.callbacks import LAMBDA_CALLBACK
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.rule_calls import call_rule
from shapewright.interpreter.run import Call, Run, attributes, callee
from shapewright.interpreter.structures import flatten
from shapewright.interpreter.tapes import call_tape_method
from shapewright.knowledge.keras.losses import loss_name
from shapewright.knowledge.keras_hub.diffusion import DIFFUSION
from shapewright.knowledge.registry import FUNCTIONS, METHODS, OBJECTS, Rule
from shapewright.knowledge.rule import NotKnown
from shapewright.tensors.shape import Shape
from shapewright.values.keras import ObjectRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import NONE, UNKNOWN, Api, BoundApi, Literal, Value, is_none, str_of

_TAPE = "tensorflow.GradientTape"
_METRIC_METHODS = frozenset(["update_state", "reset_state", "reset_states"])
_OPTIMIZER = "keras.optimizers."
_BY_NAME = {
    f"keras.{module}.get": f"keras.{module}."
    for module in ("activations", "losses", "metrics", "initializers", "optimizers")
}


def is_object(name: str) -> bool:
    """Whether a class or function makes an object whose results are known."""
    module, _, kind = name.rpartition(".")
    return name in _BY_NAME or name in OBJECTS or name in DIFFUSION or (module == "keras.optimizers" and kind[:1].isupper())


def make_object(name: str, call: Call) -> Value:
    """A loss, a metric, an optimizer or a gradient tape; `UNKNOWN` for all else."""
    if name in _BY_NAME:
        return _by_name(_BY_NAME[name], call)
    if name in OBJECTS:
        try:
            return ObjectRef(name, bind(OBJECTS[name], call))
        except (NotKnown, CannotBind):
            return UNKNOWN
    if name in DIFFUSION and call.complete:
        return ObjectRef(name, call.by_name("img_height", "img_width"))
    module, _, kind = name.rpartition(".")
    if name in (_TAPE, LAMBDA_CALLBACK) or (module == "keras.optimizers" and kind[:1].isupper()):
        return ObjectRef(name, dict(call.keywords))
    return UNKNOWN


def _by_name(prefix: str, call: Call) -> Value:
    """`keras.activations.get("relu")`: a function, or an object made with its defaults; what is none of them stays."""
    identifier = call.by_name("identifier").get("identifier", UNKNOWN)
    name = str_of(identifier)
    if name is None:
        if is_none(identifier):
            return Api("keras.activations.linear") if prefix == "keras.activations." else NONE
        return identifier
    for known in (name, loss_name(name)):
        if f"{prefix}{known}" in FUNCTIONS:
            return Api(f"{prefix}{known}")
    parts = name.split("_")
    kind = prefix + ("".join(part.capitalize() for part in parts) if name.islower() else name)
    return make_object(kind, Call([], {})) if kind in OBJECTS else UNKNOWN


@attributes(ObjectRef)
def attribute_of_object(run: Run, owner: ObjectRef, name: str) -> Value:
    if owner.api.startswith(_OPTIMIZER) and name in ("learning_rate", "lr", "iterations"):
        if owner.api.startswith(f"{_OPTIMIZER}schedules."):
            return UNKNOWN
        dtype = "int64" if name == "iterations" else "float32"
        return UNKNOWN if name == "lr" else Tensor(Shape(()), dtype, Library.TENSORFLOW)
    return owner.config.get(name) or BoundApi(owner, name)


@callee(ObjectRef)
def call_object(run: Run, owner: ObjectRef, call: Call, frame: Frame) -> Value:
    """The loss of a batch, the tensor that an initializer makes, a metric's result so far."""
    rule = OBJECTS.get(owner.api)
    if rule is None or not call.complete:
        return UNKNOWN
    given = dict(zip(rule.call, call.args, strict=False)) | call.keywords
    if owner.api.startswith("keras.metrics.") and _symbolic(run, call):
        return UNKNOWN
    return _give(run, owner, rule, given, call)


def _give(run: Run, owner: ObjectRef, rule: Rule, given: dict[str, Value], call: Call) -> Value:
    """What the rule of an object says for the arguments of a call."""
    named = {name: given.get(name, NONE) for name in rule.call}
    if not given.keys() <= named.keys():
        return UNKNOWN
    whole = Call([], {**owner.config, **named}, call.node, call.chunk, call.spans)
    return call_rule(run, Rule(rule.name, rule.compute), whole)


def _symbolic(run: Run, call: Call) -> bool:
    return any(t.is_symbolic for value in (*call.args, *call.keywords.values()) for t in flatten(run, value))


def call_object_method(run: Run, owner: ObjectRef, method: str, call: Call) -> Value:
    """`metric.result()`, `loss.call(y, p)`, `tape.gradient(loss, x)`."""
    if owner.api == _TAPE:
        return call_tape_method(run, method, call)
    if owner.api in DIFFUSION:
        return _diffuse(run, owner, method, call)
    rule = OBJECTS.get(owner.api)
    if rule is None:
        return NONE if owner.api.startswith(_OPTIMIZER) and method in ("build", "apply_gradients") else UNKNOWN
    if owner.api.startswith("keras.metrics."):
        if method in _METRIC_METHODS:
            if method == "update_state":
                run.store.write(owner, "seen", _last(rule, call))
            return NONE
        if method == "result":
            seen = run.store.read(owner, "seen")
            given: dict[str, Value] = (
                {"y_pred": seen if isinstance(seen, Tensor) else UNKNOWN} if "y_pred" in rule.call else {}
            )
            return _give(run, owner, rule, given, call)
        return UNKNOWN
    if method == "call" and owner.api.startswith("keras.losses."):
        unreduced = ObjectRef(owner.api, {**owner.config, "reduction": Literal(None)})
        return _give(run, unreduced, rule, dict(zip(rule.call, call.args, strict=False)) | call.keywords, call)
    return UNKNOWN


def _diffuse(run: Run, owner: ObjectRef, method: str, call: Call) -> Value:
    """A method of Stable Diffusion; the sizes of its pictures are those that it was made with."""
    rule = METHODS.get(f"StableDiffusion.{method}")
    sizes = {name: size for name, size in owner.config.items() if name in ("img_height", "img_width")}
    keywords = {**call.keywords, **({} if method == "encode_text" else sizes)}
    return UNKNOWN if rule is None else call_rule(run, rule, Call(call.args, keywords, call.node, call.chunk), owner)


def _last(rule: Rule, call: Call) -> Value:
    """The output that a metric was shown."""
    given = dict(zip(rule.call, call.args, strict=False)) | call.keywords
    return given.get("y_pred", UNKNOWN)
