"""What the data sets of TensorFlow Datasets hold: those that programs load most.

Source: the `features` of each data set, as its page in the catalog (tensorflow.org/datasets/catalog) shows them.
"""

from __future__ import annotations

from collections.abc import Mapping

Feature = tuple[tuple[int | None, ...], str]

_LABEL: Feature = ((), "int64")
_TEXT: Feature = ((), "string")
_ANY_IMAGE: Feature = ((None, None, 3), "uint8")


def _images(height: int, width: int, channels: int) -> dict[str, Feature]:
    return {"image": ((height, width, channels), "uint8"), "label": _LABEL}


_DIGITS = _images(28, 28, 1)
_PHOTOS: dict[str, Feature] = {"image": _ANY_IMAGE, "label": _LABEL}

FEATURES: Mapping[str, Mapping[str, Feature]] = {
    "cats_vs_dogs": {**_PHOTOS, "image/filename": _TEXT},
    "cifar10": {**_images(32, 32, 3), "id": _TEXT},
    "cifar100": {**_images(32, 32, 3), "id": _TEXT, "coarse_label": _LABEL},
    "cycle_gan": _PHOTOS,
    "emnist": _DIGITS,
    "fashion_mnist": _DIGITS,
    "kmnist": _DIGITS,
    "mnist": _DIGITS,
    "oxford_flowers102": {**_PHOTOS, "file_name": _TEXT},
    "beans": _images(500, 500, 3),
    "colorectal_histology": {**_images(150, 150, 3), "filename": _TEXT},
    "eurosat": {**_images(64, 64, 3), "filename": _TEXT},
    "food101": _PHOTOS,
    "horses_or_humans": _images(300, 300, 3),
    "imagenette": _PHOTOS,
    "imdb_reviews": {"text": _TEXT, "label": _LABEL},
    "patch_camelyon": {**_images(96, 96, 3), "id": _TEXT},
    "rock_paper_scissors": _images(300, 300, 3),
    "stanford_dogs": {**_PHOTOS, "image/filename": _TEXT},
    "stl10": _images(96, 96, 3),
    "svhn_cropped": _images(32, 32, 3),
    "tf_flowers": _PHOTOS,
}
"""The features of an example by the name of the data set, its configuration left out. With `as_supervised` an example is
the pair of image and label."""
SPLITS = ("train", "test", "validation", "trainA", "trainB", "testA", "testB", "unlabelled")
"""The parts that a data set may have."""
