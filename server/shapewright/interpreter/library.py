"""Calls of known libraries: names are looked up in the table of rules."""

from __future__ import annotations

import ast
import math
from collections.abc import Callable
from dataclasses import replace

from shapewright.interpreter.applications import APPLICATIONS, make_application
from shapewright.interpreter.arrays import attribute_or_method, call_array_method
from shapewright.interpreter.batches import DATA_METHODS
from shapewright.interpreter.builtins import BUILTINS
from shapewright.interpreter.classes import is_model
from shapewright.interpreter.cloning import clone_model
from shapewright.interpreter.collections import call_collection_method
from shapewright.interpreter.csv_datasets import make_csv_dataset
from shapewright.interpreter.dataset_catalog import CATALOG
from shapewright.interpreter.dataset_methods import TRANSFORMATIONS, call_dataset_method
from shapewright.interpreter.datasets import DATASETS, tensor_spec
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.inputs import make_input, make_input_layer
from shapewright.interpreter.keras_control import KERAS_CONTROL, call_control
from shapewright.interpreter.keras_datasets import KERAS_DATASETS, make_dataset
from shapewright.interpreter.layer_attributes import call_layer_method
from shapewright.interpreter.layer_making import make_layer
from shapewright.interpreter.layers import apply_layer, set_dtype_policy
from shapewright.interpreter.models import call_model_method, clear_session, make_model, make_sequential
from shapewright.interpreter.modules import import_module
from shapewright.interpreter.objects import call_object_method, is_object, make_object
from shapewright.interpreter.pandas_calls import PANDAS, call_with_pandas, has_pandas
from shapewright.interpreter.pictures import PICTURES, call_picture_method
from shapewright.interpreter.ragged import call_ragged_method, ragged_result
from shapewright.interpreter.rule_calls import call_rule
from shapewright.interpreter.run import Call, Run, attributes, callee
from shapewright.interpreter.standardizing import hand_adapted
from shapewright.interpreter.stdlib import ARGUMENT_PARSER, STDLIB, call_parser_method
from shapewright.interpreter.subclassing import call_base_method
from shapewright.interpreter.table_methods import call_column_method, call_names_method, call_table_method
from shapewright.interpreter.tensorflow_calls import TENSORFLOW, set_shape, shape_method
from shapewright.interpreter.training import run_steps
from shapewright.interpreter.wrong_calls import refuse_merged
from shapewright.knowledge.names import TRANSPARENT_DECORATORS, canonical
from shapewright.knowledge.registry import FUNCTIONS, LAYERS, METHODS
from shapewright.values.callable import Class, Function, Instance, Method
from shapewright.values.dataset import Dataset
from shapewright.values.keras import LayerRef, ModelRef, ObjectRef, SequentialRef
from shapewright.values.picture import Picture
from shapewright.values.ragged import Ragged
from shapewright.values.table import Column, Names, TableRef
from shapewright.values.tensor import Library, ShapeValue, Tensor
from shapewright.values.value import (
    NONE,
    UNKNOWN,
    Api,
    BoundApi,
    DictRef,
    ListRef,
    Literal,
    NamedTuple,
    Range,
    SetRef,
    Tuple,
    Value,
)

