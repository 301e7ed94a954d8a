"""The names that a plan may use. Everything else does not exist for it.

A name is looked up in the modules below and nowhere else, one attribute deep: no name of a plan can walk anywhere.
"""

from __future__ import annotations

import importlib
import inspect
import sys
from typing import Any

from .library import Library

# What runs code of the user, reads a file or leaves this process.
LAYERS_LEFT_OUT = {"Lambda", "TFSMLayer", "TorchModuleWrapper", "JaxLayer", "FlaxLayer"}
FUNCTIONS_LEFT_OUT = {"get", "serialize", "deserialize", "custom_gradient"}

OPS = ("keras.ops", "keras.ops.image", "keras.ops.linalg", "keras.ops.nn", "keras.ops.numpy")
OBJECTS = (
    "keras.initializers",
    "keras.regularizers",
    "keras.constraints",
    "keras.losses",
    "keras.metrics",
    "keras.dtype_policies",
    "keras.mixed_precision",
    "keras.optimizers.schedules",
)
TENSORFLOW = ("tensorflow.math", "tensorflow.nn", "tensorflow.linalg", "tensorflow.image", "tensorflow.signal")
# Of TensorFlow itself only these: others read files, load libraries, print into files and run Python functions.
TENSORFLOW_ROOT = frozenset(
    """abs acos acosh add add_n argmax argmin argsort asin asinh atan atan2 atanh batch_to_space bitcast boolean_mask
    broadcast_dynamic_shape broadcast_static_shape broadcast_to cast clip_by_global_norm clip_by_norm clip_by_value complex concat
    cond constant convert_to_tensor cos cosh cumsum divide edit_distance einsum ensure_shape equal exp expand_dims eye fill
    floor foldl foldr gather gather_nd greater greater_equal identity identity_n is_tensor less less_equal linspace
    logical_and logical_not logical_or matmul maximum meshgrid minimum multiply negative norm not_equal one_hot ones ones_like pad
    pow range rank realdiv reduce_all reduce_any reduce_logsumexp reduce_max reduce_mean reduce_min reduce_prod reduce_sum
    repeat reshape reverse reverse_sequence roll round rsqrt saturate_cast scalar_mul scatter_nd searchsorted sequence_mask shape
    shape_n sigmoid sign sin sinh size slice sort space_to_batch split sqrt square squeeze stack stop_gradient strided_slice
    subtract switch_case tan tanh tensor_scatter_nd_add tensor_scatter_nd_max tensor_scatter_nd_min tensor_scatter_nd_sub
    tensor_scatter_nd_update tensordot tile transpose truediv truncatediv truncatemod unique unstack vectorized_map where
    zeros zeros_like""".split()
)
DTYPES = frozenset(
    """bool string bfloat16 float16 float32 float64 half double int8 int16 int32 int64 uint8 uint16 uint32 uint64
    complex64 complex128 qint8 qint32 quint8 bool_""".split()
)


class BadName(Exception):
    """No plan may say this name."""


class NotHere(Exception):
    """A name that a plan may say and that this version of Keras does not have."""


class Names:
    """Resolves the canonical names of a plan in the user's Keras."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def layer(self, name: str) -> Any:
        section, last = _parted(name)
        if section != "keras.layers" or last in LAYERS_LEFT_OUT:
            raise BadName(name)
        found = self._attribute(section, last)
        if not (inspect.isclass(found) and issubclass(found, self.library.keras.layers.Layer)):
            raise BadName(name)
        return found

    def object(self, name: str) -> Any:
        section, last = _parted(name)
        if section not in OBJECTS:
            raise BadName(name)
        return self._class(section, last)

    def application(self, name: str) -> Any:
        """`keras.applications.ResNet50`, and `keras.applications.resnet.ResNet50`."""
        section, last = _parted(name)
        parts = section.split(".")
        if parts[:2] != ["keras", "applications"] or len(parts) > 3 or not last[0].isupper():
            raise BadName(name)
        return self._function(section, last)

    def function(self, name: str) -> Any:
        """What an `op` step may call."""
        section, last = _parted(name)
        if section in OPS or section == "keras.activations":
            return self._function(section, last)
        if section in TENSORFLOW or (section == "tensorflow" and last in TENSORFLOW_ROOT):
            return self._function(section, last)
        raise BadName(name)

    def value(self, name: str) -> Any:
        """What an argument may name: a dtype, a function as above, a class of layers or of Keras's other objects."""
        section, last = _parted(name)
        if section in ("tensorflow", "tensorflow.dtypes", "numpy", "keras.backend") and last in DTYPES:
            module = sys.modules.get(section)
            return getattr(module, last, last) if module else last
        if section == "keras.layers":
            return self.layer(name)
        if section in OBJECTS and last[0].isupper():
            return self.object(name)
        if section in ("keras.losses", "keras.metrics"):
            return self._function(section, last)
        return self.function(name)

    def _class(self, section: str, last: str) -> Any:
        found = self._attribute(section, last)
        if not inspect.isclass(found):
            raise BadName(f"{section}.{last}")
        return found

    def _function(self, section: str, last: str) -> Any:
        if last in FUNCTIONS_LEFT_OUT:
            raise BadName(f"{section}.{last}")
        found = self._attribute(section, last)
        if not callable(found) or inspect.ismodule(found):
            raise BadName(f"{section}.{last}")
        return found

    def _attribute(self, section: str, last: str) -> Any:
        module = self._module(section)
        if module is None or last not in dir(module):
            raise NotHere(f"{section}.{last}")
        return getattr(module, last)

    def _module(self, section: str) -> Any:
        """The module of one of the sections above; none where this Keras has no such module."""
        library, rest = section.partition(".")[::2]
        if library == "tensorflow":
            if self.library.tensorflow is None:
                return None
            module = self.library.tensorflow
        else:
            module = self.library.keras
        for part in filter(None, rest.split(".")):
            found = getattr(module, part, None)
            if found is None:
                try:
                    found = importlib.import_module(f"{module.__name__}.{part}")
                except ImportError:
                    return None
            if not inspect.ismodule(found):
                return None
            module = found
        return module


def _parted(name: Any) -> tuple[str, str]:
    """
    >>> _parted("tf.nn.relu")
    ('tensorflow.nn', 'relu')
    """
    if not isinstance(name, str) or len(name) > 200:
        raise BadName(str(name)[:200])
    parts = name.split(".")
    if parts[0] == "tf":
        parts[0] = "tensorflow"
    elif parts[0] == "np":
        parts[0] = "numpy"
    if parts[:2] == ["tensorflow", "keras"]:
        del parts[0]
    if len(parts) < 2 or not all(part.isidentifier() and not part.startswith("_") for part in parts):
        raise BadName(name)
    return ".".join(parts[:-1]), parts[-1]
