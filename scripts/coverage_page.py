"""Writes docs/coverage.md: the public names of Keras, and which of them have a rule; with --check says when it is not up to
date. The names are those in tests/differential/public_names.txt, which --names takes from the installed Keras."""

from __future__ import annotations

import sys
from pathlib import Path

from shapewright.interpreter import engine
from shapewright.interpreter.library import is_known
from shapewright.interpreter.tensorflow_calls import TENSORFLOW
from shapewright.knowledge.keras.left_out import reason
from shapewright.knowledge.names import canonical

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "coverage.md"
NAMES = ROOT / "tests" / "differential" / "public_names.txt"
OF_TENSORFLOW = ROOT / "tests" / "differential" / "tensorflow_names.txt"
MODULES = (
    *(
        "layers",
        "ops",
        "ops.image",
        "ops.linalg",
        "ops.nn",
        "ops.numpy",
        "activations",
        "random",
        "utils",
        "preprocessing",
    ),
    *("preprocessing.image", "preprocessing.sequence", "applications", "datasets", "losses", "metrics", "initializers"),
    *("optimizers", "optimizers.schedules", "models", "callbacks", "backend", "config", "saving", "regularizers"),
    *("constraints", "tree"),
)
"""The modules whose names are listed; modules within `applications` and `datasets` are listed with them."""
TENSORFLOW_MODULES = ("", "math", "nn", "linalg", "image", "signal", "random", "strings", "io", "audio")
"""The modules of TensorFlow whose functions are listed."""
assert engine.REGISTERED


def public_names() -> str:
    """The public names of the installed Keras, one a line."""
    import inspect

    import keras

    found = []
    for module in MODULES:
        where = keras
        for part in module.split("."):
            where = getattr(where, part)
        for name in dir(where):
            if name.startswith("_"):
                continue
            value = getattr(where, name)
            if not inspect.ismodule(value):
                found.append(f"{module}.{name}")
            elif module in ("applications", "datasets"):
                found += [f"{module}.{name}.{inner}" for inner in dir(value) if not inner.startswith("_")]
    return "\n".join(found) + "\n"


def tensorflow_names() -> str:
    """The public functions of the installed TensorFlow, one a line."""
    import inspect

    import tensorflow

    found = []
    for module in TENSORFLOW_MODULES:
        where = getattr(tensorflow, module) if module else tensorflow
        for name in dir(where):
            value = getattr(where, name)
            if not name.startswith("_") and callable(value) and not inspect.isclass(value):
                found.append(f"{module}.{name}".lstrip("."))
    return "\n".join(found) + "\n"


def _of_tensorflow() -> list[str]:
    """The part of the page on TensorFlow."""
    by_module: dict[str, list[str]] = {}
    for name in OF_TENSORFLOW.read_text(encoding="utf-8").split():
        by_module.setdefault(name.rpartition(".")[0], []).append(name)
    rows, left_out = [], []
    for module, names in by_module.items():
        without = [name for name in names if not _tensorflow_has_rule(name)]
        shown = f"tf.{module}".rstrip(".")
        rows.append(f"| `{shown}` | {len(names)} | {len(names) - len(without)} | {len(without)} |")
        if without:
            listed = ", ".join(f"`{name.rpartition('.')[2]}`" for name in without)
            left_out.append(f"- `{shown}`: {listed}.")
    return [
        "# What is known of TensorFlow",
        "",
        "Its public functions, by module. `tf.data` is known as a whole, datasets and their methods.",
        "",
        "| module | public functions | with a rule | without |",
        "| --- | ---: | ---: | ---: |",
        *rows,
        "",
        "Those without a rule:",
        "",
        *left_out,
    ]


def _tensorflow_has_rule(name: str) -> bool:
    meant = canonical(f"tensorflow.{name}")
    return is_known(meant) or meant in TENSORFLOW


def page() -> str:
    """The text of the page."""
    by_module: dict[str, list[str]] = {}
    for name in NAMES.read_text(encoding="utf-8").split():
        module = name.rsplit(".", 1)[0]
        by_module.setdefault(module.split(".")[0] if module.startswith(("app", "data")) else module, []).append(name)
    rows, sections = [], []
    for module, names in by_module.items():
        without = [name for name in names if not has_rule(name)]
        rows.append(f"| `keras.{module}` | {len(names)} | {len(names) - len(without)} | {len(without)} |")
        by_reason: dict[str, list[str]] = {}
        for name in without:
            by_reason.setdefault(reason(name) or "**no reason is stated**", []).append(name)
        if by_reason:
            sections += [f"## keras.{module}", ""]
            for why, those in by_reason.items():
                listed = ", ".join(f"`{name.removeprefix(module + '.')}`" for name in those)
                sections.append(f"- {why[0].upper()}{why[1:]}: {listed}.")
            sections.append("")
    top = [
        "# What is known of Keras",
        "",
        "The public names of the newest Keras that shapewright was compared with, and how many of them have a rule. A class or",
        "function without a rule is unknown: what it gives is not shown. This page is made by `make docs`; a test fails when a",
        "public name of the installed Keras has neither a rule nor a reason here.",
        "",
        "| module | public names | with a rule | without |",
        "| --- | ---: | ---: | ---: |",
        *rows,
        "",
        "Those without a rule, and why:",
        "",
    ]
    return "\n".join([*top, *sections, *_of_tensorflow()]).rstrip("\n") + "\n"


def has_rule(name: str) -> bool:
    """Whether something is known about `keras.` and a name."""
    return is_known(canonical(f"keras.{name}"))


def main() -> int:
    """Writes the page, or compares it."""
    if "--names" in sys.argv[1:]:
        NAMES.write_text(public_names(), encoding="utf-8")
        OF_TENSORFLOW.write_text(tensorflow_names(), encoding="utf-8")
    if "--check" in sys.argv[1:]:
        if PAGE.read_text(encoding="utf-8") != page():
            print("docs/coverage.md is not up to date: run `make docs` and commit the page", file=sys.stderr)
            return 1
        return 0
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
