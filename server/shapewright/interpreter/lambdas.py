"""`Lambda`: a layer whose body is a function, most often one of the program.

On a symbolic tensor Keras asks for the output's shape alone: `output_shape` says it, else the function is traced with
TensorFlow's tensors of the layer's dtype, and what comes out has that dtype. Source: keras/src/layers/core/lambda_layer.py.
"""

from __future__ import annotations

from dataclasses import replace

from shapewright.interpreter.arguments import shape_of
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.keras_version import is_keras_2
from shapewright.interpreter.layers import EVALUATED
from shapewright.interpreter.run import Call, Run
from shapewright.interpreter.structures import flatten, map_structure
from shapewright.interpreter.tracing import traced
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Function
from shapewright.values.keras import LayerRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import NONE, UNKNOWN, DictItems, DictRef, Tuple, Value, is_none, str_of

_NOT_INFERRED = (
    "We could not automatically infer the shape of the Lambda's output. Please specify the `output_shape` argument for this "
    "Lambda layer."
)
"""What Keras 3 says of whatever the function refuses."""


def evaluate_lambda(run: Run, layer: LayerRef, inputs: Value, symbolic: bool) -> Value:
    """What the layer gives for its inputs."""
    dtype = "float32" if is_none(layer.config.get("dtype", NONE)) else None
    if not symbolic:
        return _call(run, layer, map_structure(run, inputs, lambda leaf, _: _cast(leaf, dtype)))
    declared = layer.config.get("output_shape", NONE)
    if not is_none(declared):
        shape = _declared(run, declared, inputs)
        return UNKNOWN if shape is None else Tensor(shape, dtype)
    given = map_structure(run, inputs, lambda leaf, _: _with_dtype(leaf, dtype))
    found = len(run.store.trace.mismatches)
    with traced(run):
        made = _call(run, layer, given)
    if not is_keras_2(run):
        refused = run.store.trace.mismatches[found:]
        run.store.trace.mismatches[found:] = [replace(m, message=m.message and _NOT_INFERRED) for m in refused]
    return map_structure(run, made, lambda leaf, _: _with_dtype(leaf, dtype))


def _cast(leaf: Value, dtype: str | None) -> Value:
    """Floats come in the layer's dtype."""
    if not isinstance(leaf, Tensor):
        return leaf
    return _with_dtype(leaf, dtype if leaf.dtype is not None and leaf.dtype.startswith("float") else leaf.dtype)


def _with_dtype(leaf: Value, dtype: str | None) -> Value:
    return Tensor(leaf.shape, dtype, Library.TENSORFLOW, None, leaf.doubtful) if isinstance(leaf, Tensor) else leaf


def _declared(run: Run, declared: Value, inputs: Value) -> Shape | None:
    """What `output_shape` says: one sample's shape, or a function of the whole shape."""
    tensors = flatten(run, inputs)
    if isinstance(declared, Function):
        if not isinstance(inputs, Tensor) or inputs.shape is None:
            return None
        return shape_of(run, run.call(declared, Call([ShapeValue(inputs.shape)], {}), _frame(run, declared)))
    sample = shape_of(run, declared) if isinstance(declared, (Tuple, ShapeValue)) else None
    first = tensors[0].shape if tensors else None
    return None if sample is None or not first else Shape((first[0], *sample))


def _call(run: Run, layer: LayerRef, inputs: Value) -> Value:
    function = layer.config.get("function", UNKNOWN)
    keywords: dict[str, Value] = {}
    arguments = layer.config.get("arguments", NONE)
    if not is_none(arguments):
        state = run.store.read(arguments, "items") if isinstance(arguments, DictRef) else None
        if not isinstance(state, DictItems) or not state.complete:
            return UNKNOWN
        for key, value in state.items:
            name = str_of(key)
            if name is None:
                return UNKNOWN
            keywords[name] = value
    if isinstance(function, Function):
        taken = {parameter.arg for parameter in function.node.args.args}
        keywords |= {name: NONE if name == "mask" else UNKNOWN for name in ("mask", "training") if name in taken}
    return run.call(function, Call([inputs], keywords), _frame(run, function))


def _frame(run: Run, function: Value) -> Frame:
    return Frame(run.memory.module, getattr(function, "chunk", None), depth=len(run.call_stack))


EVALUATED["keras.layers.Lambda"] = evaluate_lambda
