"""Parts of Python's standard library that decide sizes: math, functools, itertools, random, argparse, copy, collections,
dataclasses."""

from __future__ import annotations

import collections
import itertools
import math
import operator
import posixpath
from collections.abc import Callable
from typing import Any

from shapewright.interpreter.arrays import mixed
from shapewright.interpreter.builtin_sequences import make_dict
from shapewright.interpreter.builtins import SOME_NUMBER, computing
from shapewright.interpreter.collections import NOT_KNOWN, known_value, make_list
from shapewright.interpreter.frame import Frame
from shapewright.interpreter.iteration import items_of, possible_items
from shapewright.interpreter.joins import join, some_of
from shapewright.interpreter.run import Call, Run, callee
from shapewright.interpreter.scalars import some_texts
from shapewright.interpreter.structures import map_structure
from shapewright.tensors.shape import Shape
from shapewright.values.callable import Generated, Partial
from shapewright.values.keras import ObjectRef
from shapewright.values.tensor import Library, Tensor
from shapewright.values.value import (
    NONE,
    SOME_BOOL,
    SOME_FLOAT,
    TEXT,
    UNKNOWN,
    Api,
    BoundApi,
    DictItems,
    DictRef,
    ListRef,
    Literal,
    Ref,
    Tuple,
    Value,
    int_of,
    str_of,
)

Function = Callable[[Run, Call, Frame], Value]
_REAL = (
    *(
        "sqrt",
        "log",
        "log2",
        "log10",
        "log1p",
        "exp",
        "expm1",
        "pow",
        "fabs",
        "prod",
        "sin",
        "cos",
        "tan",
        "asin",
        "acos",
    ),
    *(
        "atan",
        "atan2",
        "sinh",
        "cosh",
        "tanh",
        "hypot",
        "radians",
        "degrees",
        "erf",
        "gamma",
        "fmod",
        "copysign",
        "fsum",
    ),
    *("isnan", "isinf", "isfinite", "isclose", "dist"),
)
_WHOLE = ("ceil", "floor", "trunc", "gcd", "isqrt", "comb", "factorial", "lcm", "perm")
_GIVE_TEXT = (
    *("os.getcwd", "os.path.abspath", "os.path.expanduser", "os.path.realpath", "os.path.normpath", "os.path.relpath"),
    *("os.path.commonpath", "re.sub", "re.escape", "time.strftime", "time.ctime", "json.dumps"),
    *("keras.utils.get_file", "textwrap.dedent", "textwrap.fill", "tempfile.mkdtemp", "html.unescape", "shutil.copy"),
)
_GIVE_FLOAT = (
    *("random.random", "random.uniform", "random.gauss", "random.normalvariate", "random.triangular"),
    *("time.time", "time.perf_counter", "time.monotonic", "time.process_time"),
)
_GIVE_BOOL = ("os.path.exists", "os.path.isfile", "os.path.isdir", "os.path.islink")
_GIVE_TEXTS = ("os.listdir", "glob.glob", "glob.iglob", "re.findall", "re.split", "tensorflow.io.gfile.glob")
STDLIB: dict[str, Function] = {
    **{f"math.{name}": computing(getattr(math, name), SOME_FLOAT) for name in _REAL},
    **{f"math.{name}": computing(getattr(math, name), SOME_NUMBER) for name in _WHOLE},
    **{
        f"operator.{name}": computing(getattr(operator, name))
        for name in ("add", "sub", "mul", "floordiv", "truediv", "mod")
    },
    **{f"os.path.{name}": computing(getattr(posixpath, name), TEXT) for name in ("join", "basename", "dirname")},
    "os.path.splitext": computing(posixpath.splitext, Tuple((TEXT, TEXT))),
    "os.path.split": computing(posixpath.split, Tuple((TEXT, TEXT))),
    **dict.fromkeys(_GIVE_TEXT, lambda run, call, frame: TEXT),
    **dict.fromkeys(_GIVE_FLOAT, lambda run, call, frame: SOME_FLOAT),
    **dict.fromkeys(_GIVE_BOOL, lambda run, call, frame: SOME_BOOL),
    **dict.fromkeys(_GIVE_TEXTS, lambda run, call, frame: some_texts(run)),
    "collections.OrderedDict": make_dict,
}
ARGUMENT_PARSER = "argparse.ArgumentParser"