_RANDOM = {
    "numpy.random.default_rng": "numpy.random.Generator()",
    "numpy.random.Generator": "numpy.random.Generator()",
    "numpy.random.RandomState": "numpy.random.RandomState()",
    "random.Random": "random.Random()",
    **dict.fromkeys(
        [
            *("tensorflow.random.Generator.from_seed", "tensorflow.random.Generator.from_non_deterministic_state"),
            *("tensorflow.random.Generator.from_key_counter", "tensorflow.random.get_global_generator"),
            "tensorflow.random.Generator",
        ],
        "tensorflow.random.Random()",
    ),
}
"""Sources of random numbers: what their constructors give."""
_CONSTRUCTORS: dict[str, Callable[[Run, Call], Value]] = {
    **DATASETS,
    "tensorflow.data.experimental.make_csv_dataset": make_csv_dataset,
    "tensorflow.TensorSpec": tensor_spec,
    "keras.layers.Input": make_input,
    "keras.layers.InputLayer": make_input_layer,
    **dict.fromkeys(
        [
            *("keras.config.set_dtype_policy", "keras.config.set_floatx", "keras.backend.set_floatx"),
            *("keras.mixed_precision.set_global_policy", "keras.mixed_precision.set_dtype_policy"),
        ],
        set_dtype_policy,
    ),
    "keras.models.clone_model": clone_model,
    **dict.fromkeys(("keras.utils.clear_session", "keras.backend.clear_session"), clear_session),
    "keras.models.Model": make_model,
    "keras.models.Sequential": make_sequential,
}
_MERGING = {
    f"keras.layers.{name.lower()}": f"keras.layers.{name}"
    for name in ("Add", "Average", "Concatenate", "Dot", "Maximum", "Minimum", "Multiply", "Subtract")
}
"""`add([a, b])` makes a layer and calls it."""


def _merge(run: Run, name: str, call: Call) -> Value:
    keywords = {key: value for key, value in call.keywords.items() if key != "inputs"}
    inputs = call.args[0] if call.args else call.keywords.get("inputs", UNKNOWN)
    if refuse_merged(run, name, call):
        return Tensor(None, doubtful=True)
    made = make_layer(run, name, Call(call.args[1:], keywords, call.node, call.chunk, complete=call.complete))
    if not isinstance(made, LayerRef):
        return UNKNOWN
    span = call.argument_span(0) or call.argument_span("inputs")
    return apply_layer(run, made, inputs, call.span(), span)


_SAME = {"keras.ops.custom_gradient": "tensorflow.custom_gradient"}
"""Functions of Keras that are those of TensorFlow."""


def is_known(name: str) -> bool:
    """Whether something is known about a library's class or function."""
    tables = (_CONSTRUCTORS, LAYERS, FUNCTIONS, _MERGING, KERAS_CONTROL, _SAME, PICTURES)
    return is_object(name) or any(name in table for table in tables)


_NUMBERS: dict[str, float | None] = {
    **{f"{module}.{name}": value for module in ("numpy", "math") for name, value in (("pi", math.pi), ("e", math.e))},
    **dict.fromkeys(("numpy.inf", "math.inf", "numpy.Inf", "numpy.infty"), math.inf),
    **dict.fromkeys(("numpy.nan", "math.nan", "numpy.NaN", "numpy.NAN"), math.nan),
    "math.tau": math.tau,
    "numpy.euler_gamma": 0.5772156649015329,
    "numpy.newaxis": None,
    "tensorflow.newaxis": None,
}
_CONSTANTS = {name: Literal(value) for name, value in _NUMBERS.items()}
"""Names in libraries that are numbers; each is always the same object, since `nan` equals nothing."""


_LIKE_NUMPY = "tensorflow.experimental.numpy."


def _call_like_numpy(run: Run, name: str, call: Call) -> Value:
    """TensorFlow's functions of the same names, which give tensors; what they make of dtypes depends on settings."""
    rule = FUNCTIONS.get(f"numpy.{name.removeprefix(_LIKE_NUMPY)}")
    made = UNKNOWN if rule is None else call_rule(run, replace(rule, name=name), call)
    return replace(made, dtype=None, content=None) if isinstance(made, Tensor) else UNKNOWN


def _is_estimator(name: str) -> bool:
    """Whether a class of scikit-learn is one whose methods have rules."""
    return name.startswith("sklearn.") and f"{name}.fit_transform" in METHODS


def _call_estimator(run: Run, owner: ObjectRef, method: str, call: Call) -> Value:
    """`scaler.fit(x)` gives the scaler, `scaler.transform(x)` an array."""
    rule = METHODS.get(f"{owner.api}.{method}")
    return owner if method == "fit" else UNKNOWN if rule is None else call_rule(run, rule, call, owner)


