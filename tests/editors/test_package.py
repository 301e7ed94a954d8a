"""The extension's package against the server that it carries; no editor is needed for it."""

from __future__ import annotations

import ast
import json
import re
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version
from shapewright import __version__
from shapewright.workspace import settings

from .harness import ROOT

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

EXTENSION = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
PROPERTIES: dict[str, Any] = {
    name.removeprefix("shapewright."): schema
    for name, schema in EXTENSION["contributes"]["configuration"]["properties"].items()
}
OPTIONS = {option.name: option for option in settings.OPTIONS}

# Settings that the extension itself acts on.
FOR_THE_EXTENSION = {"interpreter", "trace.server"}


def test_the_settings_are_those_of_the_server() -> None:
    assert set(PROPERTIES) == set(OPTIONS) | FOR_THE_EXTENSION


@pytest.mark.parametrize("name", sorted(OPTIONS))
def test_a_setting_has_the_server_s_default_and_limits(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHAPEWRIGHT_VALIDATION", raising=False)
    schema, option = PROPERTIES[name], OPTIONS[name]
    default = getattr(settings.Settings(), option.field)
    assert schema["default"] == (list(default) if isinstance(default, tuple) else default)

    accepted = schema.get("enum", [schema["default"]])
    refused: list[object] = [None, ["no such thing"], *(["no such thing"] if name != "validation.python" else [])]
    if "minimum" in schema:
        accepted += [schema["minimum"], schema["maximum"]]
        refused += [schema["minimum"] - 1, schema["maximum"] + 1]
    assert [value for value in accepted if not option.check(value)] == []
    if name == "exclude":
        refused = [None, "no such thing", [7]]  # any text is a pattern
    assert [value for value in refused if option.check(value)] == []


def test_the_documentation_has_each_setting_and_command() -> None:
    page = (ROOT / "docs/editors/vscode.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| `shapewright\.([\w.]+)` \| `(.*?)` \|", page, re.MULTILINE))
    assert {name: json.loads(default) for name, default in rows.items()} == {
        name: schema["default"] for name, schema in PROPERTIES.items()
    }
    for command in EXTENSION["contributes"]["commands"]:
        assert f"*{command['category']}: {command['title']}*" in page


def test_the_extension_s_own_page_has_each_command_and_no_other_setting() -> None:
    page = (ROOT / "client/README.md").read_text(encoding="utf-8")
    for command in EXTENSION["contributes"]["commands"]:
        assert f"*{command['title']}*" in " ".join(page.split())
    named = re.findall(r"`((?:shapewright\.)?[a-z]+(?:[A-Z]\w+)?\.[a-zA-Z]+)`", page)
    assert {name.removeprefix("shapewright.") for name in named} - {"pyproject.toml"} <= set(PROPERTIES)


def test_one_version() -> None:
    assert EXTENSION["version"] == PROJECT["version"] == __version__


def test_what_is_bundled_is_what_the_project_asks_for() -> None:
    lines = (ROOT / "scripts/editors/bundled-versions.txt").read_text(encoding="utf-8").splitlines()
    bundled = dict(line.split("==") for line in lines if not line.startswith("#"))
    for text in PROJECT["dependencies"]:
        requirement = Requirement(text)
        assert Version(bundled[requirement.name]) in requirement.specifier


def test_the_oldest_python_is_the_same_everywhere() -> None:
    oldest = PROJECT["requires-python"].removeprefix(">=")
    in_client = (ROOT / "client/src/python.ts").read_text(encoding="utf-8")
    assert f"OLDEST: readonly [number, number] = [{oldest.replace('.', ', ')}]" in in_client
    assert f"sys.version_info < ({oldest.replace('.', ', ')})" in (ROOT / "client/run_server.py").read_text(
        encoding="utf-8"
    )


def test_the_vsix_has_what_it_should_and_nothing_more(vsix: Path) -> None:
    with zipfile.ZipFile(vsix) as archive:
        files = {name.removeprefix("extension/") for name in archive.namelist()}
        libraries = {name.removeprefix("bundled/libs/") for name in files if name.startswith("bundled/libs/")}
        assert files - {f"bundled/libs/{name}" for name in libraries} == {
            "[Content_Types].xml",
            "extension.vsixmanifest",
            "package.json",
            "readme.md",
            "changelog.md",
            "LICENSE.txt",
            "client/run_server.py",
            "client/out/extension.js",
            *(f"images/{picture.name}" for picture in (ROOT / "images").glob("*.png")),
        }
        files = [file for file in (ROOT / "server/shapewright").rglob("*") if file.is_file()]
        server = {str(file.relative_to(ROOT / "server")) for file in files if "__pycache__" not in file.parts}
        assert {name for name in libraries if name.startswith("shapewright/")} == server
        assert not {name for name in libraries if name.endswith((".so", ".pyd", ".dylib", ".pyc", "/RECORD"))}

        # Whatever is needed, by us or by what we need, on the oldest Python as on the newest, is there and new enough.
        about = [
            archive.read(f"extension/bundled/libs/{name}").decode() for name in libraries if name.endswith("METADATA")
        ]
        versions = {canonicalize_name(field(text, "Name")[0]): field(text, "Version")[0] for text in about}
        needed = [text for one in about for text in field(one, "Requires-Dist")]
        for requirement in filter(applies, map(Requirement, [*needed, *PROJECT["dependencies"]])):
            assert Version(versions[canonicalize_name(requirement.name)]) in requirement.specifier

        # All of it is Python that 3.10 can read.
        for name in server:
            if name.endswith(".py"):
                ast.parse(archive.read(f"extension/bundled/libs/{name}"), feature_version=(3, 10))


def applies(requirement: Requirement) -> bool:
    """Whether a package is needed on some platform, on the oldest Python or on a new one."""
    environments = [
        {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": platform, "extra": ""}
        for python in ("3.10", "3.14")
        for platform in ("linux", "darwin", "win32")
    ]
    return requirement.marker is None or any(requirement.marker.evaluate(one) for one in environments)


def field(metadata: str, name: str) -> list[str]:
    """The values of a header of a METADATA file."""
    headers = metadata.partition("\n\n")[0]
    return re.findall(rf"^{name}: (.*)$", headers, re.MULTILINE)
