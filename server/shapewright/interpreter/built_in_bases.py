"""Subclasses of Keras's own layers: `class Standardized(layers.Conv2D)`.

Such an instance holds the layer that it also is, its *base*: made by `super().__init__(...)`, built by the `build` and called
by the `call` that the class does not define itself or reaches through `super()`, and asked for `self.kernel` and the like.
Source: Layer.__call__ and Layer.compute_output_spec in keras/src/layers/layer.py.
"""

from __future__ import annotations

from shapewright.interpreter.arguments import shape_of
from shapewright.interpreter.classes import built_in_layer, class_attribute
from shapewright.interpreter.events import Copied
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.layer_attributes import call_layer_method
from shapewright.interpreter.layer_making import make_layer
from shapewright.interpreter.layers import apply_layer, built_state, call_inputs
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.store import MISSING
from shapewright.interpreter.weights import BASE
from shapewright.values.callable import Function, Instance, Method
from shapewright.values.keras import Built, LayerRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import NONE, UNKNOWN, Api, Tuple, Value, is_none

_OWN = frozenset(
    [
        *("add_weight", "add_variable", "build", "built", "count_params", "get_weights", "input", "input_shape", "name"),
        *("non_trainable_weights", "output", "output_shape", "set_weights", "trainable_variables", "trainable_weights"),
        *("variables", "weights", "compute_output_shape", "compute_mask", "load_own_variables", "save_own_variables"),
    ]
)
"""What tells of the whole instance, its own weights included, and not of its base alone."""
_HOOKS = frozenset(
    [
        *("add_weight", "apply_transformation", "augment_images", "compute_dtype", "convolution_op", "finalize_state"),
        *("get_dropout_mask", "get_initial_state", "get_random_transformation", "get_vocabulary", "inner_loop"),
        *("set_vocabulary", "step", "transform_images", "transform_single_image", "update_state", "vocabulary_size"),
    ]
)
"""Public methods that the `call` or `build` of some layer of Keras's calls: where a class has its own, that decides."""

