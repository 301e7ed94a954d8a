"""Names that come from the program's other files."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from shapewright.workspace.analysis import Buffer
from shapewright.workspace.modules import Modules
from shapewright.workspace.questions import hints

BLOCKS = """
from keras import layers

FILTERS = 16
_hidden = 3


def block(x, filters=FILTERS):
    return layers.Conv2D(filters, 3, padding="same")(x)
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "pyproject.toml").write_text("[project]\n")
    (tmp_path / "pkg").mkdir()
    (tmp_path / "pkg" / "__init__.py").write_text("from .blocks import block\n")
    (tmp_path / "pkg" / "blocks.py").write_text(BLOCKS)
    (tmp_path / "scripts").mkdir()
    return tmp_path


def shapes(buffer: Buffer, text: str) -> dict[str, str]:
    facts = buffer.analyse(text).facts
    lines = facts.source.lines
    return {
        lines[h.line][: h.column].split()[-1].split("=")[0]: h.label.lstrip(": ")
        for h in hints(facts, 0, len(lines), max_length=100)
    }


@pytest.mark.parametrize(
    ("imports", "call"),
    [
        ("from pkg import block", "block(x)"),
        ("from pkg.blocks import block as b", "b(x)"),
        ("import pkg.blocks", "pkg.blocks.block(x)"),
        ("import pkg.blocks as other", "other.block(x)"),
        ("from pkg import blocks", "blocks.block(x)"),
        ("from pkg.blocks import *", "block(x)"),
        ("from pkg.blocks import *", "block(x, FILTERS)"),
    ],
)
@pytest.mark.parametrize("place", ["main.py", "scripts/train.py"])
def test_imports_are_followed(folder: Path, imports: str, call: str, place: str) -> None:
    text = f"import keras\n{imports}\nx = keras.Input((8, 8, 3))\ny = {call}\n"
    assert shapes(Buffer(folder / place), text)["y"] == "(None, 8, 8, 16)"


def test_relative_imports(folder: Path) -> None:
    text = "import keras\nfrom .blocks import FILTERS\nfrom . import blocks\nx = keras.Input((FILTERS,))\n"
    text += "y = blocks.block(keras.Input((4, 4, 1)))\n"
    found = shapes(Buffer(folder / "pkg" / "model.py"), text)
    assert (found["x"], found["y"]) == ("(None, 16)", "(None, 4, 4, 16)")


def test_a_private_name_is_not_star_imported(folder: Path) -> None:
    text = "import keras\nfrom pkg.blocks import *\nx = keras.Input((_hidden,))\n"
    assert shapes(Buffer(folder / "m.py"), text) == {"x": "(None, ?)"}


def test_what_is_not_there_is_unknown(folder: Path) -> None:
    text = "import keras\nfrom nowhere import size\nx = keras.Input((size,))\ny = keras.Input((3,))\n"
    assert shapes(Buffer(folder / "main.py"), text)["y"] == "(None, 3)"


def test_modules_that_import_each_other(folder: Path) -> None:
    (folder / "one.py").write_text("A = 4\nfrom two import B\nC = B + 1\n")
    (folder / "two.py").write_text("from one import A\nB = A + 1\n")
    text = "import keras\nfrom one import C\nx = keras.Input((C,))\n"
    assert shapes(Buffer(folder / "main.py"), text) == {"x": "(None, 6)"}


def test_a_changed_file_is_read_again(folder: Path) -> None:
    buffer = Buffer(folder / "main.py")
    text = "import keras\nfrom pkg import block\ny = block(keras.Input((8, 8, 3)))\n"
    assert shapes(buffer, text)["y"] == "(None, 8, 8, 16)"
    blocks = folder / "pkg" / "blocks.py"
    blocks.write_text(BLOCKS.replace("16", "32"))
    os.utime(blocks, ns=(1, 1))
    assert shapes(buffer, text)["y"] == "(None, 8, 8, 32)"
    assert buffer.follows(str(blocks))
    blocks.unlink()
    assert "y" not in shapes(buffer, text)
    blocks.write_text(BLOCKS)
    assert shapes(buffer, text)["y"] == "(None, 8, 8, 16)"


def test_an_open_file_counts_as_it_is_in_the_editor(folder: Path) -> None:
    opened: dict[Path, tuple[str, int]] = {}
    buffer = Buffer(folder / "main.py", Modules(opened.get))
    text = "import keras\nfrom pkg import block\ny = block(keras.Input((8, 8, 3)))\n"
    assert shapes(buffer, text)["y"] == "(None, 8, 8, 16)"
    opened[folder / "pkg" / "blocks.py"] = (BLOCKS.replace("16", "64"), 1)
    assert shapes(buffer, text)["y"] == "(None, 8, 8, 64)"


