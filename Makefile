# The front door: `make demo` shows the whole path, `make test` checks everything; both set up what they need.

PYTHON ?= python3
VENV   := .venv
BIN    := $(VENV)/bin
UV     := $(shell command -v uv 2>/dev/null)

.DEFAULT_GOAL := help
.PHONY: help demo test check bench prove format lock clean

help: ## Show this list
	@grep -hE '^[a-z]+:.*## ' $(MAKEFILE_LIST) | awk -F ':.*## ' '{printf "  make %-8s %s\n", $$1, $$2}'

demo: $(VENV)/.ready-run ## Make the four shipped works, publish them on a channel of this machine, check it
	$(BIN)/media-service demo --once

test: check ## Check the code and run every test
	$(BIN)/python -m pytest -q -n auto --dist loadfile

check: $(VENV)/.ready-dev ## Format, lint, types and import rules
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

bench: $(VENV)/.ready-dev ## Measure speed and memory
	$(BIN)/python -m benchmarks.reading
	$(BIN)/python -m benchmarks.spoilt_clips
	$(BIN)/python -m benchmarks.production
	$(BIN)/python -m benchmarks.film
	$(BIN)/python -m benchmarks.state
	$(BIN)/python -m benchmarks.service
	$(BIN)/python -m benchmarks.uploading
	$(BIN)/python -m benchmarks.importing

prove: $(VENV)/.ready-dev ## The long proofs: many more examples, a long storm, three machines (needs root)
	HYPOTHESIS_PROFILE=prove $(BIN)/python -m pytest -q
	$(BIN)/python -m benchmarks.machines

format: $(VENV)/.ready-dev ## Put the code in its form
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

lock: ## Write the locks anew (needs uv)
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" pyproject.toml -o requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" pyproject.toml --extra ocr --extra piper --extra postgres --extra s3 -o requirements/service.txt -c requirements/run.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" pyproject.toml --extra dev -o requirements/dev.txt -c requirements/service.txt
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-annotate --custom-compile-command "make lock" requirements/build.in -o requirements/build.txt

clean: ## Remove the environment and what tools left
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis

# uv makes the environment where it is there (it needs no ensurepip), plain Python elsewhere.
$(BIN)/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or newer is needed; name one: make PYTHON=python3.12 demo"; exit 1; }
	$(if $(UV),uv venv --quiet --python $(PYTHON) $(VENV),$(PYTHON) -m venv $(VENV))

$(VENV)/.ready-run: $(BIN)/python requirements/run.txt requirements/build.txt pyproject.toml
	$(call install,run)

$(VENV)/.ready-dev: $(BIN)/python requirements/dev.txt requirements/build.txt pyproject.toml
	$(call install,dev)
	@touch $(VENV)/.ready-run

# Everything by hash from the lock, then the project itself without a further look at the index.
define install
$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet) --require-hashes -r requirements/$(1).txt
$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet) --require-hashes -r requirements/build.txt
$(if $(UV),uv pip install --quiet --python $(BIN)/python,$(BIN)/python -m pip install --quiet) --no-deps --no-build-isolation -e .
@touch $@
endef
