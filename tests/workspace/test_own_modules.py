"""Which modules go along when a program is run."""

from __future__ import annotations

from pathlib import Path

from shapewright.workspace.analysis import Buffer
from shapewright.workspace.modules import Modules


def write(root: Path, files: dict[str, str]) -> None:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")


def went_along(root: Path, text: str, modules: Modules | None = None) -> dict[str, tuple[str, bool]]:
    found = Buffer(root / "program.py", modules).analyse(text).own_modules()
    return {name: (own.text, own.is_package) for name, own in found.items()}


def test_modules_beside_the_program_and_what_these_import(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pyproject.toml": "",
            "helper.py": "from blocks.conv import block\nimport json",
            "blocks/__init__.py": "from .sizes import *",
            "blocks/sizes.py": "N = 3",
            "blocks/conv.py": "from . import sizes\nfrom .deep.er import f\nfrom ..outside import x",
            "blocks/deep/er.py": "f = 1",
            "unused.py": "",
        },
    )
    found = went_along(tmp_path, "import keras\nimport numpy as np\ndef f():\n    from helper import block\n")
    assert {name: is_package for name, (_, is_package) in found.items()} == {
        "helper": False,
        "blocks": True,
        "blocks.sizes": False,
        "blocks.conv": False,
        "blocks.deep.er": False,
    }
    assert found["blocks.sizes"][0] == "N = 3"


def test_what_is_installed_does_not_go_along_and_what_is_edited_does(tmp_path: Path) -> None:
    site = tmp_path / ".venv/lib/python3.11/site-packages"
    edited = tmp_path.parent / f"{tmp_path.name}-edited"
    write(tmp_path, {"pyproject.toml": "", ".venv/pyvenv.cfg": "home = /usr/bin"})
    write(site, {"other.py": "A = 1", "edited.pth": str(edited)})
    write(edited, {"mine/__init__.py": "from .layers import L", "mine/layers.py": "L = 2"})
    found = went_along(tmp_path, "import other\nfrom mine import L\n")
    assert set(found) == {"mine", "mine.layers"}


def test_a_text_that_is_open_counts_as_it_is_in_the_editor(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "", "helper.py": "N = 3"})
    modules = Modules(lambda path: ("N = 4", 2) if path.name == "helper.py" else None)
    assert went_along(tmp_path, "from helper import N\n", modules) == {"helper": ("N = 4", False)}


def test_modules_that_import_each_other(tmp_path: Path) -> None:
    write(tmp_path, {"pyproject.toml": "", "a.py": "import b", "b.py": "import a\nfrom program import x"})
    assert set(went_along(tmp_path, "import a\n")) == {"a", "b"}
