"""All spellings of a library's names meet here: `tf.keras.layers.LSTM` is `keras.layers.LSTM`."""

from __future__ import annotations

import re
from functools import lru_cache

LIBRARIES = frozenset(
    [
        *(
            "keras",
            "tensorflow",
            "tensorflow_datasets",
            "numpy",
            "builtins",
            "math",
            "functools",
            "random",
            "os",
            "typing",
        ),
        *("abc", "argparse", "collections", "copy", "dataclasses", "enum", "itertools", "operator"),
        *("glob", "re", "time", "tempfile", "textwrap"),
        *("keras_hub", "keras_cv"),
        *("pandas", "sklearn", "scipy", "matplotlib", "PIL", "cv2"),
        *("jaxtyping", "tqdm"),
    ]
)
"""Top-level modules whose names are known by rules and never followed into their source."""

_PREFIXES = (
    ("tensorflow.python.keras", "keras"),
    ("tensorflow.compat.v2", "tensorflow"),
    ("tensorflow.compat.v1", "tensorflow"),
    ("tensorflow.keras", "keras"),
    ("tensorflow._api.v2", "tensorflow"),
    ("tensorflow.initializers", "keras.initializers"),
    ("tensorflow.losses", "keras.losses"),
    ("tensorflow.metrics", "keras.metrics"),
    ("tensorflow.optimizers", "keras.optimizers"),
    ("keras.api._v2.keras", "keras"),
    ("keras._tf_keras.keras", "keras"),
    ("keras.api", "keras"),
    ("keras.engine.input_layer", "keras.layers"),
    ("keras.src", "keras"),
    ("keras.ops.numpy", "keras.ops"),
    ("keras.ops.nn", "keras.ops"),
    ("tf_keras", "keras"),
    ("keras_core", "keras"),
    ("keras_nlp", "keras_hub"),
)
_ALIASES = (
    {
        "tensorflow.constant_initializer": "keras.initializers.Constant",
        "tensorflow.ones_initializer": "keras.initializers.Ones",
        "tensorflow.random_normal_initializer": "keras.initializers.RandomNormal",
        "tensorflow.random_uniform_initializer": "keras.initializers.RandomUniform",
        "tensorflow.zeros_initializer": "keras.initializers.Zeros",
        "keras.Input": "keras.layers.Input",
        "keras.Layer": "keras.layers.Layer",
        "keras.Model": "keras.models.Model",
        "keras.Sequential": "keras.models.Sequential",
        "keras.engine.training.Model": "keras.models.Model",
        "keras.models.Functional": "keras.models.Model",
        "keras.backend.image_data_format": "keras.config.image_data_format",
        "keras.api_export.keras_export": "keras.saving.register_keras_serializable",
        "keras.preprocessing.image_dataset_from_directory": "keras.utils.image_dataset_from_directory",
        "keras.preprocessing.image.image_dataset_from_directory": "keras.utils.image_dataset_from_directory",
        "keras.preprocessing.text_dataset_from_directory": "keras.utils.text_dataset_from_directory",
        "keras.preprocessing.timeseries_dataset_from_array": "keras.utils.timeseries_dataset_from_array",
        "keras.initializers.constant": "keras.initializers.Constant",
        "keras.initializers.identity": "keras.initializers.Identity",
        "keras.initializers.IdentityInitializer": "keras.initializers.Identity",
        "keras.initializers.orthogonal": "keras.initializers.Orthogonal",
        "keras.initializers.OrthogonalInitializer": "keras.initializers.Orthogonal",
    }
    | {
        f"keras.initializers.{'_'.join(name.split()).lower()}": f"keras.initializers.{name.replace(' ', '')}"
        for name in (
            *("Zeros", "Ones", "Random Normal", "Random Uniform", "Truncated Normal", "Variance Scaling"),
            *("Glorot Normal", "Glorot Uniform", "He Normal", "He Uniform", "Lecun Normal", "Lecun Uniform"),
        )
    }
    | {
        f"keras.layers.{alias.format(n)}": f"keras.layers.{meant.format(n)}"
        for n in (1, 2, 3)
        for alias, meant in {
            "Convolution{}D": "Conv{}D",
            "Convolution{}DTranspose": "Conv{}DTranspose",
            "SeparableConvolution{}D": "SeparableConv{}D",
            "MaxPool{}D": "MaxPooling{}D",
            "AvgPool{}D": "AveragePooling{}D",
            "GlobalMaxPool{}D": "GlobalMaxPooling{}D",
            "GlobalAvgPool{}D": "GlobalAveragePooling{}D",
        }.items()
    }
)


