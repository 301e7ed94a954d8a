"""The architectures of keras.applications, analysed from their source: output and parameters as Keras has them."""

from __future__ import annotations

import inspect
from pathlib import Path
from typing import Any

import pytest
from shapewright.workspace.analysis import Buffer

from tests.differential.real import require_keras

NAMES = (
    *("ConvNeXtBase", "ConvNeXtLarge", "ConvNeXtSmall", "ConvNeXtTiny", "ConvNeXtXLarge"),
    *("DenseNet121", "DenseNet169", "DenseNet201", "InceptionResNetV2", "InceptionV3"),
    *(f"EfficientNetB{n}" for n in range(8)),
    *(f"EfficientNetV2{kind}" for kind in ("B0", "B1", "B2", "B3", "L", "M", "S")),
    *("MobileNet", "MobileNetV2", "MobileNetV3Large", "MobileNetV3Small", "NASNetLarge", "NASNetMobile"),
    *("ResNet101", "ResNet101V2", "ResNet152", "ResNet152V2", "ResNet50", "ResNet50V2", "VGG16", "VGG19", "Xception"),
)
UNCOUNTED = "ConvNeXt"
"""Its blocks choose between two layers by a rate that is computed; which of them are there is not certain."""


def test_every_architecture_is_named() -> None:
    require_keras()
    from keras import applications

    assert {name for name in dir(applications) if inspect.isfunction(getattr(applications, name))} == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_an_architecture_has_the_output_and_the_parameters_that_it_has_in_keras(name: str) -> None:
    require_keras()
    import keras

    architecture: Any = inspect.unwrap(getattr(keras.applications, name))
    file = Path(inspect.getfile(architecture))
    text = file.read_text(encoding="utf-8") + f"\nanalysed = {architecture.__name__}(weights=None)\n"
    facts = Buffer(file).analyse(text).facts
    last = [fact for fact in facts.all() if fact.is_target][-1]
    (model,) = last.values
    with keras.StatelessScope(initialize_variables=False):
        real = architecture(weights=None)
    assert facts.view.outputs(model).sizes == real.output_shape
    parameters = facts.view.parameters(model)
    assert parameters == (None if name.startswith(UNCOUNTED) else real.count_params())
    assert facts.mismatches == []
