# `make` lists the targets. `make setup` and `make run` need Python 3.11 or newer, git and make.

HOST ?= 127.0.0.1
PORT ?= 8000
WORKERS ?= 2
POSTGRES_URL ?= postgres://postgres@127.0.0.1:5432/credence
CHROMIUM ?= $(firstword $(foreach name,chromium chromium-browser google-chrome,$(shell command -v $(name))))

VENV := .venv
BIN := $(VENV)/bin
PYTHON := $(BIN)/python
MANAGE := $(PYTHON) manage.py
PIP := $(PYTHON) -m pip install --quiet --disable-pip-version-check --only-binary :all:
RUNTIME := $(VENV)/.runtime
DEMO := $(VENV)/.demo
DEV := $(VENV)/.dev
PYTEST := $(BIN)/pytest -n $(WORKERS) --dist worksteal
TEMPLATES = $(wildcard templates */templates)

export CREDENCE_CHROMIUM := $(CHROMIUM)

.DEFAULT_GOAL := help
.PHONY: help doctor setup run test test-postgres test-browser lint format messages bench bench-reports bench-record wheel clean

help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# The first interpreter that is new enough and can make virtual environments.
$(PYTHON):
	@for python in python3.13 python3.12 python3.11 python3; do \
	  if $$python -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    exec $$python -m venv --clear $(VENV); \
	  fi; \
	done; \
	echo "Credence needs Python 3.11 or newer with its venv module, and found none." \
	  "Install it (on Debian and Ubuntu: apt install python3 python3-venv) and try again." >&2; \
	exit 1

$(RUNTIME): requirements.txt | $(PYTHON)
	@echo "Installing what the site needs into $(VENV) ..."
	@$(PIP) -r requirements.txt
	@touch $@

$(DEMO): home/demo/requirements.txt $(RUNTIME)
	@$(PIP) -r home/demo/requirements.txt
	@touch $@

$(DEV): requirements-dev.txt $(DEMO)
	@echo "Installing what tests and checks need into $(VENV) ..."
	@$(PIP) -r requirements-dev.txt
	@touch $@

doctor: ## Say what this machine lacks, and for which target
	@./.ci/doctor

setup: $(RUNTIME) ## Make the virtual environment

run: export BASE_URL ?= http://$(HOST):$(PORT)
run: $(DEMO) ## Set up, load the demo, and serve it on http://127.0.0.1:8000 (HOST=, PORT=)
	@$(MANAGE) migrate --no-input --verbosity 0
	@$(MANAGE) load_demo
	@$(MANAGE) runserver $(HOST):$(PORT)

test: $(DEV) ## Test on SQLite, in the browser too where there is a Chromium (ARGS=)
ifeq ($(CHROMIUM),)
	@echo "No Chromium found: the browser tests are left out. Install it, or set CHROMIUM=/path/to/it."
	@$(PYTEST) -m "not browser" $(ARGS)
else
	@$(PYTEST) $(ARGS)
endif

test-postgres: $(DEV) ## Test on PostgreSQL what it may answer otherwise than SQLite, or ALL=1 (POSTGRES_URL=)
	@DATABASE_URL=$(POSTGRES_URL) $(PYTEST) -m "not browser" --on-postgres $(if $(ALL),all,new) $(ARGS)

test-browser: $(DEV) ## Test in Chromium
ifeq ($(CHROMIUM),)
	@echo "No Chromium found. Install it (apt install chromium), or set CHROMIUM=/path/to/it." >&2
	@exit 1
else
	@CREDENCE_REQUIRE_BROWSER=1 $(PYTEST) -m browser $(ARGS)
endif

# `check --deploy` runs with the production settings and values that stand for real ones.
lint: $(DEV) ## Check style, types, layers, templates, migrations and deployment settings
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	PYTHONPATH=site $(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/djhtml --check --tabwidth 4 $(TEMPLATES)
	$(MANAGE) makemigrations --check --dry-run --settings=config.settings.test
	$(MANAGE) lintmigrations --quiet ok ignore --settings=config.settings.test
	@echo "$(MANAGE) check --deploy --settings=config.settings.production"
	@SECRET_KEY=$$($(PYTHON) -c "import secrets; print(secrets.token_urlsafe(60))") \
	  ALLOWED_HOSTS=catalogue.example BASE_URL=https://catalogue.example \
	  DATABASE_URL=sqlite://:memory: EMAIL_URL=consolemail:// \
	  RECORD_KEY=$$($(MANAGE) make_record_key --name catalogue.example/record) \
	  $(MANAGE) check --deploy --fail-level WARNING --settings=config.settings.production

format: $(DEV) ## Format code and templates
	$(BIN)/ruff check --fix --exit-zero .
	$(BIN)/ruff format .
	$(BIN)/djhtml --tabwidth 4 $(TEMPLATES)

messages: $(RUNTIME) ## Collect the texts to translate, merge and compile the translations
	@PYTHONPATH=site $(PYTHON) -m config.translations

bench: $(DEV) ## Measure the catalogue's speed (ARGS=)
	$(PYTHON) -m bench $(ARGS)

bench-reports: $(DEV) ## Measure the office's reports over a large history (ARGS=)
	$(PYTHON) -m bench.reports $(ARGS)

bench-record: $(DEV) ## Measure verify_record over a large record (ARGS=)
	$(PYTHON) -m bench.verification $(ARGS)

wheel: $(DEV) ## Build the installable apps into dist/
	$(PYTHON) -m build --wheel --no-isolation

clean: ## Remove the virtual environment, caches and build products; keep the data in var/
	rm -rf $(VENV) build dist *.egg-info .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
