"""Runs programs under real Keras and writes down what their values are. Runs in a process of its own, once for many.

    python record.py PROGRAMS.json RESULTS.jsonl

Each program is a text. The answer for each is a line `[name, {values, errors}]`, written as soon as the program has run, so that
a program that ends the process or does not end by itself takes no other answer with it. `values` is a row of
[line, name, shape, dtype, parameters] for every assignment that was executed (lines from 0; shape is null where the value has
none), and `errors`, a row of [line, type, message] for every top-level statement that raised. A statement that raises does not
end the program.
"""

import ast
import contextlib
import io
import json
import linecache
import os
import signal
import sys
import traceback
import warnings

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("CUDA_VISIBLE_DEVICES", "-1")
os.environ.setdefault("TF_ENABLE_ONEDNN_OPTS", "0")

import keras
import numpy as np
import tensorflow as tf

RECORD = "__record__"
SECONDS = 300
"""How long one program may take."""


class Instrument(ast.NodeTransformer):
    """Adds a call behind each assignment, and at the start of functions and loops, that records what was assigned."""

    def visit_Assign(self, node):
        return [node, *self._records(node.targets)]

    def visit_AnnAssign(self, node):
        return [node, *self._records([node.target] if node.value is not None else [])]

    def visit_AugAssign(self, node):
        return [node, *self._records([node.target])]

    def visit_For(self, node):
        self.generic_visit(node)
        node.body[:0] = self._records([node.target])
        return node

    def visit_With(self, node):
        self.generic_visit(node)
        node.body[:0] = self._records([item.optional_vars for item in node.items if item.optional_vars])
        return node

    def visit_FunctionDef(self, node):
        self.generic_visit(node)
        names = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
        node.body[:0] = [
            self._record(arg.arg, ast.Name(arg.arg, ast.Load()), arg) for arg in names if arg.arg != "self"
        ]
        return node

    def _records(self, targets):
        found = []
        for target in targets:
            if isinstance(target, (ast.Tuple, ast.List)):
                found += self._records(target.elts)
            elif isinstance(target, ast.Starred):
                found += self._records([target.value])
            elif isinstance(target, (ast.Name, ast.Attribute)):
                found.append(
                    self._record(ast.unparse(target), ast.parse(ast.unparse(target), mode="eval").body, target)
                )
        return found

    def _record(self, name, value, at):
        call = ast.Call(ast.Name(RECORD, ast.Load()), [ast.Constant(at.lineno - 1), ast.Constant(name), value], [])
        return ast.fix_missing_locations(ast.copy_location(ast.Expr(call), at))


def shape_text(shape):
    """A shape as Python prints the tuple."""
    return None if shape is None or (hasattr(shape, "rank") and shape.rank is None) else str(tuple(shape))


def structure_text(structure):
    """The shapes in a structure of tensors, as the hover writes them."""
    if isinstance(structure, dict):
        return "{" + ", ".join(f"{key}: {structure_text(item)}" for key, item in structure.items()) + "}"
    if isinstance(structure, (list, tuple)):
        return "[" + ", ".join(map(structure_text, structure)) + "]"
    return shape_text(structure.shape)


def describe(value):
    """[shape, dtype, parameters] of a value; the shape is None for what has none."""
    if isinstance(value, keras.Model):
        model = value._functional if isinstance(value, keras.Sequential) else value
        try:
            return [f"{structure_text(model.input)} → {structure_text(model.output)}", None, value.count_params()]
        except (AttributeError, ValueError):  # a model that has not been built, or is no graph
            return [None, None, None]
    if isinstance(value, keras.layers.Layer):
        nodes = value._inbound_nodes
        if not nodes:
            return [None, None, None]
        operands = list(nodes[-1].arguments.keras_tensors)
        inputs = operands[0] if len(operands) == 1 else operands
        outputs = nodes[-1].output_tensors
        text = f"{structure_text(inputs)} → {structure_text(outputs[0] if len(outputs) == 1 else outputs)}"
        return [text, None, value.count_params() if value.built else None]
    if isinstance(value, (np.ndarray, np.generic, tf.Tensor, tf.Variable, keras.KerasTensor, keras.Variable)):
        return [shape_text(value.shape), np_name(value.dtype), producer_parameters(value)]
    if isinstance(value, tf.TensorShape):
        return [shape_text(value), None, None]
    if isinstance(value, tuple) and all(item is None or type(item) is int for item in value):
        return [str(value), None, None]
    return [None, None, None]


def np_name(dtype):
    """`float32`, however the library spells it."""
    return dtype if isinstance(dtype, str) else dtype.name


def producer_parameters(tensor):
    """The parameters of the layer that made a symbolic tensor."""
    layer = getattr(getattr(tensor, "_keras_history", None), "operation", None)
    return layer.count_params() if isinstance(layer, keras.layers.Layer) and layer.built else None


def run(name, text):
    """What one program's values and errors are."""
    keras.utils.clear_session()
    keras.utils.set_random_seed(0)
    values, errors, late = [], [], []

    def record(line, target, value):
        row = [line, target, *describe(value)]
        values.append(row)
        if isinstance(value, keras.layers.Layer):
            late.append((row, value))  # layers and models go on changing: described at the end

    filename = f"<{name}>"
    linecache.cache[filename] = (len(text), None, text.splitlines(True), filename)
    space = {"__name__": "__main__", RECORD: record}
    for statement in ast.parse(text, filename).body:
        made = Instrument().visit(statement)
        body = made if isinstance(made, list) else [made]
        module = ast.fix_missing_locations(ast.Module(body, []))
        try:
            with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
                exec(compile(module, filename, "exec"), space)
        except Exception as error:
            frames = [f.lineno for f in traceback.extract_tb(error.__traceback__) if f.filename == filename]
            errors.append([(frames[-1] if frames else statement.lineno) - 1, type(error).__name__, str(error)])
    for row, layer in late:
        row[2:] = describe(layer)
    return {"values": values, "errors": errors}


def main():
    warnings.simplefilter("ignore")
    keras.config.disable_traceback_filtering()
    with open(sys.argv[1], encoding="utf-8") as file:
        programs = json.load(file)
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        for name, text in programs.items():
            if hasattr(signal, "alarm"):
                signal.alarm(SECONDS)  # ends the process, as some kernels do
            file.write(json.dumps([name, run(name, text)]) + "\n")
            file.flush()


main()
