"""Dense, Embedding, Activation and other layers of keras/src/layers/core and keras/src/layers/activations."""

from __future__ import annotations

from typing import Any

from shapewright.knowledge.registry import layer
from shapewright.knowledge.rule import Applied, Given, NotKnown, undefined
from shapewright.tensors.dimension import Dim, same_length
from shapewright.tensors.einsum import dense_equation
from shapewright.tensors.shape import Shape


@layer("keras.layers.Dense", min_ndim=2, axes="batch features")
def dense(
    x: Given,
    units: Dim,
    activation: Any = None,
    use_bias: bool = True,
    kernel_initializer: Any = "glorot_uniform",
    bias_initializer: Any = "zeros",
    kernel_regularizer: Any = None,
    bias_regularizer: Any = None,
    activity_regularizer: Any = None,
    kernel_constraint: Any = None,
    bias_constraint: Any = None,
    **_: Any,
) -> Applied:
    """(..., features) -> (..., units). Weights: kernel (features, units), bias (units,).

    Source: keras/src/layers/core/dense.py.

    >>> {name}(4)(Input((5, 3)))
    >>> {name}(4, use_bias=False)(np.ones((2, 3)))
    >>> {name}(4)(Input(()))
    """
    features = x.axis(-1)
    weights = [(features, units), (units,)] if use_bias else [(features, units)]
    return Applied(
        x.shape.replace(-1, units), weights, input_axes=((-1, features),), undefined=undefined(weights[0], "kernel")
    )


@layer("keras.layers.Embedding")
def embedding(
    x: Given,
    input_dim: Dim,
    output_dim: Dim,
    embeddings_initializer: Any = "uniform",
    embeddings_regularizer: Any = None,
    embeddings_constraint: Any = None,
    mask_zero: Any = False,
    weights: Any = None,
    lora_rank: Any = None,
    **_: Any,
) -> Applied:
    """(...) -> (..., output_dim). Weights: embeddings (input_dim, output_dim). Source: keras/src/layers/core/embedding.py.

    >>> {name}(10, 4)(Input((5,), dtype="int32"))
    """
    return Applied(Shape((*x.shape, output_dim)), [(input_dim, output_dim)])