def _stdlib(name: str) -> Callable[[Function], Function]:
    def register(function: Function) -> Function:
        STDLIB[name] = function
        return function

    return register


@_stdlib("functools.partial")
def _partial(run: Run, call: Call, frame: Frame) -> Value:
    if not call.args or not call.complete:
        return UNKNOWN
    return Partial(call.args[0], tuple(call.args[1:]), tuple(call.keywords.items()))


@callee(Partial)
def call_partial(run: Run, partial: Partial, call: Call, frame: Frame) -> Value:
    shift = len(partial.args)
    spans: dict[int | str, Any] = {(k + shift if isinstance(k, int) else k): v for k, v in call.spans.items()}
    keywords = {**dict(partial.keywords), **call.keywords}
    whole = Call([*partial.args, *call.args], keywords, call.node, call.chunk, spans, call.complete)
    return run.call(partial.function, whole, frame)


@_stdlib("tqdm.tqdm")
@_stdlib("tqdm.auto.tqdm")
@_stdlib("tqdm.notebook.tqdm")
def _tqdm(run: Run, call: Call, frame: Frame) -> Value:
    """A progress bar gives what it is wrapped around."""
    return call.by_name("iterable").get("iterable", UNKNOWN)


@_stdlib("tqdm.trange")
@_stdlib("tqdm.auto.trange")
def _trange(run: Run, call: Call, frame: Frame) -> Value:
    return run.call(Api("builtins.range"), Call(call.args, {}, complete=call.complete), frame)


@_stdlib("copy.deepcopy")
def _deepcopy(run: Run, call: Call, frame: Frame) -> Value:
    """Lists and dicts anew, down to what cannot change; of other things a copy is not known."""
    value = call.args[0] if call.args else UNKNOWN
    return map_structure(run, value, lambda leaf, _: UNKNOWN if isinstance(leaf, Ref) else leaf)


@_stdlib("copy.copy")
def _copy(run: Run, call: Call, frame: Frame) -> Value:
    value = call.args[0] if call.args else UNKNOWN
    if isinstance(value, ListRef):
        return run.call(BoundApi(value, "copy"), Call([], {}), frame)
    return value if isinstance(value, (Literal, Tuple)) else UNKNOWN


@_stdlib("dataclasses.field")
def _field(run: Run, call: Call, frame: Frame) -> Value:
    """The default of a field. What a factory makes is only kept when nobody can change it."""
    if "default" in call.keywords:
        return call.keywords["default"]
    made = run.call(call.keywords.get("default_factory", UNKNOWN), Call([], {}), frame)
    return made if isinstance(made, (Literal, Tuple)) else UNKNOWN


@_stdlib("numpy.apply_along_axis")
def _along_axis(run: Run, call: Call, frame: Frame) -> Value:
    """A function of each row: the axes of what it gives stand in place of the axis that it is given.
    Source: numpy/lib/_shape_base_impl.py."""
    function, axis, array = [*call.args[:3], *[UNKNOWN] * 3][:3]
    number = int_of(axis)
    if not call.complete or not isinstance(array, Tensor) or array.shape is None or number is None:
        return UNKNOWN
    if array.library is not Library.NUMPY or not -array.shape.rank <= number < array.shape.rank:
        return UNKNOWN
    number %= array.shape.rank
    row = Tensor(Shape((array.shape[number],)), array.dtype, Library.NUMPY)
    given = run.call(function, Call([row, *call.args[3:]], call.keywords), frame)
    if not isinstance(given, Tensor) or given.shape is None or given.library is not Library.NUMPY:
        return UNKNOWN
    before, after = array.shape.dims[:number], array.shape.dims[number + 1 :]
    return Tensor(Shape((*before, *given.shape, *after)), given.dtype, Library.NUMPY)


@_stdlib("functools.reduce")
def _reduce(run: Run, call: Call, frame: Frame) -> Value:
    items = items_of(run, call.args[1]) if len(call.args) in (2, 3) and call.complete else None
    if items is None or len(items) > 256:
        return UNKNOWN
    values = [*call.args[2:], *items]
    if not values:
        return UNKNOWN
    result = values[0]
    for value in values[1:]:
        result = run.call(call.args[0], Call([result, value], {}), frame)
    return result


