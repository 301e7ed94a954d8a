"""The class of the operation that a function makes of Keras tensors: what `model.summary()` shows and names count by.

>>> operation_class("keras.ops.expand_dims"), operation_class("keras.ops.abs"), operation_class("keras.ops.eye")
('ExpandDims', 'Absolute', None)
"""

from __future__ import annotations

_MODULES = ("keras.ops", "keras.ops.image", "keras.ops.nn", "keras.ops.linalg", "keras.activations")
_IRREGULAR = {
    "abs": "Absolute",
    "allclose": "AllClose",
    "cdist": "CDist",
    "conj": "Conjugate",
    "ctc_decode": "CTCDecode",
    "exponential": "Exp",
    "extract_patches_3d": "ExtractPatches",
    "fft": "FFT",
    "fft2": "FFT2",
    "hard_swish": "HardSilu",
    "ifft2": "IFFT2",
    "irfft": "IRFFT",
    "isin": "IsIn",
    "layer_normalization": "LayerNorm",
    "psnr": "PSNR",
    "rfft": "RFFT",
    "rms_normalization": "RMSNorm",
    "ssim": "SSIM",
    "svd": "SVD",
    "swish": "Silu",
}
_OTHERS = frozenset(
    [
        *("adaptive_average_pool", "adaptive_max_pool", "arange", "associative_scan", "bartlett"),
        *("batch_normalization", "blackman", "cond", "convert_to_numpy", "correlate", "cross", "ctc_loss"),
        *("custom_gradient", "depth_to_space", "depthwise_conv", "digitize", "dtype", "empty"),
        *("extract_sequences", "eye", "fold", "fori_loop", "full", "hamming", "hanning", "identity"),
        *("is_tensor", "istft", "jvp", "kaiser", "map", "ones", "rearrange", "saturate_cast", "scan"),
        *("scatter", "searchsorted", "segment_max", "segment_min", "segment_prod", "segment_sum", "select"),
        *("separable_conv", "shape", "slice", "space_to_depth", "sparse_categorical_crossentropy", "stft"),
        *("switch", "take_along_axis", "tri", "unravel_index", "vander", "vectorize", "vectorized_map"),
        *("zeros", "affine_transform", "crop_images", "hsv_to_rgb", "map_coordinates", "pad_images"),
        *("perspective_transform", "rgb_to_grayscale", "rgb_to_hsv", "scale_and_translate", "deserialize"),
        *("get", "linear", "mish", "relu", "serialize", "sparsemax", "hard_silu", "hard_swish"),
    ]
)
"""Functions that were not measured, make none or several operations, or take no tensor."""
_SURE = frozenset(f"keras.ops.{part}{name}" for part in ("", "nn.") for name in ("relu", "hard_silu", "hard_swish"))


_OPERATORS = {
    "add": "Add",
    "sub": "Subtract",
    "mul": "Multiply",
    "truediv": "TrueDivide",
    "floordiv": "FloorDivide",
    "mod": "Mod",
    "pow": "Power",
    "matmul": "Matmul",
    "neg": "Negative",
    "invert": "LogicalNot",
    "and_": "LogicalAnd",
    "or_": "LogicalOr",
    "xor": "LogicalXor",
    "lt": "Less",
    "le": "LessEqual",
    "gt": "Greater",
    "ge": "GreaterEqual",
    "ne": "NotEqual",
    "getitem": "GetItem",
}


def operation_class(function: str) -> str | None:
    """Keras's class for what a function, or an operator such as `operator.add`, makes; `None` where that is not known."""
    module, _, name = function.rpartition(".")
    if module == "operator":
        return _OPERATORS.get(name)
    if module not in _MODULES or (name in _OTHERS and function not in _SURE):
        return None
    return _IRREGULAR.get(name) or "".join(part[:1].upper() + part[1:] for part in name.split("_"))
