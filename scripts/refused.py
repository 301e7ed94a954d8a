"""Measures what functions of TensorFlow and keras.ops refuse as a tensor, and writes knowledge/arrays/refused.py.

Each example of each rule runs with its tensors changed: in every dtype, as lists and numbers, with every number of axes, and
with matrices that are not square; all tensors at once, and each alone. What is refused in all examples is refused by the
function; a dtype that is refused alone, and not with the others, must be that of the others.

    python -m scripts.refused [NAME...]

With names it only prints what it measures of those functions.
"""

from __future__ import annotations

import ast
import copy
import json
import os
import subprocess
import sys
import textwrap
from collections import defaultdict
from collections.abc import Iterator
from inspect import Parameter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

os.environ.update(TF_CPP_MIN_LOG_LEVEL="3", CUDA_VISIBLE_DEVICES="-1", TF_ENABLE_ONEDNN_OPTS="0")

import keras
import numpy as np
import tensorflow as tf
from shapewright.knowledge.registry import FUNCTIONS, Rule

from tests.differential import examples, test_ops, test_tensorflow
from tests.differential.run_examples import PRELUDE

FILE = Path(__file__).resolve().parent.parent / "server/shapewright/knowledge/arrays/refused.py"
DTYPES = ("bool", "uint8", "int32", "int64", "float32", "float64", "complex64")
PYTHON = {"int": "int32", "float": "float32", "[int]": "int32", "[float]": "float32"}
"""Numbers and lists in place of tensors, and the dtype of the array that they are made of."""
OTHERS = ("int32", "float32")
MOST_AXES = 5
NAMES = [*test_ops.NAMES, *(f"tensorflow.{name}" for name in test_tensorflow.NAMES)]
NO_TENSORS = ("shape", "dims", "size", "args")
"""Parameters for which a dtype does not count."""
RANKS_BY_OTHERS = ("gather_nd", "image.map_coordinates", "rearrange", "scatter_update", "tensordot")
"""Functions whose other arguments decide how many axes a tensor may have."""

Arrays = dict[str, Any]


class Call:
    """One example of a function, called again with other tensors."""

    def __init__(self, code: Any, space: dict[str, Any], arrays: Arrays, any_rank: bool, log: Log) -> None:
        self._code, self._space, self._log = code, space, log
        self.arrays = arrays
        self.any_rank = any_rank
        """Whether nothing else that it is given says how many axes the tensors have."""

    def runs(self, changed: Arrays, what: str) -> bool:
        """Whether the example runs with some of its tensors changed. A call that ends the process is refused."""
        tensors = {name: changed.get(name, array) for name, array in self.arrays.items()}
        given = {f"_{name}": tf.constant(x) if isinstance(x, np.ndarray) else x for name, x in tensors.items()}
        if not self._log.may_run(what):
            return False
        try:
            eval(self._code, {**self._space, **given})
        except Exception:
            return False
        return True


class Log:
    """Which call is being made, for the process that looks after this one, and which calls have ended a process."""

    def __init__(self, file: Path, fatal: list[str]) -> None:
        self._file, self._fatal = file, fatal

    def may_run(self, what: str) -> bool:
        self._file.write_text(what)
        return what not in self._fatal


def calls_of(name: str, rule: Rule, log: Log) -> Iterator[Call]:
    """The examples of a function that call it on tensors and run."""
    space: dict[str, Any] = {}
    exec(PRELUDE, space)
    for example in examples.examples_of(name, rule):
        body = ast.parse(example.text).body
        call = body[0].value if len(body) == 1 and isinstance(body[0], ast.Expr) else None
        if not isinstance(call, ast.Call):
            continue
        arrays = {}
        names = [parameter.name for parameter in rule.arguments]
        given = [*zip(names, call.args, strict=False), *((k.arg or "", k.value) for k in call.keywords)]
        for parameter, node in given:
            array = _array(node, space) if parameter not in NO_TENSORS else None
            if array is not None:
                arrays[parameter] = array
                _replace(call, node, ast.Name(f"_{parameter}", ast.Load()))
        for node in _variants(call, rule):
            code = compile(ast.fix_missing_locations(ast.Expression(node)), "example", "eval")
            given = {n.id[1:] for n in ast.walk(node) if isinstance(n, ast.Name)}
            made = Call(code, space, {p: x for p, x in arrays.items() if p in given}, _any_rank(node, names), log)
            if made.arrays and made.runs({}, f"{name} {ast.unparse(node)}"):
                yield made