@attributes(Api)
def attribute_of_api(run: Run, api: Api, name: str) -> Value:
    if f"{api.name}.{name}" in _CONSTANTS:
        return _CONSTANTS[f"{api.name}.{name}"]
    if api.name in _RANDOM.values():
        return BoundApi(api, name)
    return Api(canonical(f"{api.name}.{name}"))


@attributes(Tensor)
def attribute_of_tensor(run: Run, tensor: Tensor, name: str) -> Value:
    if name == "shape":
        return UNKNOWN if tensor.shape is None else ShapeValue(tensor.shape)
    if name == "ndim":
        return UNKNOWN if tensor.shape is None else Literal(tensor.shape.rank)
    if name == "dtype":
        return UNKNOWN if tensor.dtype is None else Literal(tensor.dtype)
    if tensor.library is Library.NUMPY:
        return attribute_or_method(run, tensor, name)
    return BoundApi(tensor, name)


@attributes(ShapeValue)
def attribute_of_shape(run: Run, value: ShapeValue, name: str) -> Value:
    return Literal(value.shape.rank) if name in ("rank", "ndims") else BoundApi(value, name)


@attributes(NamedTuple)
def attribute_of_named_tuple(run: Run, value: NamedTuple, name: str) -> Value:
    return value.items[value.names.index(name)] if name in value.names[: len(value.items)] else BoundApi(value, name)


@attributes(ListRef, DictRef, SetRef, Range, Literal, Tuple)
def attribute_of_collection(run: Run, value: Value, name: str) -> Value:
    if name == "name" and isinstance(value, Literal) and isinstance(value.value, str):
        return value  # a dtype, which is known by its name; texts have none
    return BoundApi(value, name)


@callee(Api)
def call_api(run: Run, api: Api, call: Call, frame: Frame) -> Value:
    if has_pandas(call):
        return call_with_pandas(run, api.name, call, lambda arrays: _call_api(run, api, arrays, frame))
    return _call_api(run, api, call, frame)


def _call_api(run: Run, api: Api, call: Call, frame: Frame) -> Value:
    name = api.name
    if name.startswith("builtins."):
        builtin = BUILTINS.get(name[len("builtins.") :])
        return builtin(run, call, frame) if builtin is not None else UNKNOWN
    if name in PANDAS:
        return PANDAS[name](run, call)
    if name in STDLIB:
        return STDLIB[name](run, call, frame)
    if name in _CONSTRUCTORS:
        return _CONSTRUCTORS[name](run, call)
    if name in LAYERS:
        return make_layer(run, name, call)
    if name in _MERGING:
        return _merge(run, _MERGING[name], call)
    if name in APPLICATIONS:
        return make_application(run, name, call)
    if name in KERAS_CONTROL:
        return call_control(run, name, call, frame)
    if name in PICTURES:
        return PICTURES[name](run, call, frame)
    if name in KERAS_DATASETS:
        return make_dataset(run, name, call)
    if name in FUNCTIONS:
        ragged = ragged_result(run, name, call) if name.startswith("tensorflow.") else None
        return call_rule(run, FUNCTIONS[name], call) if ragged is None else ragged
    name = _SAME.get(name, name)
    if name in TENSORFLOW:
        return TENSORFLOW[name](run, call, frame)
    if name in CATALOG:
        return CATALOG[name](run, call, frame)
    if name.startswith(_LIKE_NUMPY):
        return _call_like_numpy(run, name, call)
    if name.removesuffix("()") in TRANSPARENT_DECORATORS:
        made = call.args[0] if call.args and name != "functools.wraps" else UNKNOWN
        return made if isinstance(made, (Function, Method, Class)) else Api(f"{name.removesuffix('()')}()")
    if name in _RANDOM:
        return Api(_RANDOM[name])
    if _is_estimator(name):
        return ObjectRef(name, call.by_name("n_components"))
    if name in TRANSFORMATIONS:
        return Api(f"{name}()")
    if name.startswith(_APPLICATIONS):
        return _from_source(run, name, call, frame)
    return make_object(name, call)


