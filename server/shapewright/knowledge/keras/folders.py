"""The signatures of what makes a dataset of a folder or a series; the interpreter makes it. Source: keras/src/utils."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import function
from shapewright.knowledge.rule import NotKnown


@function("keras.utils.image_dataset_from_directory")
def images(
    directory: Any,
    labels: Any = "inferred",
    label_mode: Any = "int",
    class_names: Any = None,
    color_mode: Any = "rgb",
    batch_size: Any = 32,
    image_size: Any = (256, 256),
    shuffle: Any = True,
    seed: Any = None,
    validation_split: Any = None,
    subset: Any = None,
    interpolation: Any = "bilinear",
    follow_links: Any = False,
    crop_to_aspect_ratio: Any = False,
    pad_to_aspect_ratio: Any = False,
    data_format: Any = None,
    format: Any = "tf",
    verbose: Any = True,
) -> None:
    """(batch, *image_size, channels), and labels."""
    raise NotKnown("a dataset")


@function("keras.utils.text_dataset_from_directory")
def texts(
    directory: Any,
    labels: Any = "inferred",
    label_mode: Any = "int",
    class_names: Any = None,
    batch_size: Any = 32,
    max_length: Any = None,
    shuffle: Any = True,
    seed: Any = None,
    validation_split: Any = None,
    subset: Any = None,
    follow_links: Any = False,
    format: Any = "tf",
    verbose: Any = True,
) -> None:
    """(batch,) of strings, and labels."""
    raise NotKnown("a dataset")


@function("keras.utils.timeseries_dataset_from_array")
def series(
    data: Any,
    targets: Any,
    sequence_length: Any,
    sequence_stride: Any = 1,
    sampling_rate: Any = 1,
    batch_size: Any = 128,
    shuffle: Any = False,
    seed: Any = None,
    start_index: Any = None,
    end_index: Any = None,
    format: Any = "tf",
) -> None:
    """(batch, sequence_length, ...), and a target for each."""
    raise NotKnown("a dataset")


REGISTERED = (images, texts, series)