# -- itertools

_MOST = 4096
"""How many combinations are looked at one by one."""


def _combining(function: Callable[..., Any], sequences: int | None = None) -> Function:
    """A function that makes tuples of items; its last arguments are numbers."""

    def combine(run: Run, call: Call, frame: Frame) -> Value:
        given = call.args if sequences is None else call.args[:sequences]
        rows = [items_of(run, arg) for arg in given]
        numbers = [int_of(arg) for arg in call.args[len(given) :]]
        if call.keywords or not call.complete or None in numbers or any(row is None for row in rows):
            return UNKNOWN
        try:
            found = list(itertools.islice(function(*rows, *numbers), _MOST + 1))
        except (TypeError, ValueError):
            return UNKNOWN
        return Tuple(tuple(Tuple(tuple(item)) for item in found)) if len(found) <= _MOST else UNKNOWN

    return combine


STDLIB["itertools.product"] = _combining(itertools.product)
STDLIB["itertools.combinations"] = _combining(itertools.combinations, 1)
STDLIB["itertools.permutations"] = _combining(itertools.permutations, 1)
STDLIB["itertools.pairwise"] = _combining(itertools.pairwise, 1)


@_stdlib("itertools.chain")
def _chain(run: Run, call: Call, frame: Frame) -> Value:
    rows = [items_of(run, arg) for arg in call.args]
    if not call.complete or any(row is None for row in rows):
        return UNKNOWN
    return Tuple(tuple(item for row in rows for item in row or ()))


@_stdlib("itertools.chain.from_iterable")
def _chain_all(run: Run, call: Call, frame: Frame) -> Value:
    rows = items_of(run, call.args[0]) if call.args else None
    return UNKNOWN if rows is None else _chain(run, Call(rows, {}), frame)


@_stdlib("itertools.islice")
def _islice(run: Run, call: Call, frame: Frame) -> Value:
    items = items_of(run, call.args[0]) if len(call.args) > 1 and call.complete else None
    bounds = [int_of(arg) if arg != NONE else None for arg in call.args[1:]]
    if items is None or any(b is None and arg != NONE for b, arg in zip(bounds, call.args[1:], strict=True)):
        return Generated(possible_items(run, call.args[0]), False) if call.args else UNKNOWN
    return Tuple(tuple(itertools.islice(items, *bounds)))


@_stdlib("itertools.repeat")
def _repeat(run: Run, call: Call, frame: Frame) -> Value:
    times = int_of(call.args[1]) if len(call.args) == 2 else None
    if not call.args:
        return UNKNOWN
    return (
        Tuple((call.args[0],) * times)
        if times is not None and 0 <= times <= _MOST
        else Generated((call.args[0],), False)
    )


@_stdlib("itertools.count")
def _count(run: Run, call: Call, frame: Frame) -> Value:
    return Generated((SOME_NUMBER,), False) if all(int_of(arg) is not None for arg in call.args) else UNKNOWN


@_stdlib("itertools.accumulate")
def _accumulate(run: Run, call: Call, frame: Frame) -> Value:
    known = known_value(run, call.args[0]) if len(call.args) == 1 and not call.keywords else NOT_KNOWN
    if not isinstance(known, list) or not all(isinstance(n, (int, float)) for n in known):
        return UNKNOWN
    return Tuple(tuple(Literal(n) for n in itertools.accumulate(known)))


# -- random


@_stdlib("random.randint")
def _randint(run: Run, call: Call, frame: Frame) -> Value:
    return SOME_NUMBER


STDLIB["random.randrange"] = STDLIB["random.getrandbits"] = _randint


@_stdlib("random.seed")
def _seed(run: Run, call: Call, frame: Frame) -> Value:
    return NONE


@_stdlib("random.choice")
def _choice(run: Run, call: Call, frame: Frame) -> Value:
    """What all items have in common."""
    items = items_of(run, call.args[0]) if call.args and call.complete else None
    if not items:
        possible = possible_items(run, call.args[0]) if call.args and items is None else ()
        return possible[0] if len(possible) == 1 else UNKNOWN
    result = items[0]
    for item in items[1:]:
        result = join(result, item)
    return result


