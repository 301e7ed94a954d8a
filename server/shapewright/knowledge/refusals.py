"""What each library says of shapes that do not fit, as it was measured: one text a kind of misfit and way of asking.

The ways: `numpy`; `tensorflow` where the code just runs, and `keras`, its functions of `keras.ops` there; `graph` for both in
a graph of TensorFlow's; `symbolic` on Keras tensors. A text that is not here was not measured, and then nothing is said.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from shapewright.knowledge.rule import Misfit
from shapewright.tensors.broadcast import BroadcastError, broadcast
from shapewright.tensors.einsum import split_equation
from shapewright.tensors.shape import Shape

Facts = Mapping[str, Any]

_AXIS_OF_NUMPY = frozenset(
    ["sum", "mean", "std", "var", "min", "max", "amin", "amax", "prod", "any", "all", "median", "argmax", "argmin",
     "argsort", "sort", "cumsum", "cumprod", "ptp", "norm", "diff", "percentile", "quantile", "count_nonzero", "flip",
     "expand_dims", "squeeze", "concatenate", "concat", "stack", "take", "repeat", "roll", "delete", "insert", "transpose"]
)
_AXIS_OF_REDUCTIONS = frozenset(
    ["sum", "mean", "max", "min", "prod", "any", "all", "std", "variance", "var", "logsumexp", "amax", "amin",
     "count_nonzero"]
)
_AXIS_OF_OPS = _AXIS_OF_REDUCTIONS | frozenset(
    ["argmax", "argmin", "expand_dims", "stack", "concatenate", "softmax", "log_softmax", "split", "take", "swapaxes",
     "moveaxis", "flip", "median", "average", "cumsum", "sort", "argsort", "norm"]
)
"""Functions that refuse an axis with these words."""


_OTHER_WORDS = frozenset(
    ["numpy.select", "numpy.choose"]
    + [f"keras.ops.{name}" for name in ("allclose", "polar", "heaviside", "gcd", "lcm", "ldexp", "layer_normalization")]
)
"""Functions that take some tensors that do not fit, or refuse them in other words than those around them."""


def refusal(name: str, way: str, misfit: Misfit) -> str | None:
    """The text that a function raises for a misfit; `None` where that is not known. `name` is `@` or `+` for operators."""
    say = _SAYS.get((misfit.kind, way))
    if name in _OTHER_WORDS:
        return None
    return None if say is None else say(name.rpartition(".")[2], misfit.facts)


def _known(*shapes: Shape) -> bool:
    return all(isinstance(size, int) for shape in shapes for size in shape.sizes)


def _square(shape: Sequence[object] | Shape) -> str:
    """`[3,4]`"""
    return "[" + ",".join(map(str, shape)) + "]"


def _round(shape: Shape) -> str:
    """`(3,4)`"""
    return str(shape).replace(", ", ",")


# -- elementwise


def _incompatible(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    if name in ("where", "select") or not _known(a, b):
        return None
    return f"Incompatible shapes: {_square(a)} vs. {_square(b)}"


def _not_together(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    shown = " ".join(map(_round, (a, b, *([a] if facts.get("augmented") else []))))
    if not _known(a, b) or (facts.get("augmented") and a.rank < b.rank):
        return None
    return f"operands could not be broadcast together with shapes {shown} "


def _unequal(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    return f"Dimensions must be equal, but are {a[facts['axis']]} and {b[facts['axis']]}"


def _cannot_broadcast(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    axis = facts["axis"]
    shown = " and ".join(str(list(shape.sizes)) for shape in (a, b))
    return (
        f"Cannot broadcast shape, the failure dim has value {a[axis]}, which cannot be broadcasted to {b[axis]}. "
        f"Input shapes are: {shown}."
    )


# -- products


def _product_of_numpy(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    left, right = facts["inner"]
    if name in ("matmul", "@"):
        signature = "(n?,k),(k,m?)->(n?,m?)"
        return (
            f"matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature {signature} "
            f"(size {right} is different from {left})"
        )
    if name != "dot" or not _known(a, b):
        return None
    at = max(0, b.rank - 2)
    return f"shapes {_round(a)} and {_round(b)} not aligned: {left} (dim {a.rank - 1}) != {right} (dim {at})"


def _product_of_tensorflow(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    if not _known(a, b):
        return None
    if min(a.rank, b.rank) < 2:
        return _product_rank(name, facts)
    try:
        broadcast(Shape(a.dims[:-2]), Shape(b.dims[:-2]))
    except BroadcastError:  # it looks at these first
        return _lead_of_tensorflow(name, facts)
    return f"Matrix size-incompatible: In[0]: {_square(a)}, In[1]: {_square(b)}" if name in ("matmul", "@") else None


def _product_of_ops(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    return _product_of_tensorflow(name, facts) if name == "matmul" and a.rank == b.rank > 1 else None


def _product_rank(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    if not _known(a, b) or name not in ("matmul", "@"):
        return None
    if sorted((a.rank, b.rank)) == [1, 2]:
        return f"In[0] and In[1] has different ndims: {_square(a)} vs. {_square(b)}"
    if a.rank == b.rank == 1:
        return "In[0] and In[1] ndims must be == 2: 1"
    return "In[1] ndims must be >= 2: 1" if b.rank == 1 and a.rank > 2 else None


def _product_rank_in_graph(name: str, facts: Facts) -> str | None:
    ranks = [shape.rank for shape in facts["shapes"]]
    least = "at least " if max(ranks) > 2 else ""
    return f"Shape must be {least}rank 2 but is rank {next(rank for rank in ranks if rank < 2)}"


def _inner_in_graph(name: str, facts: Facts) -> str | None:
    left, right = facts["inner"]
    if min(shape.rank for shape in facts["shapes"]) < 2 and name != "einsum":
        return None
    return f"Dimensions must be equal, but are {left} and {right}"


def _inner_of_keras(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    if name == "dot":
        text = "Shape must match on the last axis of `x1` and "
        if b.rank == 1:
            return f"{text}`x2` when `x1` is N-d array while `x2` is 1-D, but receive shape `x1.shape={a}` and x2.shape=`{b}`."
        return (
            f"{text}second last axis of `x2` when `x1` is N-d array while `x2` is M-D, but received `x1.shape={a}` and "
            f"x2.shape=`{b}`."
        )
    left = a if a.rank > 1 else a.insert(0, 1)
    right = b if b.rank > 1 else b.insert(1, 1)
    return (
        "Inner dimensions (`x1.shape[-1]` and `x2.shape[-2]`) must be equal, but received "
        f"`x1.shape={left}` and `x2.shape={right}`."
    )


def _lead_of_tensorflow(name: str, facts: Facts) -> str | None:
    a, b = facts["shapes"]
    return f"In[0] and In[1] must have compatible batch dimensions: {_square(a)} vs. {_square(b)}" if _known(a, b) else None


def _lead_of_keras(name: str, facts: Facts) -> str | None:
    shapes = [Shape(shape.dims[:-2]) for shape in facts["shapes"]]
    return _cannot_broadcast(name, {"shapes": shapes, "axis": facts["axis"]})


# -- einsum


def _einsum_of_numpy(name: str, facts: Facts) -> str | None:
    """Source: `get_combined_dims_view` and what follows in numpy/_core/src/multiarray/einsum.c.src: the axes of all operands
    are put in the order of the output, behind it the letters that are summed over, in the order of the alphabet."""
    shapes = facts["shapes"]
    operands, output = split_equation(facts["equation"])
    if "." in facts["equation"] or not _known(*shapes) or any(len(set(o)) != len(o) for o in operands):
        return None
    summed = sorted({letter for letters in operands for letter in letters} - set(output))
    parts = []
    for letters, shape in zip(operands, shapes, strict=True):
        sizes = dict(zip(letters, shape.sizes, strict=True))
        mapped = [sizes.get(letter, "newaxis") for letter in (*output, *summed)]
        while mapped and mapped[0] == "newaxis":
            del mapped[0]
        parts.append(f"{_round(shape)}->({','.join(map(str, mapped))})")
    return "operands could not be broadcast together with remapped shapes [original->remapped]: " + " ".join(parts) + " "


def _einsum_of_tensorflow(name: str, facts: Facts) -> str | None:
    shape, (known, found) = facts["shapes"][facts["operand"]], facts["inner"]
    text = f"Expected dimension {known} at axis {facts['axis']} of the input shaped {_square(shape)} but got dimension {found}"
    return text if _known(*facts["shapes"]) else None


def _einsum_rank_of_numpy(name: str, facts: Facts) -> str | None:
    operand = facts["operand"]
    if len(facts["letters"]) > facts["shapes"][operand].rank:
        return f"einstein sum subscripts string contains too many subscripts for operand {operand}"
    return (
        "operand has more dimensions than subscripts given in einstein sum, but no '...' ellipsis provided to broadcast the "
        "extra dimensions."
    )


def _einsum_rank_of_tensorflow(name: str, facts: Facts) -> str | None:
    rank, letters = facts["shapes"][facts["operand"]].rank, facts["letters"]
    least = f"at least {len(letters) - 3}" if "..." in letters else len(letters)
    return f"Expected input {facts['operand']} to have rank {least} but got: {rank}"


def _einsum_rank_of_keras(name: str, facts: Facts) -> str | None:
    shape = [-1 if size is None else size for size in facts["shapes"][facts["operand"]].sizes]
    return (
        "Number of dimensions in the subscript does not match the number of dimensions in the operand, received subscript "
        f"`{facts['letters']}` and operand of shape {shape}."
    )


# -- joining


def _join_of_numpy(name: str, facts: Facts) -> str | None:
    shapes, other, axis = facts["shapes"], facts["other"], facts["axis"]
    return (
        "all the input array dimensions except for the concatenation axis must match exactly, but along dimension "
        f"{axis}, the array at index 0 has size {shapes[0][axis]} and the array at index {other} has size {shapes[other][axis]}"
    )


def _join_rank_of_numpy(name: str, facts: Facts) -> str | None:
    shapes, other = facts["shapes"], facts["other"]
    return (
        "all the input arrays must have same number of dimensions, but the array at index 0 has "
        f"{shapes[0].rank} dimension(s) and the array at index {other} has {shapes[other].rank} dimension(s)"
    )


def _join_of_tensorflow(name: str, facts: Facts) -> str | None:
    first, other = facts["shapes"][0], facts["shapes"][facts["other"]]
    if name not in ("concat", "concatenate") or not _known(first, other):
        return None
    what = "Ranks of all input tensors should match"
    if "axis" in facts:
        what = f"Dimension {facts['axis']} in both shapes must be equal"
    return f"ConcatOp : {what}: shape[0] = {_square(first)} vs. shape[{facts['other']}] = {_square(other)}"


def _join_in_graph(name: str, facts: Facts) -> str | None:
    joined, axis = facts["joined"], facts["axis"]
    first, other = facts["shapes"][0], facts["shapes"][facts["other"]]
    side, at = (slice(0, joined), axis) if axis < joined else (slice(joined + 1, None), axis - joined - 1)
    if name not in ("concat", "concatenate") or any(None in shape.sizes for shape in (first, other)):
        return None
    shown = " and ".join(_square(shape.sizes[side]) for shape in (first, other))
    return f"Dimension {at} in both shapes must be equal, but are {first[axis]} and {other[axis]}. Shapes are {shown}."


def _alike_of_keras(name: str, facts: Facts) -> str | None:
    first, other = facts["shapes"][0], facts["shapes"][facts["other"]]
    listed, but = ("x", "") if name == "stack" else ("xs", " except on the `axis` dim")
    if name not in ("stack", "concatenate"):
        return None
    return (
        f"Every value in `{listed}` must have the same shape{but}. But found element of shape {other}, which is different "
        f"from the first element's shape {first}."
    )


def _stack_of_tensorflow(name: str, facts: Facts) -> str | None:
    first, number = facts["shapes"][0], facts["other"]
    other = facts["shapes"][number]
    if name != "stack" or not _known(first, other):
        return None
    return f"Shapes of all inputs must match: values[0].shape = {_square(first)} != values[{number}].shape = {_square(other)}"


# -- axes


def _axis_of_numpy(name: str, facts: Facts) -> str | None:
    text = f"axis {facts['axis']} is out of bounds for array of dimension {facts['rank']}"
    one = not facts["rank"]  # some functions take a number for a row of one
    return text if name in _AXIS_OF_NUMPY and not one else None


def _axis_of_tensorflow(name: str, facts: Facts) -> str | None:
    axis, rank = facts["axis"], facts["rank"]
    reduces = name.startswith("reduce_") and name.removeprefix("reduce_") in _AXIS_OF_REDUCTIONS
    texts = {
        "argmax": f"Expected dimension in the range [{-rank}, {rank}), but got {axis}",
        "expand_dims": f"Tried to expand dim index {axis} for tensor with {rank - 1} dimensions.",
        "squeeze": f"Tried to squeeze dim index {axis} for tensor with {rank} dimensions.",
        "concat": f"ConcatOp : Expected concatenating dimensions in the range [{-rank}, {rank}), but got {axis}",
        "stack": f"Argument `axis` = {axis} not in range [{-rank}, {rank})",
        "softmax": f"`dim` must be in the range [{-rank}, {rank}) where {rank} is the number of dimensions in the input. "
        f"Received: dim={axis}",
        "cumsum": f"ScanOp: Expected scan axis in the range [{-rank}, {rank}), but got {axis + rank * (axis < 0)}",
    }
    texts |= {"argmin": texts["argmax"], "log_softmax": texts["softmax"], "unstack": texts["stack"]}
    return f"Invalid reduction dimension ({axis} for input with {rank} dimension(s)" if reduces else texts.get(name)


def _axis_of_ops(name: str, facts: Facts) -> str | None:
    if name in ("expand_dims", "swapaxes", "moveaxis", "flip", "median"):
        return _axis_of_keras(name, facts)
    return _axis_of_tensorflow(f"reduce_{name}" if name in _AXIS_OF_REDUCTIONS else name.replace("concatenate", "concat"), facts)


def _axis_of_keras(name: str, facts: Facts) -> str | None:
    text = f"axis {facts['axis']} is out of bounds for an array with dimension {facts['rank']}."
    return text if name in _AXIS_OF_OPS else None


def _axis_in_graph(name: str, facts: Facts) -> str | None:
    reduced = name.removeprefix("reduce_") in _AXIS_OF_REDUCTIONS
    return f"Invalid reduction dimension {facts['axis']} for input with {facts['rank']} dimensions." if reduced else None


def _ragged_of_numpy(name: str, facts: Facts) -> str | None:
    common = facts["common"]
    shown = f"({', '.join(map(str, common))}{',' * (len(common) == 1)})"
    return (
        f"setting an array element with a sequence. The requested array has an inhomogeneous shape after {len(common)} "
        f"dimensions. The detected shape was {shown} + inhomogeneous part."
    ) if name in ("array", "asarray", "asanyarray") else None


# -- squeezing, transposing, splitting, reshaping


def _squeeze_of_tensorflow(name: str, facts: Facts) -> str | None:
    axis, shape = facts["axis"], facts["shape"]
    at = axis % shape.rank
    return f"Can not squeeze dim[{at}], expected a dimension of 1, got {shape[at]}" if name == "squeeze" else None


def _permutation_of_keras(name: str, facts: Facts) -> str | None:
    rank, count = facts["shape"].rank, len(facts["axes"])
    return f"axis must be a list of the same length as the input shape, expected {rank}, but received {count}."


def _split_of_tensorflow(name: str, facts: Facts) -> str | None:
    size, axis = facts["shape"][facts["axis"]], facts["axis"]
    text = "Number of ways to split should evenly divide the split dimension, but got split_dim"
    return f"{text} {axis} (size = {size}) and num_split {facts['parts']}" if name == "split" else None


def _elements_of_tensorflow(name: str, facts: Facts) -> str | None:
    """TensorFlow's own reshape says it itself; this is `keras.ops.reshape`."""
    shape, target = facts["shape"], facts["target"]
    if not _known(shape, target) or name != "reshape":
        return None
    total, rest = 1, 1
    for size in shape.sizes:
        total *= size
    for size in target.sizes:
        rest *= size if size != -1 else 1
    asked = f"requires a multiple of {rest}" if -1 in target.sizes else f"has {rest}"
    return f"Input to reshape is a tensor with {total} values, but the requested shape {asked}"


