"""Subclassed layers and models: `class Block(keras.layers.Layer)`.

An instance is called as Keras calls it: `build` once with the shape of the input, then `call`. Inside `call` the tensors
are TensorFlow's, whose batch axis is `None` when the call is symbolic; outside, what comes back is made by the instance as
a whole. Source: Layer.__call__ in keras/src/layers/layer.py.
"""

from __future__ import annotations

from typing import Any

from shapewright.interpreter.arguments import shape_of
from shapewright.interpreter.built_in_bases import (
    base_of,
    build_base,
    call_base,
    call_base_of,
    can_be_built,
    make_base,
    output_of_base,
)
from shapewright.interpreter.builtin_objects import Super
from shapewright.interpreter.classes import KERAS_MODEL, built_in_layer, class_attribute, keras_base, library_base
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of, set_attribute
from shapewright.interpreter.keras_version import is_keras_2
from shapewright.interpreter.layers import call_inputs
from shapewright.interpreter.masks import masks_for, with_mask
from shapewright.interpreter.measures import note_reduction
from shapewright.interpreter.mismatch import Mismatch
from shapewright.interpreter.model_calls import apply_model
from shapewright.interpreter.models import make_model
from shapewright.interpreter.run import Call, Run, attributes
from shapewright.interpreter.store import MISSING
from shapewright.interpreter.structures import flatten, map_structure
from shapewright.interpreter.targets import compile_model
from shapewright.interpreter.tracing import is_traced, traced
from shapewright.interpreter.training_flag import flag_of_call, training
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Class, Function, Instance, Method
from shapewright.values.keras import CallInputs, ModelRef
from shapewright.values.tensor import History, Library, ShapeValue, Tensor
from shapewright.values.value import NONE, UNKNOWN, BoundApi, ListRef, Literal, Tuple, Value, is_none, str_of

CALLS = "symbolic calls"
"""Where an instance keeps the input and output of its last symbolic calls: of two, that there were several."""


def of_only_call(run: Run, instance: Instance, name: str) -> Value:
    """`layer.input`, `layer.output` and their shapes: of the one symbolic call that there was."""
    calls = run.store.read(instance, CALLS)
    if not isinstance(calls, Tuple) or len(calls.items) != 1 or not isinstance(calls.items[0], Tuple):
        return UNKNOWN
    value = calls.items[0].items[0 if name.startswith("input") else 1]
    if not name.endswith("_shape"):
        return value
    return ShapeValue(value.shape) if isinstance(value, Tensor) and value.shape is not None else UNKNOWN


def instantiate_keras(run: Run, cls: Class, call: Call, frame: Frame) -> Value:
    """An instance of a subclassed layer or model, its `__init__` called."""
    made = Instance(cls)
    run.store.note(made)
    init = class_attribute(run, cls, "__init__")
    if isinstance(init, Function):
        run.call(Method(init, made), call, frame)
    else:
        _init_base(run, made, call)
    return made


def _init_base(run: Run, instance: Instance, call: Call) -> None:
    """What the `__init__` of Keras's Layer or Model keeps: a name, and of a model the graph between `inputs` and `outputs`."""
    note_name(run, instance, call)
    if built_in_layer(instance.cls) is not None:
        make_base(run, instance, call)
        return
    given = call.by_name("inputs", "outputs")
    if keras_base(instance.cls) == KERAS_MODEL and "inputs" in given and "outputs" in given:
        run.store.write(instance, "functional", make_model(run, call, noted=False))


def note_name(run: Run, instance: Instance, call: Call) -> None:
    """Keeps the name that a layer or model is given."""
    name = call.keywords.get("name", NONE if call.complete else UNKNOWN)
    if not is_none(name):
        run.store.write(instance, "name", name)


