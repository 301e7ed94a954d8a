"""Writes down what the data sets of the installed TensorFlow Datasets hold.

    python scripts/data_sets.py

Nothing is downloaded: every builder says itself which features it has, which are given `as_supervised` and how many classes a
label has. Needs `pip install tensorflow-datasets`; the result is server/shapewright/knowledge/data_sets.json.
"""

from __future__ import annotations

import json
import signal
import sys
import tempfile
from pathlib import Path
from typing import Any

RESULT = Path(__file__).parents[1] / "server/shapewright/knowledge/data_sets.json"
MOST = 30
"""Data sets of more features or more configurations are left out."""


def described(builder: Any) -> dict[str, Any]:
    """The features of an example, each as shape and dtype, `null` where it is no tensor."""
    import tensorflow_datasets as tfds

    features, found = builder.info.features, {"features": _spec(builder.info.features.get_tensor_spec())}
    labels = {k: f.num_classes for k, f in features.items() if isinstance(f, tfds.features.ClassLabel) and f.num_classes}
    supervised = builder.info.supervised_keys
    if supervised and all(isinstance(key, str) for key in supervised):
        found["supervised"] = list(supervised)
    return {**found, "classes": labels} if labels else found


def _spec(spec: Any) -> Any:
    import tensorflow as tf

    if isinstance(spec, dict):
        return {key: _spec(value) for key, value in spec.items()}
    if not isinstance(spec, tf.TensorSpec) or spec.shape.rank is None:
        return None
    return [list(spec.shape), spec.dtype.name]


def _leaves(spec: Any) -> int:
    return sum(map(_leaves, spec.values())) if isinstance(spec, dict) else 1


def one(name: str, folder: str) -> dict[str, Any] | None:
    """A data set: one description, or one for each configuration where they differ, the default first."""
    import tensorflow_datasets as tfds

    made = tfds.builder_cls(name)
    names = list(made.builder_configs)
    if len(names) > MOST:
        return None
    default = getattr(made.default_builder_config, "name", None)
    names.sort(key=lambda n: n != default)
    each = {n: described(tfds.builder(f"{name}/{n}", try_gcs=False, data_dir=folder)) for n in names}
    if not each:
        each = {"": described(tfds.builder(name, try_gcs=False, data_dir=folder))}
    if any(not isinstance(e["features"], dict) or _leaves(e["features"]) > MOST for e in each.values()):
        return None
    first = next(iter(each.values()))
    return first if all(e == first for e in each.values()) else {"configs": each}


def main() -> None:
    import tensorflow_datasets as tfds

    def give_up(*_: Any) -> None:
        raise TimeoutError

    signal.signal(signal.SIGALRM, give_up)
    found = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in tfds.list_builders(with_community_datasets=False):
            signal.alarm(10)
            try:
                found[name] = one(name, folder)
            except Exception as error:  # a builder that needs a package of its own, or its data
                print(f"{name}: {str(error)[:100]}", file=sys.stderr)
            finally:
                signal.alarm(0)
    lines = [f"{json.dumps(name)}: {json.dumps(d, separators=(',', ':'))}" for name, d in sorted(found.items()) if d]
    RESULT.write_text("{\n" + ",\n".join(lines) + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    main()
