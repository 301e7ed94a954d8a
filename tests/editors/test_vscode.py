"""VS Code with the extension as users get it: installed from the .vsix, running the server that it bundles.

VS Code is code-server in a headless Chromium; `vscode.mjs` says what happens in it. Pictures: `output/`.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

from .harness import CACHE, HERE, not_installed, program_on_path, run


@pytest.fixture(scope="module")
def node() -> Path:
    """The Node that runs code-server and the scenarios."""
    if not (CACHE / "installed").exists():
        not_installed("VS Code (code-server)")
    return CACHE / "node"


@pytest.fixture(scope="module")
def fake_python_extension(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A .vsix that VS Code takes for Microsoft's Python extension. A .vsix is a zip file with a manifest."""
    source = HERE / "fake_python_extension"
    about = json.loads((source / "package.json").read_text(encoding="utf-8"))
    identity = f'<Identity Id="{about["name"]}" Publisher="{about["publisher"]}" Version="{about["version"]}"/>'
    packed = tmp_path_factory.mktemp("fake") / "python.vsix"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(
            "extension.vsixmanifest",
            '<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">'
            f"<Metadata>{identity}<DisplayName>Fake Python</DisplayName></Metadata>"
            '<Assets><Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json"/></Assets>'
            "</PackageManifest>",
        )
        for file in source.iterdir():
            archive.write(file, f"extension/{file.name}")
    return packed


@pytest.fixture(scope="module")
def extensions(node: Path, vsix: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the extension, installed by VS Code itself."""
    return install(node, tmp_path_factory.mktemp("extensions"), vsix)


@pytest.fixture(scope="module")
def extensions_with_python(
    node: Path, vsix: Path, fake_python_extension: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The same beside what VS Code takes for Microsoft's Python extension."""
    return install(node, tmp_path_factory.mktemp("extensions"), vsix, fake_python_extension)


def install(node: Path, folder: Path, *packed: Path) -> Path:
    command = [str(node), str(CACHE / "node_modules/code-server/out/node/entry.js")]
    for option, name in (("--config", "config.yaml"), ("--user-data-dir", "data"), ("--extensions-dir", "extensions")):
        command += [option, str(folder / name)]
    for file in packed:
        command += ["--install-extension", str(file)]
    result = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, text=True)
    assert result.returncode == 0, result.stdout
    return folder / "extensions"


SCENARIOS = [
    "first program",
    "notebook",
    "models",
    "whole workspace",
    "restart, crash, settings",
    "crashes without end",
    "too old interpreter",
    "no interpreter",
    "only an old interpreter",
    "server that does not start",
    "interpreter of the Python extension",
    "untrusted folder",
    "trusted folder",
]


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_vscode(
    scenario: str,
    request: pytest.FixtureRequest,
    program: Path,
    node: Path,
    tmp_path: Path,
    output: Path,
    tag: str,
) -> None:
    if scenario == "notebook":
        program = as_notebook(program)
    extensions = "extensions_with_python" if scenario == "interpreter of the Python extension" else "extensions"
    # A Python that says it is 3.8.10: a real one of that age is hardly to be had any more.
    old_python = wrapper(
        tmp_path / "old" / "python",
        "for code; do :; done  # the last argument",
        f'exec "{sys.executable}" -I -c "import sys; sys.version_info = (3, 8, 10)',
        '$code"',
    )
    # Pythons that are new enough and then cannot run the server.
    broken_python = wrapper(
        tmp_path / "broken" / "python",
        'case "$*" in *run_server.py*) echo "ImportError: all is lost" >&2; exit 1 ;; esac',
        f'exec "{sys.executable}" -I -c "import sys; sys.executable = \'$0\'',
        '$3"',
    )
    slowly_broken_python = wrapper(
        tmp_path / "slowly" / "python",
        'case "$*" in *run_server.py*) sleep 1; echo "ImportError: lost later" >&2; exit 1 ;; esac',
        f'exec "{sys.executable}" -I -c "import sys; sys.executable = \'$0\'',
        '$3"',
    )
    # A Python that leaves a mark and does its work.
    spy_mark = tmp_path / "the-spy-was-started"
    spy_python = wrapper(tmp_path / "spy" / "python", f'touch "{spy_mark}"', f'exec "{sys.executable}" "$@"')
    # A Python of another path, as another environment of the user's would be.
    venv.create(tmp_path / "environment", symlinks=True)
    other_python = tmp_path / "environment" / "bin" / "python"
    # Where no interpreter is named, the first on PATH is that of these tests.
    python_on_path = wrapper(tmp_path / "bin" / "python3", f'exec "{sys.executable}" "$@"')

    # Where there is no Python at all, and where there is only an old one.
    (tmp_path / "empty").mkdir()
    only_old = tmp_path / "only-old"
    only_old.mkdir()
    (only_old / "python3").symlink_to(old_python)

    options = {
        "cache": str(CACHE),
        "chromium": program_on_path("chromium"),
        "extensions": str(request.getfixturevalue(extensions)),
        "python": sys.executable,
        "oldPython": str(old_python),
        "otherPython": str(other_python),
        "brokenPython": str(broken_python),
        "slowlyBrokenPython": str(slowly_broken_python),
        "spyPython": str(spy_python),
        "spyMark": str(spy_mark),
        "emptyPath": str(tmp_path / "empty"),
        "oldPath": str(only_old),
        "program": str(program),
        "work": str(tmp_path / "vscode"),
        "output": str(output),
        "tag": tag,
    }
    run(
        [str(node), str(HERE / "vscode.mjs"), scenario, json.dumps(options)],
        tag,
        output / "log.txt",
        PATH=f"{python_on_path.parent}{os.pathsep}{os.environ['PATH']}",
        FAKE_INTERPRETERS=json.dumps([str(old_python), str(other_python)]),
    )


def as_notebook(program: Path) -> Path:
    """The program as a notebook, a cell for each of its parts, with what only notebooks have."""
    text = program.read_text(encoding="utf-8")
    imports, data, rest = re.split(r"^(?=data|x =)", text, flags=re.MULTILINE)
    layer, model = re.split(r"^(?=y =)", rest, flags=re.MULTILINE)
    cells = [f"%matplotlib inline\n{imports}", data, layer, f"%%time\n{model}"]
    about = {
        "cells": [
            {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": cell.strip()}
            for cell in cells
        ],
        "metadata": {"language_info": {"name": "python"}},
        "nbformat": 4,
        "nbformat_minor": 2,
    }
    notebook = program.with_suffix(".ipynb")
    notebook.write_text(json.dumps(about, indent=1), encoding="utf-8")
    return notebook


def wrapper(path: Path, *lines: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(["#!/bin/sh", *lines, ""]), encoding="utf-8")
    path.chmod(0o755)
    return path