def _variants(call: ast.Call, rule: Rule) -> Iterator[ast.Call]:
    """A call, the same with no more than it must be given, and with whole numbers in place of fractions."""
    yield call
    required = {parameter.name for parameter in rule.arguments if parameter.required}
    positional = [node for node, p in zip(call.args, rule.arguments, strict=False) if p.required]
    keywords = [keyword for keyword in call.keywords if keyword.arg in required]
    if len(positional) < len(call.args) or len(keywords) < len(call.keywords):
        yield ast.Call(call.func, positional, keywords)
    if any(isinstance(node, ast.Constant) and isinstance(node.value, float) for node in ast.walk(call)):
        yield _Whole().visit(copy.deepcopy(call))


def _any_rank(call: ast.Call, names: list[str]) -> bool:
    given = [*zip(names, call.args, strict=False), *((k.arg or "", k.value) for k in call.keywords)]
    return not any(
        (isinstance(node, (ast.List, ast.Tuple)) and name != "seed")
        or (
            isinstance(node, (ast.Constant, ast.UnaryOp))
            and any(word in name for word in ("axis", "axes", "source", "destination"))
        )
        for name, node in given
    )


class _Whole(ast.NodeTransformer):
    def visit_Constant(self, node: ast.Constant) -> ast.Constant:
        return ast.Constant(int(node.value)) if isinstance(node.value, float) else node


def _array(node: ast.expr, space: dict[str, Any]) -> Any:
    """The array that an argument is: of a Keras tensor one of its shape."""
    try:
        value = eval(compile(ast.Expression(node), "example", "eval"), space)
        if type(value).__name__ == "KerasTensor":
            value = np.ones([2 if size is None else size for size in value.shape], value.dtype)
    except Exception:
        return None
    array = np.asarray(value) if isinstance(value, (np.ndarray, tf.Tensor, tf.Variable)) else None
    return array if array is not None and array.dtype.kind in "fiubc" else None


def _replace(call: ast.Call, old: ast.expr, new: ast.expr) -> None:
    call.args = [new if node is old else node for node in call.args]
    for keyword in call.keywords:
        keyword.value = new if keyword.value is old else keyword.value


def measure(name: str, rule: Rule, log: Log) -> dict[str, Any]:
    """What a function refuses of each of its tensors: `kinds`, `ranks`, `square`, which must be `alike`, and the dtypes that
    it refuses where `all` have them."""
    together: dict[str, list[bool]] = defaultdict(list)  # all tensors of an example, where there are several
    alone: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    ranks: dict[str, set[int]] = defaultdict(set)
    any_rank: set[str] = set()
    with_symbolic: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    matrices: dict[str, set[tuple[int, ...]]] = defaultdict(set)
    among: dict[str, dict[str, list[bool]]] = defaultdict(lambda: defaultdict(list))
    for number, call in enumerate(calls_of(name, rule, log)):
        for dtype in DTYPES:
            changed = {p: _as(array, dtype) for p, array in call.arrays.items()}
            several = len(call.arrays) > 1
            if several:
                together[dtype].append(call.runs(changed, f"{name} {number} {dtype}"))
            for p in call.arrays:
                alone[p][dtype].append(call.runs({p: changed[p]}, f"{name} {number} {p} {dtype}"))
                if several:
                    among[p][dtype].append(alone[p][dtype][-1])
        for p, array in call.arrays.items():
            for kind in PYTHON:
                if (plain := _plain(array, kind)) is None:
                    continue
                alone[p][kind].append(call.runs({p: plain}, f"{name} {number} {p} {kind}"))
                for other in OTHERS:
                    all_run = several and together[other][-1]
                    changed = {
                        q: _as(x, other) for q, x in call.arrays.items() if q != p and (all_run or alone[q][other][-1])
                    }
                    if changed:
                        changed[p] = plain
                        alone[p][f"{kind}/{other}"].append(call.runs(changed, f"{name} {number} {p} {kind} {other}"))
        symbolic = {p: keras.KerasTensor(x.shape, str(x.dtype)) for p, x in call.arrays.items()}
        if several and name.startswith("keras.") and call.runs(symbolic, f"{name} {number} symbolic"):
            for p, array in call.arrays.items():
                for kind in PYTHON:
                    if (plain := _plain(array, kind)) is not None:
                        ran = call.runs({**symbolic, p: plain}, f"{name} {number} {p} {kind} symbolic")
                        with_symbolic[p][kind].append(ran)
        for p, array in call.arrays.items():
            ranks[p].update(_ranks(call, p, array, f"{name} {number}"))
            any_rank |= {p} if call.any_rank else set()
            matrices[p] |= {array.shape[-2:]} if array.ndim > 1 else set()
            for shape in [(2, 3), (3, 3), (2, 2), (2, 2, 3), (3, 3, 3), (2, 2, 2)]:
                changed = _changed(call, p, shape)
                what = f"{name} {number} {p} {shape}"
                if call.runs({p: changed[p]}, what) or call.runs(changed, f"{what} all"):
                    matrices[p].add(shape[-2:])
    kinds = {
        p: [*_refused_dtypes(found, together, len(alone) == 1), *_refused_python(found)] for p, found in alone.items()
    }
    alike = [p for p, found in among.items() if any(not any(found[d]) and any(together[d]) for d in DTYPES)]
    return {
        "kinds": kinds,
        "symbolic": {p: [k for k, ran in found.items() if not any(ran)] for p, found in with_symbolic.items()},
        "ranks": {
            p: [r for r in range(MOST_AXES + 1) if r not in ran]
            for p, ran in ranks.items()
            if p in any_rank and not name.endswith(RANKS_BY_OTHERS)
        },
        "square": [p for p, ran in matrices.items() if len(ran) > 1 and all(rows == columns for rows, columns in ran)],
        "alike": alike if len(alike) > 1 else [],
        "all": [
            d for d in DTYPES if together and not any(together[d]) and not any(d in found for found in kinds.values())
        ],
    }