def test_a_text_without_a_file_follows_nothing(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert shapes(Buffer(), "import keras\nfrom pkg import block\ny = block(keras.Input((8, 8, 3)))\n") == {}


def test_a_broken_module_costs_its_own_statement(folder: Path) -> None:
    (folder / "part.py").write_text("SIZE = 5\nWIDTH = (\n")
    text = "import keras\nfrom part import SIZE\nx = keras.Input((SIZE,))\n"
    assert shapes(Buffer(folder / "main.py"), text) == {"x": "(None, 5)"}


def test_a_mistake_in_another_file_is_that_files(folder: Path) -> None:
    (folder / "bad.py").write_text(
        "import keras\nx = keras.Input((1, 3, 1))\ndef run(x):\n    return keras.layers.LSTM(4)(x)\ny = run(x)\n"
    )
    analysis = Buffer(folder / "main.py").analyse("import bad\nz = bad.y\n")
    assert analysis.findings == []


@pytest.fixture
def environment(folder: Path, tmp_path: Path) -> Path:
    """A project with an environment, in which one package is installed and another is installed to be edited."""
    packages = folder / ".venv" / "lib" / "python3.11" / "site-packages"
    (packages / "nets").mkdir(parents=True)
    (packages / "nets" / "__init__.py").write_text("from .conv import *\nfrom . import heads\n")
    (packages / "nets" / "conv.py").write_text(
        'from keras import layers\nSIZES = {"a": 4}\nSIZES["b"] = 6\n'
        "def block(x, kind='b'):\n    return layers.Dense(SIZES[kind])(x)\n"
        "while True:\n    pass\n"
    )
    (packages / "nets" / "heads.py").write_text(
        "from .conv import block\ndef head(x):\n    return block(block(x), 'a')\n"
    )
    (folder / "elsewhere" / "edited").mkdir(parents=True)
    (folder / "elsewhere" / "edited" / "__init__.py").write_text("WIDTH = 9\n")
    (folder / "elsewhere" / "path" / "third").mkdir(parents=True)
    (folder / "elsewhere" / "path" / "third" / "__init__.py").write_text("DEPTH = 11\n")
    edited = folder / "elsewhere" / "edited"
    (packages / "__editable___edited_1_finder.py").write_text(f"MAPPING: dict[str, str] = {{'edited': {str(edited)!r}}}\n")
    (packages / "third.pth").write_text(f"import nothing\n{folder / 'elsewhere' / 'path'}\n")
    return folder


@pytest.mark.parametrize(
    ("imports", "size", "shape"),
    [
        ("from nets import block", "block(x)", "(None, 6)"),
        ("from nets.heads import head", "head(x)", "(None, 4)"),
        ("import nets", "nets.heads.head(x)", "(None, 4)"),
        ("import nets.conv as c", "c.block(x, 'a')", "(None, 4)"),
        ("from nets.conv import *", "block(x)", "(None, 6)"),
        ("import edited", "keras.layers.Dense(edited.WIDTH)(x)", "(None, 9)"),
        ("from third import DEPTH", "keras.layers.Dense(DEPTH)(x)", "(None, 11)"),
    ],
)
def test_installed_packages_are_followed(environment: Path, imports: str, size: str, shape: str) -> None:
    text = f"import keras\n{imports}\nx = keras.Input((3,))\ny = {size}\n"
    analysis = shapes(Buffer(environment / "main.py"), text)
    assert analysis["y"] == shape


def test_a_package_that_has_nothing_to_do_with_arrays_is_not_followed(environment: Path) -> None:
    """`requests.post` took seconds, and gives no shape."""
    package = environment / ".venv" / "lib" / "python3.11" / "site-packages" / "web"
    package.mkdir()
    (package / "__init__.py").write_text("from .api import post, SIZE\n")
    (package / "api.py").write_text("SIZE = 3\ndef post(url):\n    return url\n")
    text = "import keras\nimport web\nx = keras.Input((web.SIZE,))\ny = keras.layers.Dense(web.post(4))(x)\n"
    analysis = shapes(Buffer(environment / "main.py"), text)
    assert analysis["x"] == "(None, ?)" and analysis["y"] == "(None, ?)"


def test_what_nobody_asks_a_package_for_is_not_evaluated(environment: Path) -> None:
    """The module has an endless loop at its end; nothing that is asked for depends on it."""
    buffer = Buffer(environment / "main.py")
    facts = buffer.analyse("from nets import block\nimport keras\ny = block(keras.Input((3,)))\n").facts
    assert facts.bounds == []
