"""Layers that are built as soon as they are made, because they have nothing to build.

`model.summary()` says "(unbuilt)" of all others before they are called. Source: Layer._build_at_init.
"""

from __future__ import annotations

BUILT_WHEN_MADE = frozenset(
    [
        *("Activation", "ActivityRegularization", "AlphaDropout", "Dropout", "ELU", "GaussianDropout", "GaussianNoise"),
        *("Identity", "LeakyReLU", "Masking", "ReLU", "Reshape", "Softmax", "UnitNormalization"),
        *(f"SpatialDropout{n}D" for n in (1, 2, 3)),
        *(f"{prefix}{kind}Pooling{n}D" for prefix in ("", "Global") for kind in ("Average", "Max") for n in (1, 2, 3)),
    ]
)
