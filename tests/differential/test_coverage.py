"""Every public name of the installed Keras has a rule, or a reason to have none."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest
from shapewright.knowledge.keras.left_out import REASONS, reason

from tests.differential.real import require_keras

SCRIPT = Path(__file__).parents[2] / "scripts" / "coverage_page.py"


def _script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("coverage_page", SCRIPT)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


PAGE = _script()
NAMES = PAGE.NAMES.read_text(encoding="utf-8").split()


def test_the_list_of_names_is_that_of_the_installed_keras() -> None:
    require_keras()
    code = f"import runpy; print(runpy.run_path({str(SCRIPT)!r})['public_names'](), end='')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.split() == NAMES, "run scripts/coverage_page.py --names and see what is new"


@pytest.mark.parametrize("module", PAGE.MODULES)
def test_every_name_has_a_rule_or_a_reason(module: str) -> None:
    mine = [name for name in NAMES if name.rsplit(".", 1)[0] == module]
    assert not [name for name in mine if not PAGE.has_rule(name) and reason(name) is None]


def test_no_reason_is_stated_for_what_has_a_rule_or_is_not_there() -> None:
    assert not [name for name in REASONS if name not in NAMES or PAGE.has_rule(name)]