def _as(array: Any, dtype: str) -> Any:
    return (array if dtype.startswith("complex") else array.real).astype(dtype)


def _plain(array: Any, kind: str) -> Any:
    """A number or list in place of an array, as far as it has one."""
    if not array.size or (kind[0] == "[" and not array.ndim):
        return None
    array = array.real.astype(PYTHON[kind])
    return array.tolist() if kind[0] == "[" else array.flat[0].item()


def _refused_dtypes(alone: dict[str, list[bool]], together: dict[str, list[bool]], one: bool) -> list[str]:
    found = [dtype for dtype in DTYPES if not any(alone[dtype]) and (one or not any(together[dtype]))]
    return found if len(found) < len(DTYPES) else []


def _refused_python(alone: dict[str, list[bool]]) -> Iterator[str]:
    """The numbers and lists that are refused, and as `int/float32` those that are refused with others of a dtype."""
    for kind in PYTHON:
        ways = [kind, *(f"{kind}/{other}" for other in OTHERS)]
        if alone.get(kind) and not any(ran for way in ways for ran in alone.get(way, ())):
            yield kind
        else:
            yield from (way for way in ways[1:] if alone.get(way) and not any(alone[way]))


def _ranks(call: Call, parameter: str, array: Any, what: str) -> Iterator[int]:
    """With how many axes a tensor is taken, alone or together with the others."""
    for rank in range(MOST_AXES + 1):
        for shape in _shapes(array.shape, rank):
            changed = _changed(call, parameter, shape)
            name = f"{what} {parameter} {shape}"
            if call.runs({parameter: changed[parameter]}, name) or call.runs(changed, f"{name} all"):
                yield rank
                break


def _shapes(shape: tuple[int, ...], rank: int) -> Iterator[tuple[int, ...]]:
    """Shapes with a number of axes, those that are like another shape first."""
    if rank <= len(shape):
        yield from {shape[len(shape) - rank :], shape[:rank]}
    else:
        more = rank - len(shape)
        yield from {(1,) * more + shape, (2,) * more + shape, shape + (1,) * more, shape + (2,) * more}
    yield from ((size,) * rank for size in (1, 2, 3, 4, 8))


def _changed(call: Call, parameter: str, shape: tuple[int, ...]) -> Arrays:
    """All tensors in another shape: one in this one, and the others with as many axes more or less."""
    more = len(shape) - call.arrays[parameter].ndim
    found = {}
    for p, array in call.arrays.items():
        own = (
            shape
            if p == parameter or array.shape == call.arrays[parameter].shape
            else _as_much(array.shape, more, shape)
        )
        found[p] = _filled(array, own)
    return found