@layer("keras.layers.Activation")
def activation(x: Given, activation: Any, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/activations/activation.py.

    >>> {name}("relu")(Input((5,)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.ReLU")
def relu(x: Given, max_value: Any = None, negative_slope: Any = 0.0, threshold: Any = 0.0, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/activations/relu.py.

    >>> {name}()(Input((5,)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.LeakyReLU")
def leaky_relu(x: Given, negative_slope: Any = 0.3, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/activations/leaky_relu.py.

    >>> {name}()(Input((5,)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.Softmax")
def softmax(x: Given, axis: Any = -1, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/activations/softmax.py.

    >>> {name}()(Input((5,)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.Identity")
def identity(x: Given, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/core/identity.py, masking.py.

    >>> {name}()(Input((5, 2)))
    """
    return Applied(x.shape, dtype=x.kept_dtype)


@layer("keras.layers.Masking")
def masking(x: Given, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/core/identity.py, masking.py.

    >>> {name}()(Input((5, 2)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.ELU")
def elu(x: Given, alpha: Any = 1.0, **_: Any) -> Applied:
    """Keeps the shape. Source: keras/src/layers/activations/elu.py.

    >>> {name}()(Input((5,)))
    """
    return Applied(x.shape, dtype=x.cast_dtype)


@layer("keras.layers.PReLU")
def prelu(
    x: Given,
    alpha_initializer: Any = "Zeros",
    alpha_regularizer: Any = None,
    alpha_constraint: Any = None,
    shared_axes: Any = None,
    **_: Any,
) -> Applied:
    """Keeps the shape. Weights: alpha, one for each element of a sample, or with 1 on the shared axes.

    Source: keras/src/layers/activations/prelu.py.

    >>> {name}()(Input((5, 4)))
    >>> {name}(shared_axes=[1, 2])(Input((5, 4, 3)))
    """
    alpha = list(x.shape.dims[1:])
    shared = [shared_axes] if isinstance(shared_axes, int) else shared_axes or ()
    if any(not isinstance(axis, int) or not 0 < axis <= len(alpha) for axis in shared):
        raise NotKnown("shared_axes")
    for axis in shared:
        alpha[axis - 1] = Dim(1)
    axes = tuple((n, x.axis(n)) for n in range(1, x.rank) if n not in shared) if shared else ()
    return Applied(x.shape, [Shape(alpha)], dtype=x.cast_dtype, input_axes=axes, undefined=undefined(alpha, "alpha"))


@layer("keras.layers.EinsumDense")
def einsum_dense(
    x: Given,
    equation: str,
    output_shape: Any,
    activation: Any = None,
    bias_axes: Any = None,
    **_: Any,
) -> Applied:
    """The einsum of the input and a kernel whose sizes follow from `output_shape`. Weights: kernel, bias.

    Source: keras/src/layers/core/einsum_dense.py.

    >>> {name}("abc,cd->abd", output_shape=(None, 64), bias_axes="d")(Input((32, 128)))
    >>> {name}("ab,bc->ac", output_shape=64)(Input((32,)))
    >>> {name}("...x,xy->...y", output_shape=64, bias_axes="y")(Input((32, 128)))
    >>> {name}("abc,cde->abde", output_shape=(None, 8, 16), bias_axes="de")(Input((32, 128)))
    """
    sizes = output_shape if isinstance(output_shape, (tuple, list)) else [output_shape]
    given, kernel, output = dense_equation(equation)
    rest = x.shape.dims
    if given.startswith("..."):
        given, output = given[3:], output.removeprefix("...")
        lead = rest[: x.rank - len(given)]
        rest = rest[x.rank - len(given) :]
    else:
        lead = ()
    if len(rest) != len(given):
        raise NotKnown("an input of the rank that the equation has")
    if len(sizes) != len(output) - (0 if lead else 1):
        raise NotKnown("a size for each axis behind the batch")
    if len(lead) > 2 and len({dim.size for dim in lead[1:]}) > 1:
        raise NotKnown("axes in an order that Keras keeps")
    known = dict(zip(given, rest, strict=True))
    asked = list(output)[-len(sizes) :]
    for letter, size in zip(asked, sizes[-len(asked) :], strict=True):
        if size is None:
            if x.tensor.is_symbolic:
                known[letter] = Dim(None)  # Keras does not look at the input here
            continue
        if not isinstance(size, (int, Dim)):
            raise NotKnown("output_shape")
        size = size if isinstance(size, Dim) else Dim(size)
        open_size = letter in given and known[letter].size is None
        if open_size or (letter in given and same_length(known[letter], size) is False):
            raise NotKnown("sizes that are those of the input")
        known[letter] = size
    if any(letter not in known for letter in output + kernel):
        raise NotKnown("a size for each letter")
    weights = [Shape(known[letter] for letter in kernel)]
    if isinstance(bias_axes, str):
        first = min(output.index(letter) for letter in bias_axes)
        weights.append(Shape(known[c] if c in bias_axes else Dim(1) for c in output[first:]))
    elif bias_axes is not None:
        raise NotKnown("bias_axes")
    return Applied(Shape((*lead, *(known[letter] for letter in output))), weights)


@layer("keras.layers.ReversibleEmbedding")
def reversible_embedding(x: Given, input_dim: Dim, output_dim: Dim, tie_weights: bool = True, **_: Any) -> Applied:
    """(...) -> (..., output_dim). Weights: embeddings (input_dim, output_dim), and its reverse unless tied.

    Source: keras/src/layers/core/reversible_embedding.py.

    >>> {name}(10, 4)(Input((5,), dtype="int32"))
    >>> {name}(10, 4, tie_weights=False)(Input((5,), dtype="int32"))
    """
    weights = [(input_dim, output_dim)]
    return Applied(Shape((*x.shape, output_dim)), weights if tie_weights else [*weights, (output_dim, input_dim)])


@layer("keras.layers.Lambda")
def lambda_(
    x: Given, function: Any, output_shape: Any = None, mask: Any = None, arguments: Any = None, **_: Any
) -> Applied:
    """What its function gives; the interpreter evaluates it. Source: keras/src/layers/core/lambda_layer.py.

    >>> {name}(lambda x: x[:, :2])(Input((5, 3)))
    >>> {name}(lambda x, k: keras.ops.concatenate([x] * k, -1), arguments={"k": 2})(Input((5, 3)))
    >>> {name}(lambda x: x, output_shape=(7,))(Input((5, 3)))
    >>> {name}(lambda x: keras.ops.shape(x), output_shape=lambda s: (s[0], 2))(Input((5, 3)))
    """
    raise NotKnown("the function")