def call_keras(run: Run, instance: Instance, call: Call, frame: Frame) -> Value:
    """What calling a subclassed layer or model gives."""
    functional = run.store.read(instance, "functional")
    function = class_attribute(run, instance.cls, "call")
    inputs = call.args[0] if call.args else call.keywords.get("inputs", UNKNOWN)
    if isinstance(functional, ModelRef) and not isinstance(function, Function):
        with training(run, flag_of_call(run, call)):
            return apply_model(run, functional, inputs, call.span(), call.argument_span(0), "__call__")
    base = base_of(run, instance)
    if not call.complete or not (isinstance(function, Function) or base is not None):
        return UNKNOWN
    if base is not None and not can_be_built(run, instance, base):
        return UNKNOWN
    values = (*call.args, *call.keywords.values())
    symbolic = any(tensor.is_symbolic for value in values for tensor in flatten(run, value))
    inside = [_inside(run, value) for value in call.args]
    keywords = {
        name: _inside(run, value)
        for name, value in call.keywords.items()
        if name != "training" or not isinstance(function, Function) or _takes(function, name)
    }
    renewed = Call(inside, keywords, call.node, call.chunk, call.spans)
    flag = flag_of_call(run, call, _default(function, "training"))
    if isinstance(function, Function):
        keywords |= masks_for(run, function, renewed)
        if "training" not in call.keywords and _takes_by_name(function, "training", len(call.args)) and not is_none(flag):
            keywords["training"] = flag
    shapes = _argument_shapes(run, function, call)
    if run.store.read(instance, "built") is MISSING:
        run.store.write(instance, "built", Literal(True))
        built = _call_with_shapes(run, instance, "build", shapes, frame)
        if built is None and base is not None and isinstance(function, Function):
            build_base(run, base, call_inputs(base.rule, renewed))
    with traced(run, symbolic or is_traced(run)), training(run, flag):
        if base is not None and symbolic:
            output = output_of_base(run, instance, base, function, renewed, frame)
        elif base is not None and not isinstance(function, Function):
            output = call_base(run, instance, base, renewed, frame)
        else:
            output = run.call(Method(function, instance), renewed, frame) if isinstance(function, Function) else UNKNOWN
        output = with_mask(run, instance, renewed, output, frame)
    if not symbolic:
        return output
    declared = _call_with_shapes(run, instance, "compute_output_shape", shapes, frame)
    if declared is not None:
        output = _declared_output(run, declared)
    doubtful = any(tensor.doubtful for value in values for tensor in flatten(run, value))
    made = _outside(run, output, instance, _all_inputs(run, call, inputs), call.span(), doubtful)
    before = run.store.read(instance, CALLS)
    earlier = before.items[-1:] if isinstance(before, Tuple) else ()
    run.store.write(instance, CALLS, Tuple((*earlier, Tuple((inputs, made)))))
    return made


def _all_inputs(run: Run, call: Call, inputs: Value) -> Value:
    """What a symbolic call was made with, to make it again: the one input, or all arguments where more of them matter."""
    others = {name: value for name, value in call.keywords.items() if value is not inputs}
    if len(call.args) < 2 and not any(flatten(run, value) for value in others.values()):
        return inputs
    first = call.args or [inputs]
    return CallInputs((*first, *others.values()), (*[None] * len(first), *others))


def _argument_shapes(run: Run, function: Value, call: Call) -> dict[str, Value]:
    """The shapes of what `call` is given, by the name of the parameter."""
    names = ["inputs"]
    if isinstance(function, Function):
        args = function.node.args
        names = [parameter.arg for parameter in (*args.posonlyargs, *args.args)][1:]
    given = [*zip(names, call.args, strict=False), *call.keywords.items()]
    return {name: _shapes(run, value) for name, value in given if name != "mask" and flatten(run, value)}


def _call_with_shapes(
    run: Run, instance: Instance, method: str, shapes: dict[str, Value], frame: Frame
) -> Value | None:
    """Calls `build` or `compute_output_shape`: with the shape of the first input, or with one for each parameter that is
    named after an input. `None` where the class does not define it.
    Source: update_shapes_dict_for_target_fn in keras/src/layers/layer.py."""
    function = class_attribute(run, instance.cls, method)
    if not isinstance(function, Function):
        return None
    args = function.node.args
    names = [p.arg for p in (*args.posonlyargs, *args.args, *args.kwonlyargs)][1:]
    if len(names) == 1:
        return run.call(Method(function, instance), Call([next(iter(shapes.values()), UNKNOWN)], {}), frame)
    given = {name: shapes[name.removesuffix("_shape")] for name in names if name.removesuffix("_shape") in shapes}
    return run.call(Method(function, instance), Call([], given), frame)


def _declared_output(run: Run, shape: Value) -> Value:
    """The tensors of the shapes that `compute_output_shape` gives."""
    items = items_of(run, shape) if isinstance(shape, (Tuple, ListRef)) else None
    if items is not None and items and any(isinstance(item, (Tuple, ListRef, ShapeValue)) for item in items):
        return Tuple(tuple(_declared_output(run, item) for item in items))
    known = shape_of(run, shape)
    return UNKNOWN if known is None else Tensor(known, "float32", Library.TENSORFLOW)


def _takes(function: Function, name: str) -> bool:
    """Whether `call` has a parameter: Keras hands `training` on only where it has."""
    args = function.node.args
    return args.kwarg is not None or any(a.arg == name for a in (*args.posonlyargs, *args.args, *args.kwonlyargs))


def takes_training(run: Run, model: Instance) -> bool:
    """Whether the model's own `call` has a parameter `training`: then `fit` and its like give it."""
    function = class_attribute(run, model.cls, "call")
    return not isinstance(function, Function) or _takes_by_name(function, "training", 1)


def _takes_by_name(function: Function, name: str, given: int) -> bool:
    """Whether `call` has a parameter of a name, which those given by position leave free."""
    args = function.node.args
    positional = [parameter.arg for parameter in (*args.posonlyargs, *args.args)][1:]
    return name in positional[given:] or name in [parameter.arg for parameter in args.kwonlyargs]


def _default(function: Value, name: str) -> Value:
    """The default of a parameter of `call`."""
    if not isinstance(function, Function):
        return NONE
    args = function.node.args
    positional = [parameter.arg for parameter in (*args.posonlyargs, *args.args)]
    defaults = dict(zip(reversed(positional), reversed(function.defaults), strict=False)) | dict(function.keyword_defaults)
    return defaults.get(name, NONE)