def _filled(array: Any, shape: tuple[int, ...]) -> Any:
    """An array of another shape with the same elements; one that can be inverted stays so."""
    if (
        len(shape) > 1
        and array.ndim > 1
        and np.array_equal(array, np.broadcast_to(np.eye(*array.shape[-2:]), array.shape))
    ):
        return np.broadcast_to(np.eye(*shape[-2:], dtype=array.dtype), shape)
    return np.resize(array, shape) if array.size else np.ones(shape, array.dtype)


def _as_much(shape: tuple[int, ...], more: int, other: tuple[int, ...]) -> tuple[int, ...]:
    return shape[-more:] if more <= 0 else other[:more] + shape


def measure_all(names: list[str]) -> dict[str, dict[str, Any]]:
    """Measures functions in processes of their own, as some calls end theirs."""
    found: dict[str, dict[str, Any]] = {}
    fatal: list[str] = []
    with TemporaryDirectory() as folder:
        answer, log = Path(folder, "answer.jsonl"), Path(folder, "log")
        while left := [name for name in names if name not in found]:
            answer.write_text("")
            asked = json.dumps({"names": left, "fatal": fatal, "answer": str(answer), "log": str(log)})
            done = subprocess.run([sys.executable, "-m", "scripts.refused", "--child"], input=asked, text=True)
            found |= dict(json.loads(line) for line in answer.read_text().splitlines())
            assert done.returncode <= 0, "not ended by a signal: our own mistake"
            if done.returncode < 0:
                fatal.append(log.read_text())
                print(f"ends its process: {fatal[-1]}", file=sys.stderr)
    return found


def child() -> None:
    asked = json.load(sys.stdin)
    log = Log(Path(asked["log"]), asked["fatal"])
    with open(asked["answer"], "w", encoding="utf-8") as file:
        for name in asked["names"]:
            file.write(json.dumps([name, measure(name, FUNCTIONS[name], log)]) + "\n")
            file.flush()


def main(named: list[str]) -> None:
    names = [
        n
        for n in NAMES
        if not any(p.kind is Parameter.VAR_POSITIONAL and p.name != "_" for p in FUNCTIONS[n].arguments)
    ]
    found = measure_all(named or names)
    if named:
        print(json.dumps(found, indent=1))
        return
    kinds, ranks, all_, symbolic = defaultdict(list), defaultdict(list), defaultdict(list), defaultdict(list)
    for name, measured in found.items():
        for parameter, refused in measured["kinds"].items():
            kinds[" ".join(refused)].append(f"{name}:{parameter}")
        for parameter, refused in measured["symbolic"].items():
            symbolic[" ".join(refused)].append(f"{name}:{parameter}")
        for parameter, refused in measured["ranks"].items():
            ranks[" ".join(map(str, refused))].append(f"{name}:{parameter}")
        all_[" ".join(measured["all"])].append(name)
    lines = ['"""What functions refuse as a tensor, and of which tensors the dtypes must be the same.\n']
    lines.append(
        "Written by `scripts/refused.py`, which measures it: `function:parameter` and `function:parameter:parameter`."
    )
    lines.append("`ALL` has the dtypes that are refused where all tensors have them.")
    lines.append("`SYMBOLIC` has the numbers and lists that are refused beside Keras tensors.")
    lines.append(
        "A number or list in place of a tensor has the name of its kind: `int`, `float`, `[int]`, `[float]`, and that of the"
    )
    lines.append('dtype of the others where it is refused only with those.\n"""\n')
    lines.append("from __future__ import annotations\n")
    for title, table in (("KINDS", kinds), ("ALL", all_), ("SYMBOLIC", symbolic), ("RANKS", ranks)):
        lines.append(f"{title} = {{")
        for refused, places in sorted(table.items()):
            lines += [f'    "{refused}": """', *_wrapped(places), '""",'] if refused else []
        lines.append("}")
    square = [f"{name}:{parameter}" for name, measured in found.items() for parameter in measured["square"]]
    alike = [":".join([name, *measured["alike"]]) for name, measured in found.items() if measured["alike"]]
    lines += ['SQUARE = """', *_wrapped(square), '"""', 'ALIKE = """', *_wrapped(alike), '"""']
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _wrapped(names: list[str]) -> list[str]:
    return textwrap.wrap(" ".join(sorted(names)), 118, break_long_words=False, break_on_hyphens=False)


if __name__ == "__main__":
    child() if sys.argv[1:] == ["--child"] else main(sys.argv[1:])