def _elements_of_keras(name: str, facts: Facts) -> str | None:
    text = "The total size of the tensor must be unchanged"
    shown = f" Received: input_shape={facts['shape']}, newshape={facts['target']}"
    if name != "reshape":
        return None
    if -1 in facts["target"].sizes:
        return f"{text}, however, the input size cannot by divided by the specified dimensions in newshape.{shown}"
    return f"{text}.{shown}"


def _two_open(name: str, facts: Facts) -> str | None:
    first, second = facts["open"][:2]
    return f"Only one input size may be -1, not both {first} and {second}" if name == "reshape" else None


def _two_open_of_keras(name: str, facts: Facts) -> str | None:
    text = "There must be at most one unknown dimension (-1) in `newshape`."
    return f"{text} Received: newshape={facts['target']}." if name == "reshape" else None


def _always(text: str) -> Callable[[str, Facts], str | None]:
    return lambda name, facts: text


_SAYS: dict[tuple[str, str], Callable[[str, Facts], str | None]] = {
    ("broadcast", "numpy"): _not_together,
    ("broadcast", "tensorflow"): _incompatible,
    ("broadcast", "keras"): _incompatible,
    ("broadcast", "graph"): _unequal,
    ("broadcast", "symbolic"): _cannot_broadcast,
    ("product", "numpy"): _product_of_numpy,
    ("product", "tensorflow"): _product_of_tensorflow,
    ("product", "keras"): _product_of_ops,
    ("product", "graph"): _inner_in_graph,
    ("product", "symbolic"): _inner_of_keras,
    ("product-rank", "tensorflow"): _product_rank,
    ("product-rank", "graph"): _product_rank_in_graph,
    ("product-lead", "tensorflow"): _lead_of_tensorflow,
    ("product-lead", "keras"): _lead_of_tensorflow,
    ("product-lead", "symbolic"): _lead_of_keras,
    ("einsum", "numpy"): _einsum_of_numpy,
    ("einsum", "tensorflow"): _einsum_of_tensorflow,
    ("einsum", "graph"): _inner_in_graph,
    ("einsum-rank", "numpy"): _einsum_rank_of_numpy,
    ("einsum-rank", "tensorflow"): _einsum_rank_of_tensorflow,
    ("einsum-rank", "symbolic"): _einsum_rank_of_keras,
    ("join", "numpy"): _join_of_numpy,
    ("join", "tensorflow"): _join_of_tensorflow,
    ("join", "keras"): _join_of_tensorflow,
    ("join", "graph"): _join_in_graph,
    ("join", "symbolic"): _alike_of_keras,
    ("join-rank", "numpy"): _join_rank_of_numpy,
    ("join-rank", "tensorflow"): _join_of_tensorflow,
    ("join-rank", "keras"): _join_of_tensorflow,
    ("join-rank", "symbolic"): _alike_of_keras,
    ("stack", "numpy"): _always("all input arrays must have the same shape"),
    ("stack", "tensorflow"): _stack_of_tensorflow,
    ("stack", "keras"): _stack_of_tensorflow,
    ("stack", "symbolic"): _alike_of_keras,
    ("ragged", "numpy"): _ragged_of_numpy,
    ("ragged", "tensorflow"): lambda name, facts: (
        "Can't convert non-rectangular Python sequence to Tensor." if facts["plain"] and name == "constant" else None
    ),
    ("outside", "numpy"): _axis_of_numpy,
    ("outside", "tensorflow"): _axis_of_tensorflow,
    ("outside", "keras"): _axis_of_ops,
    ("outside", "graph"): _axis_in_graph,
    ("outside", "symbolic"): _axis_of_keras,
    ("squeeze", "numpy"): _always("cannot select an axis to squeeze out which has size not equal to one"),
    ("squeeze", "tensorflow"): _squeeze_of_tensorflow,
    ("squeeze", "keras"): lambda name, facts: f"Cannot squeeze axis={facts['axis']}, because the dimension is not 1.",
    ("squeeze", "graph"): _squeeze_of_tensorflow,
    ("squeeze", "symbolic"): lambda name, facts: f"Cannot squeeze axis {facts['axis']}, because the dimension is not 1.",
    ("permutation", "numpy"): _always("axes don't match array"),
    ("permutation", "tensorflow"): lambda name, facts: (
        f"transpose expects a vector of size {facts['shape'].rank}. But input(1) is a vector of size {len(facts['axes'])}"
    ),
    ("permutation", "graph"): lambda name, facts: f"Dimension must be {facts['shape'].rank} but is {len(facts['axes'])}",
    ("permutation", "symbolic"): _permutation_of_keras,
    ("split", "numpy"): _always("array split does not result in an equal division"),
    ("split", "tensorflow"): _split_of_tensorflow,
    ("split", "keras"): _split_of_tensorflow,
    ("elements", "keras"): _elements_of_tensorflow,
    ("elements", "symbolic"): _elements_of_keras,
    ("two-open", "tensorflow"): _two_open,
    ("two-open", "keras"): _two_open_of_keras,
    ("two-open", "symbolic"): _two_open_of_keras,
}