def _inside(run: Run, value: Value) -> Value:
    """An argument as `call` gets it: tensors of TensorFlow, floats in the layer's dtype."""

    def leaf(item: Value, _: int) -> Value:
        if not isinstance(item, Tensor):
            return item
        dtype = "float32" if item.dtype is not None and item.dtype.startswith("float") else item.dtype
        return Tensor(item.shape, dtype, Library.TENSORFLOW, None, item.doubtful, item.content, item.masked)

    return map_structure(run, value, leaf)


def _outside(run: Run, value: Value, instance: Instance, inputs: Value, span: Any, doubtful: bool) -> Value:
    """What `call` returned, as the caller of a symbolic call gets it."""

    def leaf(item: Value, index: int) -> Value:
        if not isinstance(item, Tensor):
            return UNKNOWN
        history = History(instance, inputs, span, index)
        if index == 0:
            run.store.note_node(history)
        return Tensor(item.shape, item.dtype, Library.KERAS, history, doubtful or item.doubtful, None, item.masked)

    return map_structure(run, value, leaf)


def _shapes(run: Run, inputs: Value) -> Value:
    """What `build` is given: the shape of the input, or a list of shapes."""
    if isinstance(inputs, Tensor):
        return UNKNOWN if inputs.shape is None else ShapeValue(inputs.shape)
    if isinstance(inputs, (Tuple, ListRef)):
        items = items_of(run, inputs)
        return UNKNOWN if items is None else Tuple(tuple(_shapes(run, item) for item in items))
    return UNKNOWN


# -- methods that the base classes define


@attributes(Super)
def attribute_of_super(run: Run, value: Super, name: str) -> Value:
    """A method of the next class: one of the program, or of Keras's Layer or Model."""
    owner = value.owner
    for base in owner.bases if isinstance(owner, Class) else ():
        found = class_attribute(run, base, name) if isinstance(base, Class) else MISSING
        if isinstance(found, Function) and isinstance(value.receiver, Instance):
            return Method(found, value.receiver)
    return BoundApi(value.receiver, f"super.{name}") if isinstance(value.receiver, Instance) else UNKNOWN


def call_base_method(run: Run, instance: Instance, method: str, call: Call, frame: Frame) -> Value:
    """A method that Keras's Layer or Model defines, called on an instance or through `super()`."""
    name = method.removeprefix("super.")
    base = keras_base(instance.cls)
    if name == "__init__":
        _init_base(run, instance, call)
        note_reduction(run, instance, call)
        return NONE
    adds = name in ("add_weight", "add_variable")
    inherited = base_of(run, instance)
    if inherited is not None and not adds:
        return call_base_of(run, instance, inherited, name, call, frame)
    if adds and (base is not None or (library_base(instance.cls) or "").startswith("keras.metrics.")):
        return _add_weight(run, instance, call)
    if base is None:
        return UNKNOWN
    if name == "compile":
        compile_model(run, instance, call)
        for part, given_value in call.by_name("optimizer", "loss").items():
            if part in ("optimizer", "loss"):
                set_attribute(run, instance, part, given_value)
    if name in ("build", "compile", "summary"):
        return NONE
    return Tensor(Shape(()), None, Library.TENSORFLOW) if name == "compute_loss" else UNKNOWN


_WEIGHT_ARGUMENTS = ("shape", "initializer", "dtype", "trainable")


def _add_weight(run: Run, instance: Instance, call: Call) -> Value:
    """A variable; its shape counts among the layer's weights. Source: Layer.add_weight in keras/src/layers/layer.py."""
    as_keras_2 = bool(call.args) and str_of(call.args[0]) is not None
    names = ("name", "shape", "dtype", "initializer", "regularizer", "trainable") if as_keras_2 else _WEIGHT_ARGUMENTS
    given = call.by_name(*names)
    refused = as_keras_2 and not is_keras_2(run) and keras_base(instance.cls) is not None
    if refused:
        name = str_of(call.args[0])
        text = "`name` must be passed as a keyword argument. Received: "
        message = f"{text}add_weight('{name}', ...). Use: add_weight(shape=..., name='{name}')."
        facts = {"names": names[: len(call.args)]}
        trail = tuple(run.call_stack)
        span = call.argument_span(0)
        run.report(Mismatch("name-first", message, call.span(), None, call.args[0], span, facts, trail))
    shape = Shape(()) if "shape" not in given else shape_of(run, given["shape"])
    before = run.store.read(instance, "weights")
    made = Tensor(shape, "float32" if "dtype" not in given else None, Library.TENSORFLOW, doubtful=refused)
    run.store.write(instance, "weights", Tuple((*(before.items if isinstance(before, Tuple) else ()), made)))
    flags = run.store.read(instance, "weights trained")
    flag = given.get("trainable", Literal(True))
    run.store.write(instance, "weights trained", Tuple((*(flags.items if isinstance(flags, Tuple) else ()), flag)))
    return made
