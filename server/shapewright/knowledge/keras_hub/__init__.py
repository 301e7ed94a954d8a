"""What layers of KerasHub (which was KerasNLP) and KerasCV do. Measured with keras-hub 0.32 and keras-cv 0.9."""

from __future__ import annotations

from shapewright.knowledge.keras_hub import diffusion, images, texts

REGISTERED = (diffusion, images, texts)
