"""All spellings of a library's names meet here: `tf.keras.layers.LSTM` is `keras.layers.LSTM`."""

from __future__ import annotations

from functools import lru_cache

LIBRARIES = frozenset({"keras", "tensorflow", "numpy", "builtins", "math", "functools", "random", "os", "typing"})
"""Top-level modules whose names are known by rules and never followed into their source."""

_PREFIXES = (
    ("tensorflow.python.keras", "keras"),
    ("tensorflow.compat.v2", "tensorflow"),
    ("tensorflow.keras", "keras"),
    ("tensorflow._api.v2", "tensorflow"),
    ("keras.api._v2.keras", "keras"),
    ("keras._tf_keras.keras", "keras"),
    ("keras.api", "keras"),
    ("keras.engine.input_layer", "keras.layers"),
    ("keras.src", "keras"),
    ("tf_keras", "keras"),
)
_ALIASES = {
    "keras.Input": "keras.layers.Input",
    "keras.Layer": "keras.layers.Layer",
    "keras.Model": "keras.models.Model",
    "keras.Sequential": "keras.models.Sequential",
    "keras.engine.training.Model": "keras.models.Model",
    "keras.models.Functional": "keras.models.Model",
    "keras.backend.image_data_format": "keras.config.image_data_format",
    "keras.api_export.keras_export": "keras.saving.register_keras_serializable",
    "keras.layers.Convolution1D": "keras.layers.Conv1D",
    "keras.layers.Convolution2D": "keras.layers.Conv2D",
    "keras.layers.MaxPool1D": "keras.layers.MaxPooling1D",
    "keras.layers.MaxPool2D": "keras.layers.MaxPooling2D",
    "keras.layers.AvgPool1D": "keras.layers.AveragePooling1D",
    "keras.layers.AvgPool2D": "keras.layers.AveragePooling2D",
    "keras.layers.GlobalMaxPool1D": "keras.layers.GlobalMaxPooling1D",
    "keras.layers.GlobalMaxPool2D": "keras.layers.GlobalMaxPooling2D",
    "keras.layers.GlobalAvgPool1D": "keras.layers.GlobalAveragePooling1D",
    "keras.layers.GlobalAvgPool2D": "keras.layers.GlobalAveragePooling2D",
}


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """The one name under which a library's class or function is known."""
    for prefix, meant in _PREFIXES:
        if name == prefix or name.startswith(prefix + "."):
            name = meant + name[len(prefix) :]
            break
    for module in ("keras.layers.", "keras.models."):
        # keras.layers.core.Dense, keras.layers.recurrent.LSTM: the folders inside are not part of the name
        if name.startswith(module) and "." in name[len(module) :] and name.rsplit(".", 1)[-1][0].isupper():
            name = module + name.rsplit(".", 1)[-1]
    return _ALIASES.get(name, name)


def is_library(module: str) -> bool:
    """Whether a module is one whose names are known by rules."""
    return canonical(module).split(".", 1)[0] in LIBRARIES
