"""What the data sets of TensorFlow Datasets hold, as their builders say it.

Source: data_sets.json, which scripts/data_sets.py writes.
"""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

SPLITS = ("train", "test", "validation", "extra", "trainA", "trainB", "testA", "testB", "unlabelled", "unsupervised")
"""The parts that a data set may have."""


@lru_cache(maxsize=1)
def _all() -> dict[str, Any]:
    with files(__package__).joinpath("data_sets.json").open("rb") as file:
        found: dict[str, Any] = json.load(file)
    return found


def data_set(name: str) -> dict[str, Any] | None:
    """The `features` of an example by `name`, `name/configuration` or either with `:version`: each `[shape, dtype]`, a dict of
    features, or `None`. `supervised` names those that `as_supervised` gives, `classes` the number of classes of labels.

    >>> data_set("mnist")["supervised"]
    ['image', 'label']
    """
    base, _, configuration = name.partition(":")[0].partition("/")
    found: dict[str, Any] | None = _all().get(base)
    if found is None or "configs" not in found:
        return found
    configurations: dict[str, Any] = found["configs"]
    return configurations.get(configuration) if configuration else next(iter(configurations.values()))
