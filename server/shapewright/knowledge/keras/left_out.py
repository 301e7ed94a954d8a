"""Public names of Keras that have no rule, and why. docs/coverage.md shows them; a test holds the list complete."""

from __future__ import annotations

_STATE = "changes or asks for a setting; gives nothing that has a shape"
_SAVED = "reads or writes what is saved; what is in the file is not known"
_BASE = "a base class: what is derived from it is evaluated"
_TEXT = "gives or takes a description, no tensor"
_MANAGED = "made and kept; it gives nothing that has a shape"
_CONTROL = "calls functions of the program on tensors; not followed yet"
_DATASET = "what is in the folder is not known"

REASONS: dict[str, str] = {
    "layers.FlaxLayer": "what the module of another library gives is not known",
    "layers.JaxLayer": "what the function of another library gives is not known",
    "layers.TFSMLayer": _SAVED,
    "layers.TorchModuleWrapper": "what the module of another library gives is not known",
    "layers.InputSpec": _MANAGED,
    "layers.STFTSpectrogram": "needs SciPy; not compared",
    "layers.Layer": _BASE,
    "layers.Wrapper": _BASE,
    "layers.MaxNumBoundingBoxes": "takes a dict of boxes; not followed yet",
    **{f"layers.{name}": _TEXT for name in ("deserialize", "serialize")},
    **dict.fromkeys(
        [
            *("ops.vectorize", "ops.jvp", "ops.linalg.jvp", "ops.numpy.vectorize"),
        ],
        _CONTROL,
    ),
    **{f"activations.{name}": _TEXT for name in ("deserialize", "serialize")},
    "random.SeedGenerator": _MANAGED,
    **{f"losses.{name}": _TEXT for name in ("deserialize", "serialize")},
    "losses.Loss": _BASE,
    **{f"metrics.{name}": _TEXT for name in ("deserialize", "serialize")},
    "metrics.Metric": _BASE,
    **{f"initializers.{name}": _TEXT for name in ("deserialize", "serialize")},
    "initializers.Initializer": _BASE,
    **dict.fromkeys(
        ["initializers.STFT", "initializers.STFTInitializer", "initializers.stft"], "needs SciPy; not compared"
    ),
    **{f"optimizers.{name}": _TEXT for name in ("deserialize", "serialize")},
    **{f"optimizers.schedules.{name}": _TEXT for name in ("deserialize", "serialize")},
    "optimizers.schedules.LearningRateSchedule": _BASE,
    **{
        f"utils.{name}": _MANAGED
        for name in (
            "Config",
            "CustomObjectScope",
            "Progbar",
            "custom_object_scope",
            "plot_model",
            "model_to_dot",
            "save_img",
        )
    },
    **{f"utils.{name}": _BASE for name in ("PyDataset", "Sequence")},
    **{
        f"utils.{name}": _STATE
        for name in (
            *("disable_interactive_logging", "enable_interactive_logging", "set_random_seed"),
            *("is_interactive_logging_enabled", "get_custom_objects"),
        )
    },
    **{
        f"utils.{name}": _TEXT
        for name in (
            *("deserialize_keras_object", "serialize_keras_object", "get_registered_name", "get_registered_object"),
            "standardize_dtype",
        )
    },
    "utils.register_keras_serializable": "leaves the class as it is",
    "utils.get_source_inputs": "the sources of a tensor; not followed yet",
    "utils.FeatureSpace": "its output depends on the data that it is adapted to",
    "utils.audio_dataset_from_directory": _DATASET,
    "utils.get_file": "a path",
    **{f"models.{name}": _SAVED for name in ("load_model", "save_model", "model_from_json")},
    **{f"backend.{name}": _STATE for name in ("set_epsilon", "set_image_data_format")},
    **{f"backend.{name}": _TEXT for name in ("get_uid", "is_float_dtype", "is_int_dtype", "result_type")},
    "utils.unpack_x_y_sample_weight": "a tuple of what was packed; not followed yet",
    "preprocessing.image.smart_resize": "the older way to resize; not followed yet",
    "preprocessing.image.save_img": _MANAGED,
    "applications.imagenet_utils.preprocess_input": "each application has its own",
    "datasets.imdb.get_word_index": "a dict of words",
    "datasets.reuters.get_word_index": "a dict of words",
    "datasets.reuters.get_label_names": "a tuple of words",
    "backend.standardize_dtype": _TEXT,
}


def reason(name: str) -> str | None:
    """Why a public name (without `keras.`) has no rule; `None` where it should have one."""
    if name in REASONS:
        return REASONS[name]
    module = name.rsplit(".", 1)[0]
    whole = {
        "callbacks": "called by `fit`; those of the program are evaluated",
        "config": _STATE,
        "saving": _SAVED,
        "regularizers": "a number that is added to the loss",
        "constraints": "keeps the shape of a weight",
        "tree": "works on structures of any kind; not followed yet",
    }
    if module.startswith("applications.") and name.endswith("decode_predictions"):
        return "lists of names and scores, no tensor"
    return whole.get(module)
