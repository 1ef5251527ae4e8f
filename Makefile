# Needs Python 3.11 or later with venv, and git. Everything else is installed into .venv from requirements.lock.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DELETE_ON_ERROR:
.DEFAULT_GOAL := help

BIN := .venv/bin
READY := .venv/.installed
DEMO := build/demo.db
AUDIT := build/advisories
LOOK_UP := $(AUDIT)/bin/pip-audit --strict --no-deps --disable-pip --progress-spinner off --vulnerability-service osv

# Tried by running each: a name on the path may stand for a version that is not there.
PYTHON ?= python3 python3.14 python3.13 python3.12 python3.11
PYTHON_FITS := import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))

.PHONY: help
help: ## Show this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@for candidate in $(PYTHON); do \
		if "$$candidate" -c '$(PYTHON_FITS)' 2>/dev/null; then python=$$candidate; break; fi; done; \
	if [ -z "$${python:-}" ]; then \
		echo "No Python 3.11 or later with venv was found among: $(PYTHON)." >&2; \
		echo "Install one (on Debian or Ubuntu: apt-get install python3-venv), or name it: make PYTHON=/path/to/python3" >&2; \
		exit 1; fi; \
	echo "Installing into .venv with $$("$$python" --version) ..." >&2; \
	"$$python" -m venv --clear .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes --requirement requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

.PHONY: demo
demo: $(READY) ## Load the shipped facts into a fresh database and show what follows from them
	@mkdir -p $(dir $(DEMO)) && rm -f $(DEMO) $(DEMO)-*
	@$(BIN)/timeline --db $(DEMO) demo

.PHONY: test
test: $(READY) ## Run the tests; ARGS="-k dates" and the like are passed to pytest
	@$(BIN)/python -m pytest -n auto $(ARGS)

.PHONY: check
check: lint coverage ## Everything that must hold before a change lands: lint and coverage

.PHONY: lint
lint: $(READY) ## Check style, types, the import contracts and the README's generated parts
	@$(BIN)/ruff check --quiet .
	@$(BIN)/ruff format --quiet --check . || { echo "Run: make format" >&2; exit 1; }
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-logo
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/cog --check -n UTF-8 -I . README.md || { echo "Run: make readme" >&2; exit 1; }

.PHONY: coverage
coverage: $(READY) ## Run the tests and fail where too little of the code was run
	@$(BIN)/python -m pytest -n auto --cov $(ARGS)

.PHONY: format
format: $(READY) ## Format the code and mend what can be mended
	@$(BIN)/ruff check --quiet --fix-only .
	@$(BIN)/ruff format .

.PHONY: readme
readme: $(READY) ## Write the README's generated parts anew
	@PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/cog -r -n UTF-8 -I . README.md

.PHONY: bench
bench: $(READY) ## Measure against what one would use instead
	@$(BIN)/python -m benchmarks

.PHONY: fuzz
fuzz: $(READY) ## Feed hostile input to every reader; ARGS="--runs 100000" and the like
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-build-isolation --editable '.[fuzz]'
	@$(BIN)/python -m fuzzing all $(ARGS)

.PHONY: advisories
advisories: $(READY) ## Look the pins up among known vulnerabilities (needs the network)
	@test -x $(AUDIT)/bin/pip-audit || { rm -rf $(AUDIT) && $(BIN)/python -m venv $(AUDIT) && \
		$(AUDIT)/bin/python -m pip install --quiet --disable-pip-version-check 'pip-audit>=2.10.1'; }
	@# A service that knows of no hole in a release that has some is out of reach, or another one: it is not to be believed.
	@echo 'pyyaml==5.3' >$(AUDIT)/known.txt
	@{ $(LOOK_UP) --requirement $(AUDIT)/known.txt --format json $(ARGS) 2>$(AUDIT)/told.txt || true; } | grep -q '"id":' || { \
		tail -n 1 $(AUDIT)/told.txt >&2; echo "Nothing was checked: no answer from the service of known vulnerabilities." >&2; exit 1; }
	@$(LOOK_UP) --requirement requirements.lock $(ARGS)

TEXTS ?= texts

.PHONY: eval-draft
eval-draft: $(READY) ## Measure drafts by annotations; TEXTS=FOLDER has the texts, ARGS="--verbose" and the like
	@$(BIN)/python -m evaluation --texts "$(TEXTS)" $(ARGS)

.PHONY: lock
lock: ## Pin the newest dependencies that fit (needs uv on the path)
	@rm -f requirements.lock
	@uv pip compile --quiet pyproject.toml --extra bench --extra dev --universal --python-version 3.11 \
		--generate-hashes --no-strip-extras --no-emit-index-url --custom-compile-command "make lock" --output-file requirements.lock
	@# pip fails on an extra that is spelled with a dash here and with an underscore by who asks for it; both are pinned.
	@sed -i 's/^lxml\[html-clean\]==/lxml==/' requirements.lock

.PHONY: clean
clean: ## Remove everything that was made
	@rm -rf .venv build dist .coverage* .hypothesis .import_linter_cache .mypy_cache .pytest_cache .ruff_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