_BUILT_WITH = {
    **dict.fromkeys(
        ("Bidirectional", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D", "GRU", "LSTM", "RNN", "SimpleRNN"),
        ("sequences", "initial_state"),
    ),
    **dict.fromkeys(("GroupQueryAttention", "MultiHeadAttention"), ("query", "value", "key")),
}
"""Parameters of `call` that the layer's own `build` wants the shapes of: a `call` without them is refused."""


def can_be_built(run: Run, instance: Instance, base: LayerRef) -> bool:
    """Whether the layer's own `build` finds what it needs among the parameters of the `call` of the class."""
    function = class_attribute(run, instance.cls, "call")
    if not isinstance(function, Function) or class_attribute(run, instance.cls, "build") is not MISSING:
        return True
    args = function.node.args
    names = {p.arg for p in (*args.posonlyargs, *args.args, *args.kwonlyargs)}
    return names.issuperset(_BUILT_WITH.get(base.class_name, ()))


def make_base(run: Run, instance: Instance, call: Call) -> None:
    """What `super().__init__(...)` of a layer of Keras's makes of the instance."""
    name = built_in_layer(instance.cls)
    made = make_layer(run, name, call, noted=False) if name is not None else UNKNOWN
    run.store.write(instance, BASE, made)
    if isinstance(made, LayerRef):
        run.store.note(Copied(made, instance))


def base_of(run: Run, instance: Instance) -> LayerRef | None:
    """The layer of Keras's that an instance also is; `None` where it is none, or that is not known."""
    found = run.store.read(instance, BASE)
    return found if isinstance(found, LayerRef) else None


def attribute_of_base(run: Run, instance: Instance, name: str) -> Value:
    """`self.kernel`, `self.units`; `MISSING` where the base does not tell."""
    base = base_of(run, instance)
    if base is None or name in _OWN:
        return MISSING
    found = run.attribute(base, name)
    return MISSING if found is UNKNOWN else found


def build_base(run: Run, base: LayerRef, inputs: Value) -> None:
    """Makes the weights of the base, as its own `build` does. What its `call` would refuse is not asked for here."""
    if built_state(run, base).built:
        return
    found = len(run.store.trace.mismatches)
    apply_layer(run, base, inputs, None, None, record=False)
    if len(run.store.trace.mismatches) > found:
        del run.store.trace.mismatches[found:]
        run.store.write(base, "built", Built(True, certain=False))


def build_with_shape(run: Run, base: LayerRef, shape: Value) -> Value:
    """`super().build(input_shape)`."""
    known = shape_of(run, shape)
    if known is not None:
        build_base(run, base, Tensor(known, "float32", Library.TENSORFLOW))
    elif isinstance(shape, Tuple) and all(isinstance(item, ShapeValue) for item in shape.items):
        parts = [Tensor(item.shape, "float32", Library.TENSORFLOW) for item in shape.items if isinstance(item, ShapeValue)]
        build_base(run, base, Tuple(tuple(parts)))
    else:
        run.store.write(base, "built", Built(True, certain=False))
    return NONE


def call_base(run: Run, instance: Instance, base: LayerRef, call: Call, frame: Frame) -> Value:
    """What the `call` of Keras's own layer gives, with the hooks that the class defines itself."""
    span = call.argument_span(0) or call.argument_span("inputs")
    hooks = _own_hooks(run, instance)
    if hooks == {"convolution_op"}:
        return _convolved(run, instance, base, call, frame)
    return UNKNOWN if hooks else apply_layer(run, base, call_inputs(base.rule, call), call.span(), span, record=False)


def call_base_of(run: Run, instance: Instance, base: LayerRef, method: str, call: Call, frame: Frame) -> Value:
    """A method of Keras's own layer, called as `super().call(x)` or on an instance whose class does not define it."""
    if method == "call":
        return call_base(run, instance, base, call, frame)
    if method == "build":
        shape = call.args[0] if len(call.args) == 1 else next(iter(call.keywords.values()), UNKNOWN)
        return build_with_shape(run, base, shape if len(call.args) + len(call.keywords) == 1 else UNKNOWN)
    if method == "convolution_op":
        given = call.by_name("inputs", "kernel")
        return _convolution(run, base, given.get("inputs", UNKNOWN), given.get("kernel", UNKNOWN))
    return call_layer_method(run, base, method, call) if method not in _OWN else UNKNOWN


def _own_hooks(run: Run, instance: Instance) -> set[str]:
    """The methods of the class that Keras's own `call` or `build` may come to."""
    found: set[str] = set()
    classes = [instance.cls]
    while classes:
        cls = classes.pop()
        classes += [base for base in cls.bases if isinstance(base, type(cls))]
        names = [node.name for node in cls.node.body if hasattr(node, "name")]
        found.update(n for n in names if n in _HOOKS or (n.startswith("_") and not n.startswith("__")))
    return found


def _convolution(run: Run, base: LayerRef, inputs: Value, kernel: Value) -> Value:
    """`self.convolution_op(inputs, kernel)`: the convolution alone, with a kernel like the layer's own.
    Source: BaseConv.convolution_op in keras/src/layers/convolutional/base_conv.py."""
    own = run.attribute(base, "kernel")
    if not isinstance(own, Tensor) or not isinstance(kernel, Tensor) or own.shape is None or kernel.shape is None:
        return UNKNOWN
    if not own.shape.is_known or own.shape.sizes != kernel.shape.sizes:
        return UNKNOWN
    return apply_layer(run, base, inputs, None, None, record=False)


def _convolved(run: Run, instance: Instance, base: LayerRef, call: Call, frame: Frame) -> Value:
    """Source: BaseConv.call: the class's own convolution, the bias, the activation."""
    function, inputs = class_attribute(run, instance.cls, "convolution_op"), call.by_name("inputs").get("inputs", UNKNOWN)
    if not isinstance(function, Function):
        return UNKNOWN
    build_base(run, base, inputs)
    given = Call([inputs, run.attribute(base, "kernel")], {})
    output = run.call(Method(function, instance), given, frame)
    shape, bias = output.shape if isinstance(output, Tensor) else None, run.attribute(base, "bias")
    filters = bias.shape[0].size if isinstance(bias, Tensor) and bias.shape else None
    activation = run.attribute(base, "activation")
    same = isinstance(activation, Api) and activation.name.startswith("keras.activations.")
    if shape is None or not same or not (is_none(bias) or shape[-1].size == filters):
        return UNKNOWN
    return output


def output_of_base(
    run: Run, instance: Instance, base: LayerRef, function: Value, call: Call, frame: Frame
) -> Value:
    """What a symbolic call gives: Keras asks the layer's own `compute_output_shape` and does not run the `call` of the class
    yet. That is looked at all the same, as it will be run on batches; what it does is taken back."""
    found, state = len(run.store.trace.mismatches), run.store.read(base, "built")
    if isinstance(function, Function) or _own_hooks(run, instance):
        outer = run.store.fork()
        if isinstance(function, Function):
            run.call(Method(function, instance), call, frame)
        else:
            call_base(run, instance, base, call, frame)
        run.store.undo(outer)
        del run.store.trace.mismatches[found:]
    span = call.argument_span(0) or call.argument_span("inputs")
    output = apply_layer(run, base, call_inputs(base.rule, call), call.span(), span, record=False)
    if class_attribute(run, instance.cls, "build") is not MISSING:
        run.store.write(base, "built", state)
    return output
