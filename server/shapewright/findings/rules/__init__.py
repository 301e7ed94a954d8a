"""The rules, each declared once, a file a family.

`shapewright rule`, the pages in docs/rules and the codes in an editor come from here.
"""

from __future__ import annotations

from shapewright.findings.rules.batch_axis import (
    BATCH_FIXED,
    BATCH_IN_INPUT,
    BATCH_MISSING,
    COUNT_AS_SIZE,
    NONE_SIZE,
    SAMPLE_AS_BATCH,
    SAMPLES_MIXED,
    STATEFUL,
)
from shapewright.findings.rules.layers import (
    CHANNELS_FIRST,
    ELEMENTS,
    INDEX,
    LAYER_AXIS,
    LAYER_RANK,
    MERGE,
    NO_AXIS,
    NO_SIZE_LEFT,
    NOT_ONE,
    OPERATION_RANK,
    OUTER,
    REORDERED,
    UNDEFINED,
    UNEVEN,
    WEIGHT_SHAPE,
)
from shapewright.findings.rules.rule import DOCUMENTATION, RULES, Rule
from shapewright.findings.rules.training import (
    BESIDE_DATASET,
    DATA_KIND,
    DATA_SHAPE,
    INPUT_MISSING,
    ROW_COUNTS,
    SOFTMAX_ONE,
    TARGET_BROADCAST,
    TARGET_SHAPE,
)
from shapewright.findings.rules.usage import (
    ARGUMENT,
    DECLARED,
    DISCONNECTED,
    INT_FOR_TUPLE,
    REMOVED,
    SYMBOLIC,
    UNUSED_IGNORE,
)

__all__ = [
    "ARGUMENT",
    "BATCH_FIXED",
    "BATCH_IN_INPUT",
    "BATCH_MISSING",
    "BESIDE_DATASET",
    "CHANNELS_FIRST",
    "COUNT_AS_SIZE",
    "DATA_KIND",
    "DATA_SHAPE",
    "DECLARED",
    "DISCONNECTED",
    "DOCUMENTATION",
    "ELEMENTS",
    "INDEX",
    "INPUT_MISSING",
    "INT_FOR_TUPLE",
    "LAYER_AXIS",
    "LAYER_RANK",
    "MERGE",
    "NONE_SIZE",
    "NOT_ONE",
    "NO_AXIS",
    "NO_SIZE_LEFT",
    "OPERATION_RANK",
    "OUTER",
    "REMOVED",
    "REORDERED",
    "ROW_COUNTS",
    "RULES",
    "SAMPLES_MIXED",
    "SAMPLE_AS_BATCH",
    "SOFTMAX_ONE",
    "STATEFUL",
    "SYMBOLIC",
    "TARGET_BROADCAST",
    "TARGET_SHAPE",
    "UNDEFINED",
    "UNEVEN",
    "UNUSED_IGNORE",
    "WEIGHT_SHAPE",
    "Rule",
]
