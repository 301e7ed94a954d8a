"""What a model is by now: its layers, its input and its output."""

from __future__ import annotations

from shapewright.interpreter.classes import keras_base
from shapewright.interpreter.run import Run
from shapewright.interpreter.structures import flatten
from shapewright.values.callable import Instance
from shapewright.values.keras import LayerRef, ModelRef, SequentialRef, Stack
from shapewright.values.tensor import Choice, Tensor
from shapewright.values.value import (
    UNKNOWN,
    Value,
)


def is_layer(value: Value) -> bool:
    """Whether Keras takes a value for a layer: layers, models, and instances of classes derived from them."""
    if isinstance(value, Instance):
        return keras_base(value.cls) is not None
    return isinstance(value, (LayerRef, ModelRef, SequentialRef))


def stack_of(run: Run, model: SequentialRef) -> Stack:
    """The layers of a Sequential model by now."""
    state = run.store.read(model, "stack")
    return state if isinstance(state, Stack) else Stack(certain=False)


def model_input(run: Run, model: Value) -> Value:
    """The input tensor of a model, or its structure of inputs; `UNKNOWN` before it is built."""
    if isinstance(model, ModelRef):
        return model.inputs
    return (stack_of(run, model).input or UNKNOWN) if isinstance(model, SequentialRef) else UNKNOWN


def model_output(run: Run, model: Value) -> Value:
    """The output tensor of a model, or its structure of outputs."""
    if isinstance(model, ModelRef):
        return model.outputs
    if isinstance(model, SequentialRef):
        stack = stack_of(run, model)
        if stack.certain and stack.input is not None and len(stack.outputs) == len(stack.layers):
            return stack.outputs[-1] if stack.outputs else stack.input
    return UNKNOWN


def model_layers(run: Run, model: Value) -> list[Value] | None:
    """The layers that `model.layers` lists, inputs left out; `None` where they are not all known."""
    if isinstance(model, SequentialRef):
        stack = stack_of(run, model)
        return list(stack.layers) if stack.certain else None
    if not isinstance(model, ModelRef):
        return None
    found: dict[Value, None] = {}
    # What comes before the model's inputs is not part of it.
    seen = {id(tensor.history) for tensor in flatten(run, model.inputs)}

    def visit(tensor: Tensor) -> bool:
        """Collects the layers that a tensor is made by; false where that is not certain."""
        todo: list[tuple[Tensor, bool]] = [(tensor, False)]
        while todo:
            current, done = todo.pop()
            history = current.history
            if history is None:
                continue
            if isinstance(history.producer, Choice):
                return False
            if done:
                if isinstance(history.producer, Value) and is_layer(history.producer):
                    found.setdefault(history.producer)
                continue
            if id(history) in seen:
                continue
            seen.add(id(history))
            todo.append((current, True))
            if history.inputs is not None:
                todo += [(t, False) for t in reversed(flatten(run, history.inputs))]
        return True

    return list(found) if all(visit(output) for output in flatten(run, model.outputs)) else None