_APPLICATIONS = "keras.applications."


def _from_source(run: Run, name: str, call: Call, frame: Frame) -> Value:
    """The parts that architectures of `keras.applications` are made of are read in the installed Keras."""
    module, _, function = name.removeprefix(_APPLICATIONS).rpartition(".")
    found = import_module(run, frame, 0, f"keras.src.applications.{module}") if module else None
    value = UNKNOWN if found is None else run.attribute(found, function)
    return run.call(value, call, frame) if isinstance(value, Function) else UNKNOWN


def _call_random(run: Run, owner: Api, method: str, call: Call, frame: Frame) -> Value:
    """`rng.normal(size=3)`, and what is as a function of the module."""
    kind = owner.name.removesuffix("()")
    rule = METHODS.get(f"{kind.rsplit('.', 1)[-1]}.{method}")
    if rule is not None:
        return call_rule(run, rule, call, owner)
    same = STDLIB.get(f"{'random' if kind == 'random.Random' else 'numpy.random'}.{method}")
    return same(run, call, frame) if same is not None else UNKNOWN


def _set_shape(run: Run, tensor: Tensor, call: Call, frame: Frame) -> Value:
    """`image.set_shape((None, None, 3))`: the name stands for a tensor of which more is known."""
    known, node = set_shape(run, tensor, call), call.node.func if isinstance(call.node, ast.Call) else None
    if known is not None and isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        if frame.lookup(run.store, node.value.id) is tensor:
            frame.bind(run.store, node.value.id, known)
    return NONE


@callee(BoundApi)
def call_bound(run: Run, bound: BoundApi, call: Call, frame: Frame) -> Value:
    owner = bound.owner
    if isinstance(owner, (ModelRef, SequentialRef)):
        return call_model_method(run, owner, bound.method, call)
    if isinstance(owner, LayerRef):
        if bound.method == "adapt" and owner.class_name == "TextVectorization":
            hand_adapted(run, owner, call.by_name("data").get("data", UNKNOWN), frame)
        return call_layer_method(run, owner, bound.method, call)
    if isinstance(owner, Tensor):
        if bound.method == "set_shape":
            return _set_shape(run, owner, call, frame)
        kind = "ndarray" if owner.library is Library.NUMPY else "tensor"
        rule = METHODS.get(f"{kind}.{bound.method}")
        if rule is None and kind == "ndarray":
            return call_array_method(run, owner, bound.method, call)
        return call_rule(run, rule, call, owner) if rule is not None else UNKNOWN
    if isinstance(owner, Ragged):
        return call_ragged_method(run, owner, bound.method, call)
    if isinstance(owner, TableRef):
        return call_table_method(run, owner, bound.method, call, frame)
    if isinstance(owner, Column):
        return call_column_method(run, owner, bound.method, call, frame)
    if isinstance(owner, Names):
        return call_names_method(run, owner, bound.method, call)
    if isinstance(owner, Api):
        return _call_random(run, owner, bound.method, call, frame)
    if isinstance(owner, Picture):
        return call_picture_method(run, owner, bound.method, call, frame)
    if isinstance(owner, Dataset):
        return call_dataset_method(run, owner, bound.method, call, frame)
    if isinstance(owner, ShapeValue) and bound.method not in ("index", "count"):
        return shape_method(run, owner, bound.method, call)
    if isinstance(owner, ObjectRef) and owner.api == ARGUMENT_PARSER:
        return call_parser_method(run, owner, bound.method, call)
    if isinstance(owner, ObjectRef) and _is_estimator(owner.api):
        return _call_estimator(run, owner, bound.method, call)
    if isinstance(owner, ObjectRef):
        return call_object_method(run, owner, bound.method, call)
    if isinstance(owner, Instance):
        if bound.method in DATA_METHODS and is_model(owner.cls):
            return run_steps(run, owner, bound.method, call, frame)
        return call_base_method(run, owner, bound.method, call, frame)
    return call_collection_method(run, owner, bound.method, call)