@_stdlib("random.sample")
def _sample(run: Run, call: Call, frame: Frame) -> Value:
    """So many of some items."""
    given = call.by_name("population", "k")
    number = int_of(given.get("k", UNKNOWN))
    one = _choice(run, Call([given["population"]], {}), frame) if "population" in given else UNKNOWN
    made = make_list(run, [one] * number if number is not None and 0 <= number <= _MOST else None)
    if number is None:
        run.store.write(made, "items", some_of((one,)))
    return made


@_stdlib("random.choices")
def _choices(run: Run, call: Call, frame: Frame) -> Value:
    number = call.keywords.get("k", Literal(1))
    return _sample(run, Call([call.args[0], number], {}), frame) if call.args else UNKNOWN


@_stdlib("random.shuffle")
def _shuffle(run: Run, call: Call, frame: Frame) -> Value:
    mixed(run, call.args[0] if call.args else UNKNOWN)
    return NONE


STDLIB["numpy.random.shuffle"] = _shuffle


# -- collections


@_stdlib("collections.defaultdict")
def _defaultdict(run: Run, call: Call, frame: Frame) -> Value:
    """What is not in it is made when it is asked for."""
    made = DictRef()
    run.store.write(made, "items", DictItems((), complete=False))
    return made


@_stdlib("collections.deque")
def _deque(run: Run, call: Call, frame: Frame) -> Value:
    items = items_of(run, call.args[0]) if call.args else []
    bounded = len(call.args) > 1 or "maxlen" in call.keywords
    return make_list(run, None if items is None or bounded else items)


@_stdlib("collections.Counter")
def _counter(run: Run, call: Call, frame: Frame) -> Value:
    made = DictRef()
    known = known_value(run, call.args[0]) if len(call.args) == 1 and not call.keywords else NOT_KNOWN
    counts = collections.Counter(known) if isinstance(known, (list, str)) else None
    items = tuple((Literal(key), Literal(number)) for key, number in counts.items()) if counts is not None else ()
    run.store.write(made, "items", DictItems(items, complete=False))
    return made


# -- argparse: what a program gets when nothing is said on the command line


@_stdlib(ARGUMENT_PARSER)
def _parser(run: Run, call: Call, frame: Frame) -> Value:
    made = ObjectRef(ARGUMENT_PARSER, {})
    run.store.write(made, "arguments", Tuple(()))
    return made


def call_parser_method(run: Run, parser: ObjectRef, method: str, call: Call) -> Value:
    """`parser.add_argument("--units", default=32)`, `parser.parse_args()`."""
    known = run.store.read(parser, "arguments")
    pairs = known.items if isinstance(known, Tuple) else ()
    if method == "add_argument":
        name = _destination(call)
        if name is not None:
            run.store.write(parser, "arguments", Tuple((*pairs, Tuple((Literal(name), _default(call))))))
        return UNKNOWN
    if method not in ("parse_args", "parse_known_args"):
        return UNKNOWN
    found = {str_of(pair.items[0]) or "": pair.items[1] for pair in pairs if isinstance(pair, Tuple)}
    namespace = ObjectRef("argparse.Namespace", found)
    return namespace if method == "parse_args" else Tuple((namespace, UNKNOWN))


def _destination(call: Call) -> str | None:
    given = str_of(call.keywords.get("dest", NONE))
    if given is not None:
        return given
    names = [text for text in map(str_of, call.args) if text is not None]
    long = [name for name in names if name.startswith("--")] or names
    return long[0].lstrip("-").replace("-", "_") if long else None


def _default(call: Call) -> Value:
    default = call.keywords.get("default")
    if default is None:
        action = str_of(call.keywords.get("action", NONE))
        return {"store_true": Literal(False), "store_false": Literal(True), None: NONE}.get(action, UNKNOWN)
    kind = call.keywords.get("type")
    if isinstance(default, Literal) and isinstance(default.value, str) and kind is not None:
        # argparse converts defaults that are text
        return Literal(default.value) if kind == Api("builtins.str") else UNKNOWN
    return default
