"""What Keras says where a layer is made with a tensor, or called with something that is no input of it.

Measured: every layer with a tensor for each of its first arguments, and called with lists, single tensors and layers.
"""

from __future__ import annotations

_NO_BOOL = "A symbolic KerasTensor cannot be used as a boolean."
_NO_ITERATION = "Iterating over a symbolic KerasTensor is not supported."
_NO_NUMBER = (
    "A KerasTensor is symbolic: it's a placeholder for a shape an a dtype. It doesn't have any actual numerical value. You "
    "cannot convert it to an int."
)
_POSITIVE = "Received an invalid value for argument `{name}`, expected a positive integer. Received: {name}={tensor}"
_WHOLE = "`{name}` must be a positive integer. Received: {name}={tensor} (of type KerasTensor)."
_FORMAT = (
    "The `data_format` argument must be one of {{'channels_first', 'channels_last'}}. Received: data_format={lower}"
)
_NOT_WHOLE = "Expected an integer value for `{name}`, got <class 'keras.src.backend.common.keras_tensor.KerasTensor'>."
_NO_LAYER = "Please initialize `{layer}` layer with a `keras.layers.Layer` instance. Received: {tensor}"

_BY_ARGUMENT = {
    "activation": "Could not interpret activation function identifier: {tensor}",
    "recurrent_activation": "Could not interpret activation function identifier: {tensor}",
    "kernel_initializer": "Could not interpret initializer identifier: {tensor}",
    "embeddings_initializer": "Could not interpret initializer identifier: {tensor}",
    "data_format": _FORMAT,
    **dict.fromkeys(("units", "filters", "rate", "stddev", "negative_slope", "max_value"), _NO_BOOL),
    **dict.fromkeys(("kernel_size", "strides", "pool_size", "target_shape", "dims", "size", "noise_shape"), _NO_ITERATION),
    **dict.fromkeys(("num_heads", "key_dim"), _POSITIVE),
    **dict.fromkeys(("input_dim", "output_dim"), _WHOLE),
    "n": _NOT_WHOLE,
    "layer": _NO_LAYER,
}
_OF_LAYER = {
    ("Dense", "units"): "Received an invalid value for `units`, expected a positive integer. Received: units={tensor}",
    ("BatchNormalization", "axis"): _NO_NUMBER,
    ("LayerNormalization", "axis"): (
        "Expected an int or a list/tuple of ints for the argument 'axis', but received: {tensor}"
    ),
    ("UpSampling1D", "size"): _NOT_WHOLE,
    ("SimpleRNN", "activation"): _BY_ARGUMENT["activation"],
}
_TAKEN = frozenset(
    """
    Activation AveragePooling1D AveragePooling2D AveragePooling3D BatchNormalization Bidirectional Conv1D
    Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose Dense DepthwiseConv1D DepthwiseConv2D Dropout
    Embedding Flatten GRU GaussianDropout GaussianNoise GlobalAveragePooling1D GlobalAveragePooling2D
    GlobalAveragePooling3D GlobalMaxPooling1D GlobalMaxPooling2D GlobalMaxPooling3D LSTM LayerNormalization
    LeakyReLU MaxPooling1D MaxPooling2D MaxPooling3D MultiHeadAttention Permute ReLU RepeatVector Reshape
    SeparableConv1D SeparableConv2D SimpleRNN SpatialDropout1D SpatialDropout2D SpatialDropout3D TimeDistributed
    UpSampling1D UpSampling2D UpSampling3D
    """.split()  # noqa: SIM905
)
"""The layers that were measured."""
MERGES = ("Add", "Average", "Maximum", "Minimum", "Multiply", "Subtract")

ASKING = ("MultiHeadAttention", "GroupQueryAttention")
"""Layers that take query and value as two arguments."""

_FOLDERS = {
    "activations": "Activation ELU Softmax LeakyReLU ReLU",
    "attention": "AdditiveAttention Attention MultiHeadAttention",
    "convolutional": "Conv1D Conv1DTranspose Conv2D Conv2DTranspose Conv3D Conv3DTranspose DepthwiseConv2D SeparableConv2D",
    "core": "Dense EinsumDense Embedding Masking",
    "merging": "Add Average Concatenate Dot Maximum Minimum Multiply Subtract",
    "normalization": "BatchNormalization GroupNormalization LayerNormalization UnitNormalization",
    "pooling": "AveragePooling1D AveragePooling2D GlobalAveragePooling1D GlobalAveragePooling2D GlobalMaxPooling1D "
    "GlobalMaxPooling2D MaxPooling1D MaxPooling2D",
    "regularization": "Dropout GaussianDropout GaussianNoise",
    "reshaping": "Cropping2D Flatten Permute RepeatVector Reshape UpSampling1D UpSampling2D ZeroPadding2D",
    "rnn": "Bidirectional ConvLSTM2D GRU LSTM SimpleRNN TimeDistributed",
}
_FOLDER_OF = {name: folder for folder, names in _FOLDERS.items() for name in names.split()}


def symbolic_text(shape: object, dtype: str | None) -> str:
    """How Keras shows a tensor that holds no numbers."""
    return f"<KerasTensor shape={shape}, dtype={dtype}, sparse=False, ragged=False, name=keras_tensor>"


def refusal_of_tensor(layer: str, argument: str, tensor: str) -> str | None:
    """What the constructor of a layer says of a tensor for one of its arguments; `None` where that is not known."""
    text = _OF_LAYER.get((layer, argument), _BY_ARGUMENT.get(argument)) if layer in _TAKEN else None
    return None if text is None else text.format(name=argument, tensor=tensor, layer=layer, lower=tensor.lower())


def refusal_of_layer(layer: str, snake: str) -> str | None:
    """What a call says of a layer in the place of a tensor; `{layer}` stands for its name."""
    folder = _FOLDER_OF.get(layer)
    if folder is None:
        return None
    module = {"LeakyReLU": "leaky_relu", "ReLU": "relu"}.get(layer, snake)
    return (
        "Only input tensors may be passed as positional arguments. The following argument value should be passed as a keyword "
        f"argument: <{layer} name={{layer}}, built=False> (of type <class 'keras.src.layers.{folder}.{module}.{layer}'>)"
    )


def refusal_of_one(layer: str, shape: object) -> str | None:
    """What a merging layer says of one tensor in the place of a list."""
    if layer in MERGES:
        return f"A merge layer should be called on a list of inputs. Received: input_shape={shape} (not a list of shapes)"
    if layer == "Concatenate":
        return f"A `Concatenate` layer should be called on a list of at least 1 input. Received: input_shape={shape}"
    if layer == "Dot":
        return f"A `Dot` layer should be called on a list of 2 inputs. Received: input_shape={shape}"
    if layer in ("Attention", "AdditiveAttention"):
        return (
            f"{layer} layer must be called on a list of inputs, namely [query, value] or [query, value, key]. Received: "
            f"inputs={shape}."
        )
    if layer in ASKING:
        return "missing a required argument: 'value'"
    return None
