"""Settings: read, laid on top of others, and told by name when they are bad."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from shapewright.workspace.settings import OPTIONS, Settings, read_project, read_settings


def test_what_is_not_said_is_as_it_was() -> None:
    base = Settings(inlay_hints_max_length=20, ignore=("SW1",))
    loaded = read_settings({"ignore": ["SW103"], "inlayHints": {"enable": False}}, "here", base)
    assert loaded.problems == []
    assert loaded.settings == Settings(inlay_hints=False, inlay_hints_max_length=20, ignore=("SW103",))


def test_flat_and_nested_names_are_the_same() -> None:
    nested = read_settings({"inlayHints": {"maxLength": 30}}, "here")
    assert nested == read_settings({"inlayHints.maxLength": 30}, "here")
    assert nested.settings.inlay_hints_max_length == 30


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("enable", "yes"),
        ("enable", 1),
        ("inlayHints.enable", 0),
        ("inlayHints.maxLength", 7),
        ("inlayHints.maxLength", 501),
        ("inlayHints.maxLength", True),
        ("inlayHints.maxLength", "60"),
        ("select", "SW101"),
        ("select", ["SW999"]),
        ("ignore", [""]),
        ("ignore", [1]),
        ("exclude", [3]),
        ("validation.mode", "on"),
        ("validation.python", 3),
        ("validation.timeout", 0),
        ("validation.timeout", True),
        ("validation.memory", 1.5),
        ("validation.memory", 100),
        ("validation.idleTimeout", "5"),
        ("log.level", "loud"),
    ],
)
def test_a_bad_value_is_told_by_name_and_changes_nothing(name: str, value: Any) -> None:
    loaded = read_settings({name: value, "enable": False} if name != "enable" else {name: value}, "here")
    (problem,) = loaded.problems
    accepts = next(option.accepts for option in OPTIONS if option.name == name)
    assert problem.startswith("here: ") and f"`{name}`" in problem and accepts in problem
    assert loaded.settings == Settings(enable=name == "enable"), "the good ones count all the same"


@pytest.mark.parametrize("table", [{"colour": "red"}, {"inlayHints": {"colour": "red"}}])
def test_a_setting_that_there_is_not(table: dict[str, Any]) -> None:
    (problem,) = read_settings(table, "here").problems
    assert "colour`" in problem and "inlayHints.enable" in problem


def test_what_the_editor_leaves_empty_is_not_told() -> None:
    assert read_settings({"log": {"level": None}, "trace": {"server": "off"}}, "here").problems == []


@pytest.mark.parametrize(
    ("select", "ignore", "code", "wanted"),
    [
        ((), (), "SW101", True),
        (("SW1",), (), "SW101", True),
        (("SW2",), (), "SW101", False),
        (("SW1",), ("SW101",), "SW101", False),
        ((), ("SW101",), "SW102", True),
    ],
)
def test_which_rules_are_wanted(select: tuple[str, ...], ignore: tuple[str, ...], code: str, wanted: bool) -> None:
    assert Settings(select=select, ignore=ignore).wants(code) is wanted


def test_the_nearest_project_counts(tmp_path: Path) -> None:
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    (tmp_path / "pyproject.toml").write_text('[tool.shapewright]\nignore = ["SW1"]\n', encoding="utf-8")
    assert read_project(inner).settings == Settings(ignore=("SW1",))
    (tmp_path / "a" / "pyproject.toml").write_text("[tool.shapewright]\nenable = false\n", encoding="utf-8")
    assert read_project(inner).settings == Settings(enable=False)
    (inner / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    assert read_project(inner).settings == Settings(enable=False), "one that says nothing of us is passed over"


@pytest.mark.parametrize("text", ["[tool.shapewright\n", "[tool]\nshapewright = 3\n", "\xff"])
def test_a_bad_project_is_told_and_ends_nothing(tmp_path: Path, text: str) -> None:
    file = tmp_path / "pyproject.toml"
    file.write_bytes(text.encode("latin-1"))
    loaded = read_project(tmp_path)
    assert loaded.settings == Settings() and len(loaded.problems) == 1 and str(file) in loaded.problems[0]


@pytest.mark.parametrize(
    ("line", "value"), [('mode = "source"', "'source'"), ('python = "./python"', "'./python'"), ('python = ""', "''")]
)
def test_a_project_cannot_choose_what_is_started(tmp_path: Path, line: str, value: str) -> None:
    """Its pyproject.toml came with the code. The editor and the command line may."""
    (tmp_path / "pyproject.toml").write_text(f"[tool.shapewright.validation]\n{line}\n", encoding="utf-8")
    loaded = read_project(tmp_path)
    (problem,) = loaded.problems
    assert loaded.settings == Settings() and f"cannot be {value} here" in problem and "in your editor" in problem
    name, _, given = line.partition(" = ")
    assert read_settings({"validation": {name: given.strip('"')}}, "settings").problems == []


def test_a_project_can_choose_how_much_is_validated(tmp_path: Path) -> None:
    (tmp_path / "pyproject.toml").write_text(
        '[tool.shapewright]\nvalidation.mode = "plan"\nvalidation.timeout = 5\nvalidation.memory = 512\n'
        "validation.idleTimeout = 60\n",
        encoding="utf-8",
    )
    loaded = read_project(tmp_path)
    assert loaded.problems == []
    assert loaded.settings == Settings(
        validation_mode="plan", validation_timeout=5, validation_memory=512, validation_idle=60
    )


def test_validation_is_on_unless_the_environment_says_no(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SHAPEWRIGHT_VALIDATION")
    assert Settings().validation_mode == "plan"
    monkeypatch.setenv("SHAPEWRIGHT_VALIDATION", "off")
    assert Settings().validation_mode == "off"
