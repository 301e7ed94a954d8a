# make try      shows shapewright at work in this terminal
# make test     installs what the tests need and runs all of them
# make editor   opens a real VS Code in the browser, on examples/
# make vsix     builds the VS Code extension, one file for every platform
# make differential N=...  compares so many calls in generated programs with real Keras
# make keras2   compares the signatures of layers with those of Keras 2.15, and has the worker build with it
# make bench    measures latency and memory
# make lint     ruff, mypy and the import rules; make docs writes the generated pages anew
# make clean    removes what these have made

PYTHON ?= python3
BIN := .venv/bin
EXTRA_TESTS ?=
export PIP_DISABLE_PIP_VERSION_CHECK := 1

.PHONY: try test test-python test-editors differential keras2 lint docs editor vsix bench clean

try: .venv/server
	@$(BIN)/python scripts/try.py

test: lint test-python test-editors

test-python: .venv/test
	$(BIN)/python -m pytest tests --ignore=tests/editors $(EXTRA_TESTS)

test-editors: .venv/test vsix
	scripts/editors/install.sh
	$(BIN)/python -m pytest tests/editors --reruns 1

# N calls in generated programs against real Keras (100,000 take about half an hour); SEED generates others.
N ?= 20000
SEED ?= 0
differential: .venv/test
	$(BIN)/python -m tests.differential.long_run --calls $(N) --seed $(SEED)

# Signatures against Keras 2.15, which is installed in an environment of its own.
keras2: .venv/test .venv-keras2/done
	SHAPEWRIGHT_KERAS2_PYTHON=.venv-keras2/bin/python $(BIN)/python -m pytest tests/differential/test_keras2.py

.venv-keras2/done:
	$(PYTHON) -m venv .venv-keras2
	.venv-keras2/bin/python -m pip install --quiet 'tensorflow-cpu==2.15.*'
	@touch $@

lint: .venv/test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python scripts/rule_pages.py --check
	$(BIN)/python scripts/coverage_page.py --check

docs: .venv/server
	$(BIN)/python scripts/rule_pages.py
	$(BIN)/python scripts/coverage_page.py

vsix: .venv/server
	scripts/editors/vsix.sh $(BIN)/python shapewright.vsix

editor: .venv/server
	scripts/editors/open.sh $(BIN)/python

bench: .venv/test
	$(BIN)/python benchmarks/run.py
	$(BIN)/python benchmarks/validation.py

# The environment: a file is the stamp of what is installed in it. `server` is what a user needs, `test` all the rest.

.venv/python:
	@$(PYTHON) scripts/check_python.py
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --upgrade pip
	@touch $@

.venv/server: .venv/python pyproject.toml
	@echo "Installing shapewright into .venv (once)"
	@$(BIN)/python -m pip install --quiet --editable .
	@touch $@

.venv/test: .venv/server
	@echo "Installing what the tests need, TensorFlow included (once, a minute or two)"
	@$(BIN)/python -m pip install --quiet --editable '.[test,lint,keras]'
	@touch $@

clean:
	rm -rf .venv .venv-keras2 .cache node_modules client/out bundled shapewright.vsix tests/editors/output
