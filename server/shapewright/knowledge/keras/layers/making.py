"""What the constructors of layers refuse, before there is any input. Source: `__init__` of the classes in keras/src/layers.

Each check takes some of the constructor's arguments by name, and looks at them in Keras's order. An argument that is not known
ends it: nothing is said then.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NoReturn

from shapewright.knowledge.registry import making
from shapewright.knowledge.rule import Given, NotKnown, refuse
from shapewright.tensors.dimension import Dim
from shapewright.values.tensor import Library
from shapewright.values.value import UNKNOWN


def _refused(message: str, argument: str, value: Any, count: int | None = None) -> NoReturn:
    """Keras raises this text; `argument` is what it is about, `count` how many numbers it has to be."""
    refuse("argument", message, argument=argument, value=value, count=count)


def _number(value: Any) -> Any:
    """A plain number, or what else stands there in its place."""
    if value is UNKNOWN or isinstance(value, Dim):
        raise NotKnown("a number")
    if value is not None and not isinstance(value, (int, float, str)):
        raise NotKnown("a number")
    return int(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _tuple(value: Any, count: int, name: str, allow_zero: bool = False) -> tuple[int, ...]:
    """So many whole numbers. Source: standardize_tuple in keras/src/utils/argument_validation.py."""
    text = f"The `{name}` argument must be a tuple of {count} integers. Received {name}="
    if isinstance(value, float):
        _refused(f"{text}{value}", name, value)
    if isinstance(value, int) and not isinstance(value, bool):
        found = (int(value),) * count
    elif isinstance(value, (tuple, list)) and all(isinstance(v, int) and not isinstance(v, bool) for v in value):
        found = tuple(int(v) for v in value)
    else:
        raise NotKnown(name)
    text += str(found[0] if isinstance(value, int) else list(found) if isinstance(value, list) else found)
    if len(found) != count:
        _refused(text, name, value, count)
    wrong = {v for v in found if v < (0 if allow_zero else 1)}
    if wrong:
        least = ">= 0" if allow_zero else "> 0"
        _refused(f"{text}, including values {wrong} that do not satisfy `value {least}`", name, value)
    return found


def _positive(value: Any, name: str) -> int:
    """An amount of channels or the like."""
    value = _number(value)
    if not isinstance(value, (int, float)):
        raise NotKnown(name)
    if value <= 0:
        text = "Expected a strictly positive value. Received"
        _refused(f"Invalid value for argument `{name}`. {text} {name}={value}.", name, value)
    return int(value)


def _window(rank: int, kernel_size: Any, strides: Any, dilation_rate: Any) -> tuple[Sequence[int], Sequence[int]]:
    _tuple(kernel_size, rank, "kernel_size")
    return _tuple(strides, rank, "strides"), _tuple(dilation_rate, rank, "dilation_rate")


def _padding(value: Any) -> None:
    """Source: standardize_padding in keras/src/utils/argument_validation.py."""
    if value is UNKNOWN:
        raise NotKnown("padding")
    if isinstance(value, int) and not isinstance(value, bool):
        _refused("'int' object has no attribute 'lower'", "padding", value)


def _not_both(strides: Sequence[int], dilation: Sequence[int]) -> None:
    if max(strides) > 1 and max(dilation) > 1:
        text = "`strides > 1` not supported in conjunction with `dilation_rate > 1`. Received: "
        _refused(f"{text}strides={strides} and dilation_rate={dilation}", "dilation_rate", dilation)


def _convolution(rank: int) -> None:
    @making(f"Conv{rank}D")
    def convolution(
        filters: Any,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        dilation_rate: Any = 1,
        groups: Any = 1,
    ) -> None:
        """Source: keras/src/layers/convolutional/base_conv.py."""
        steps, dilation = _window(rank, kernel_size, strides, dilation_rate)
        _padding(padding)
        count, groups = _positive(filters, "filters"), _number(groups)
        if groups <= 0:
            _refused(f"The number of groups must be a positive integer. Received: groups={groups}.", "groups", groups)
        if count % groups:
            text = "The number of filters must be evenly divisible by the number of groups. Received: "
            _refused(f"{text}groups={groups}, filters={count}.", "groups", groups)
        _not_both(steps, dilation)

    @making(f"Conv{rank}DTranspose")
    def transposed(
        filters: Any,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        dilation_rate: Any = 1,
        output_padding: Any = None,
    ) -> None:
        """Source: keras/src/layers/convolutional/base_conv_transpose.py."""
        steps, dilation = _window(rank, kernel_size, strides, dilation_rate)
        _padding(padding)
        if output_padding is not None:
            raise NotKnown("output_padding")
        _positive(filters, "filters")
        _not_both(steps, dilation)

    @making(f"ConvLSTM{rank}D")
    def recurrent(kernel_size: Any, strides: Any = 1, dilation_rate: Any = 1) -> None:
        """Source: keras/src/layers/rnn/conv_lstm.py."""
        _window(rank, kernel_size, strides, dilation_rate)


for _rank in (1, 2, 3):
    _convolution(_rank)


def _separable(rank: int) -> None:
    @making(f"SeparableConv{rank}D")
    def separable(
        filters: Any,
        kernel_size: Any,
        strides: Any = 1,
        padding: Any = "valid",
        dilation_rate: Any = 1,
        depth_multiplier: Any = 1,
    ) -> None:
        """Source: keras/src/layers/convolutional/base_separable_conv.py."""
        _window(rank, kernel_size, strides, dilation_rate)
        _padding(padding)
        _positive(depth_multiplier, "depth_multiplier")
        _positive(filters, "filters")

    @making(f"DepthwiseConv{rank}D")
    def depthwise(
        kernel_size: Any, strides: Any = 1, padding: Any = "valid", depth_multiplier: Any = 1, dilation_rate: Any = 1
    ) -> None:
        """Source: keras/src/layers/convolutional/base_depthwise_conv.py."""
        _window(rank, kernel_size, strides, dilation_rate)
        _padding(padding)
        _positive(depth_multiplier, "depth_multiplier")


for _rank in (1, 2):
    _separable(_rank)


def _pooling(rank: int) -> None:
    @making(f"MaxPooling{rank}D", f"AveragePooling{rank}D")
    def pooling(pool_size: Any = 2, strides: Any = None) -> None:
        """Source: keras/src/layers/pooling/base_pooling.py."""
        _tuple(pool_size, rank, "pool_size")
        if strides is not None:
            _tuple(strides, rank, "strides", allow_zero=True)


for _rank in (1, 2, 3):
    _pooling(_rank)


@making("Dense")
def dense(units: Any) -> None:
    """Source: keras/src/layers/core/dense.py."""
    if isinstance(units, (tuple, list)) and UNKNOWN not in units:
        shown: Any = units
    elif _is_array_number(units):
        shown = getattr(units.tensor.content, "value", "...")
    else:
        shown = units = _number(units)
        if isinstance(units, int) and units > 0:
            return
    text = "Received an invalid value for `units`, expected a positive integer. Received: "
    _refused(f"{text}units={shown}", "units", units)


def _is_array_number(value: Any) -> bool:
    """Whether a value is a number of NumPy's or TensorFlow's, which is no `int`."""
    if not isinstance(value, Given) or value.tensor.library is Library.KERAS or value.tensor.shape is None:
        return False
    return value.rank == 0 and value.dtype is not None


@making("LSTM", "GRU", "SimpleRNN", "LSTMCell", "GRUCell", "SimpleRNNCell")
def recurrent(units: Any) -> None:
    """Source: keras/src/layers/rnn/lstm.py."""
    if isinstance(units, (tuple, list)):
        text = f"'<=' not supported between instances of '{type(units).__name__}' and 'int'"
        _refused(text, "units", units)
    units = _number(units)
    if isinstance(units, (int, float)) and units <= 0:
        text = "Received an invalid value for argument `units`, expected a positive integer, got"
        _refused(f"{text} {units}.", "units", units)


@making("Embedding")
def embedding(input_dim: Any, output_dim: Any) -> None:
    """Source: keras/src/layers/core/embedding.py."""
    for name, value in (("input_dim", _number(input_dim)), ("output_dim", _number(output_dim))):
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            kind = type(value).__name__
            _refused(f"`{name}` must be a positive integer. Received: {name}={value} (of type {kind}).", name, value)


@making("Dropout", "AlphaDropout", "GaussianDropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D")
def dropout(rate: Any) -> None:
    """Source: keras/src/layers/regularization/dropout.py."""
    rate = _number(rate)
    if isinstance(rate, (int, float)) and not 0 <= rate <= 1:
        text = "Invalid value received for argument `rate`. Expected a float value between 0 and 1. Received: "
        _refused(f"{text}rate={rate}", "rate", rate)


@making("GaussianNoise")
def noise(stddev: Any) -> None:
    """Source: keras/src/layers/regularization/gaussian_noise.py."""
    stddev = _number(stddev)
    if isinstance(stddev, (int, float)) and not 0 <= stddev <= 1:
        text = "Invalid value received for argument `stddev`. Expected a float value between 0 and 1. Received: "
        _refused(f"{text}stddev={stddev}", "stddev", stddev)


@making("MultiHeadAttention")
def multi_head_attention(num_heads: Any, key_dim: Any, value_dim: Any = None) -> None:
    """Source: keras/src/layers/attention/multi_head_attention.py."""
    given = {"num_heads": num_heads, "key_dim": key_dim} | ({} if value_dim is None else {"value_dim": value_dim})
    for name, value in given.items():
        value, wanted = _number(value), "a positive integer or `None`" if name == "value_dim" else "a positive integer"
        if not isinstance(value, int) or value <= 0:
            text = f"Received an invalid value for argument `{name}`, expected {wanted}. Received: {name}={value}"
            _refused(text, name, value)


@making("GroupQueryAttention")
def grouped_query_attention(head_dim: Any, num_query_heads: Any, num_key_value_heads: Any) -> None:
    """Source: keras/src/layers/attention/grouped_query_attention.py."""
    if _number(num_query_heads) % _number(num_key_value_heads):
        _refused("`num_query_heads` must be divisible by `num_key_value_heads`.", "num_query_heads", num_query_heads)


@making("GroupNormalization")
def group_normalization(groups: Any = 32) -> None:
    """Source: keras/src/layers/normalization/group_normalization.py."""
    groups = _number(groups)
    if not isinstance(groups, int) or (groups <= 0 and groups != -1):
        text = "Received an invalid value for argument `groups`, expected a positive integer (or `-1` for instance "
        _refused(f"{text}normalization). Received: groups={groups}", "groups", groups)


@making("RepeatVector")
def repeat_vector(n: Any) -> None:
    """Source: keras/src/layers/reshaping/repeat_vector.py."""
    n = n if isinstance(n, (tuple, list)) else _number(n)
    if not isinstance(n, int) or isinstance(n, bool):
        _refused(f"Expected an integer value for `n`, got {type(n)}.", "n", n)
    if n <= 0:
        _refused(f"Argument `n` should be a positive integer. Received: n={n}", "n", n)


@making("UpSampling1D")
def up_sampling_1d(size: Any = 2) -> None:
    """Source: keras/src/layers/reshaping/up_sampling1d.py."""
    size = _number(size)
    if not isinstance(size, int) or isinstance(size, bool):
        _refused(f"Expected an integer value for `size`, got {type(size)}.", "size", size)
    if size <= 0:
        _refused(f"Argument `size` should be a positive integer. Received: size={size}", "size", size)


@making("UpSampling2D")
def up_sampling_2d(size: Any = 2) -> None:
    _tuple(size, 2, "size")


@making("UpSampling3D")
def up_sampling_3d(size: Any = 2) -> None:
    _tuple(size, 3, "size")


@making("ZeroPadding1D")
def zero_padding_1d(padding: Any = 1) -> None:
    _tuple(padding, 2, "padding", allow_zero=True)


@making("Cropping1D")
def cropping_1d(cropping: Any = 1) -> None:
    _tuple(cropping, 2, "cropping", allow_zero=True)


@making("Permute")
def permute(dims: Any) -> None:
    """Source: keras/src/layers/reshaping/permute.py."""
    if not isinstance(dims, (tuple, list)) or not all(isinstance(d, int) for d in dims):
        raise NotKnown("dims")
    if sorted(dims) != list(range(1, len(dims) + 1)):
        shown = tuple(int(d) for d in dims)
        text = (
            "Invalid permutation argument `dims` for Permute Layer. The set of indices in `dims` must be consecutive "
        )
        _refused(f"{text}and start from 1. Received dims={shown}", "dims", shown)


@making("Reshape")
def reshape(target_shape: Any) -> None:
    """Source: keras/src/layers/reshaping/reshape.py."""
    given = list(target_shape) if isinstance(target_shape, (tuple, list)) else [UNKNOWN]
    sizes = [int(size) for n in given if isinstance(size := n.size if isinstance(n, Dim) else n, int)]
    if len(sizes) != len(given):
        raise NotKnown("target_shape")
    shown = tuple(sizes)
    if sizes.count(-1) > 1:
        text = "There must be at most one unknown dimension (-1) in `target_shape`. Received: target_shape="
        _refused(f"{text}{shown}.", "target_shape", shown)
    if min(sizes, default=0) < -1:
        text = "Each dimension in `target_shape` must be a non-negative integer, or `-1` for a single unknown dimension."
        _refused(f"{text} Received: target_shape={shown}.", "target_shape", shown)


@making("ReLU")
def relu(max_value: Any = None, negative_slope: Any = 0.0, threshold: Any = 0.0) -> None:
    """Source: keras/src/layers/activations/relu.py."""
    max_value, negative_slope, threshold = _number(max_value), _number(negative_slope), _number(threshold)
    if max_value is not None and max_value < 0.0:
        text = "max_value of a ReLU layer cannot be a negative value. Received: max_value="
        _refused(f"{text}{max_value}", "max_value", max_value)
    for name, value in (("negative_slope", negative_slope), ("threshold", threshold)):
        if value is None or value < 0.0:
            text = f"{name} of a ReLU layer cannot be None or a negative value. Received: "
            _refused(f"{text}{name}={value}", name, value)


@making("LeakyReLU")
def leaky_relu(negative_slope: Any = 0.3) -> None:
    """Source: keras/src/layers/activations/leaky_relu.py."""
    slope = _number(negative_slope)
    if slope is None or slope < 0:
        text = "The negative_slope value of a Leaky ReLU layer cannot be None or negative value. Expected a float. "
        _refused(f"{text}Received: negative_slope={slope}", "negative_slope", slope)


@making("CategoryEncoding")
def category_encoding(num_tokens: Any = None, output_mode: Any = "multi_hot") -> None:
    """Source: keras/src/layers/preprocessing/category_encoding.py."""
    mode, count = _number(output_mode), _number(num_tokens)
    if mode == "binary":
        mode = "multi_hot"
    if mode not in ("count", "one_hot", "multi_hot"):
        _refused(f"Unknown arg for output_mode: {mode}", "output_mode", mode)
    if count is None:
        text = "num_tokens must be set to use this layer. If the number of tokens is not known beforehand, use the "
        _refused(f"{text}IntegerLookup layer instead.", "num_tokens", count)
    if count < 1:
        _refused(f"`num_tokens` must be >= 1. Received: num_tokens={count}.", "num_tokens", count)


@making("Bidirectional")
def bidirectional(merge_mode: Any = "concat") -> None:
    """Source: keras/src/layers/rnn/bidirectional.py."""
    mode = _number(merge_mode)
    if mode not in ("sum", "mul", "ave", "concat", None):
        text = 'Merge mode should be one of {"sum", "mul", "ave", "concat", None}'
        _refused(f"Invalid merge mode. Received: {mode}. {text}", "merge_mode", mode)


@making("IntegerLookup")
@making("StringLookup")
def lookup(input_shape: Any = None, input_dim: Any = None) -> None:
    """Source: keras/src/layers/preprocessing/index_lookup.py. Other layers still take what a first layer was once given."""
    given = {"input_shape": input_shape, "input_dim": input_dim}
    shown = {name: value for name, value in given.items() if value is not None}
    for name, value in shown.items():
        _refused(f"Unrecognized keyword argument(s): {shown}", name, value)
