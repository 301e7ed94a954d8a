"""Rules for Keras. Importing this package registers them."""

from shapewright.knowledge.keras import (
    applications,
    config,
    datasets,
    layers,
    loss_functions,
    metrics,
    objects,
    ops,
    utils,
)

__all__ = ["applications", "config", "datasets", "layers", "loss_functions", "metrics", "objects", "ops", "utils"]