TRANSPARENT_DECORATORS = frozenset(
    [
        "keras.saving.register_keras_serializable",
        "keras.utils.register_keras_serializable",
        "tensorflow.autograph.experimental.do_not_convert",
        "tensorflow.autograph.experimental.do_not_convert",
        "dataclasses.dataclass",
        "functools.cache",
        "functools.lru_cache",
        "functools.wraps",
        "abc.abstractmethod",
        "typing.final",
        "typing.override",
    ]
)
"""Decorators, with arguments or without, that leave what a function or class does as it is."""


_ONLY_V1 = frozenset(
    f"tensorflow.compat.v1.{name}"
    for name in (
        *("strings.split", "nn.ctc_loss", "nn.ctc_beam_search_decoder", "nn.softmax_cross_entropy_with_logits"),
        *("nn.embedding_lookup", "nn.convolution", "nn.pool", "nn.fractional_avg_pool", "nn.fractional_max_pool"),
        *("nn.conv2d_transpose", "nn.conv3d_transpose", "nn.dropout", "nn.moments", "nn.weighted_moments"),
        *("nn.weighted_cross_entropy_with_logits", "random.poisson", "gather", "math.confusion_matrix"),
        *(
            "io.parse_example",
            "io.parse_single_example",
            "io.decode_csv",
            "io.decode_raw",
            "get_variable",
            "placeholder",
        ),
    )
)
"""What TensorFlow 1 did with arguments of another order or meaning, or what is there no longer."""
_V1_MODULES = frozenset(
    ["tensorflow.compat.v1"]
    + [
        f"tensorflow.compat.v1.{name}"
        for name in ("nn", "math", "image", "io", "random", "strings", "linalg", "signal")
    ]
)
"""They keep their names, so that what is in them can."""


_BUILDERS = ("ConvNeXt", "DenseNet", "EfficientNet", "EfficientNetV2", "MobileNetV3", "NASNet", "ResNet")
"""Functions in the modules of `keras.applications` that several architectures are built with."""


@lru_cache(maxsize=4096)
def canonical(name: str) -> str:
    """The one name under which a library's class or function is known."""
    if name in _ONLY_V1 or name in _V1_MODULES:
        return name
    for prefix, meant in _PREFIXES:
        if name.startswith(prefix) and (name == prefix or name[len(prefix)] == "."):
            name = meant + name[len(prefix) :]
    for module in ("keras.layers.", "keras.models."):
        # keras.layers.core.Dense, keras.layers.recurrent.LSTM: the folders inside are not part of the name
        if name.startswith(module) and "." in name[len(module) :] and name.rsplit(".", 1)[-1][0].isupper():
            name = module + name.rsplit(".", 1)[-1]
    last = name.rsplit(".", 1)[-1]
    if name.startswith("keras.applications.") and last[0].isupper() and last not in _BUILDERS:
        name = f"keras.applications.{last}"  # keras.applications.vgg16.VGG16
    return _ALIASES.get(name, name)


def is_library(module: str) -> bool:
    """Whether a module is one whose names are known by rules."""
    return canonical(module).split(".", 1)[0] in LIBRARIES


def snake_case(name: str) -> str:
    """As Keras writes class names: `MaxPooling2D` is `max_pooling2d`."""
    name = re.sub(r"\W+", "", name)
    name = re.sub("(.)([A-Z][a-z]+)", r"\1_\2", name)
    return re.sub("([a-z])([A-Z])", r"\1_\2", name).lower()
