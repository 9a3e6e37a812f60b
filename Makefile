# make run     the workbench in your browser          PORT=8000 HOST=127.0.0.1 DATA=var
# make test    the whole suite                        ARGS="-k saving"
# make bench   the benchmarks
# make check   what tools can check without running
# make interop other tools import what we write for them, each in an environment of its own
#
# Python 3.11 or newer and make are all that has to be there.

PORT ?= 8000
HOST ?= 127.0.0.1
DATA ?= var
# Tests run side by side, one process a core: JOBS=0 runs them in one, in order.
JOBS ?= auto
ARGS ?=
# Browsers for the tests, where they are not found by themselves.
export CHROMIUM FIREFOX

.DEFAULT_GOAL := help
.PHONY: help run test bench check interop setup setup-test browser pins released screenshots translations

# The first of these that is new enough; PYTHON=… names another.
CANDIDATES = python3 python3.13 python3.12 python3.11 python3.14 python
FIND_PYTHON = for python in $(or $(PYTHON),$(CANDIDATES)); do \
	  "$$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; python=; \
	done; \
	if [ -z "$$python" ]; then \
	  echo "Python 3.11 or newer is needed, and $(or $(PYTHON),none of $(CANDIDATES)) is that." >&2; \
	  echo "Install one (Debian, Ubuntu: sudo apt install python3 python3-venv), or name it:" >&2; \
	  echo "    make $(or $(MAKECMDGOALS),run) PYTHON=/path/to/python3" >&2; \
	  exit 2; \
	fi
WORKBENCH = .venv/bin/workbench
WITH_DATABASE = $(WORKBENCH) with-database --data var/test --throw-away --

help:
	@sed -n 's/^# \{0,1\}//p;/^$$/q' Makefile

run: .venv/ready-run
	@exec $(WORKBENCH) run --host "$(HOST)" --port "$(PORT)" --data "$(DATA)"

test: .venv/ready-test
	@.venv/bin/python -m tests.browsers
	@exec $(WITH_DATABASE) .venv/bin/python -m pytest -n $(JOBS) --dist worksteal $(ARGS)

bench: .venv/ready-test
	@.venv/bin/python -m tests.browsers
	@exec $(WORKBENCH) with-database --data var/bench -- .venv/bin/python -m pytest -o session_timeout=86400 tests/benchmarks/bench_*.py $(ARGS)

# All are run, so that one fault does not hide another.
CHECKS = "ruff check ." "ruff format --check ." mypy lint-imports "python manage.py makemigrations --check"
check: .venv/ready-test
	@exec $(WITH_DATABASE) sh -c 'bad=; for check in "$$@"; do \
	  echo "$$check"; .venv/bin/$$check || bad="$$bad [$$check]"; \
	done; [ -z "$$bad" ] || { echo "Failed:$$bad" >&2; exit 1; }' sh $(CHECKS)

interop: .venv/ready-test
	@bad=; for tool in json_ld uima doccano label_studio; do \
	  echo "$$tool"; .venv/bin/python -m tests.interop.$$tool || bad="$$bad $$tool"; \
	done; [ -z "$$bad" ] || { echo "Failed:$$bad" >&2; exit 1; }

setup: .venv/ready-run
setup-test: .venv/ready-test

# Renews the French catalogue and prints what lacks a translation. FILES: JSON of {english: french}.
translations: .venv/ready-test
	@exec $(WITH_DATABASE) .venv/bin/python -m tests.translations update $(FILES)

# The fixture of the version in pyproject.toml: a database and the hashes of what it released.
released: .venv/ready-test
	@exec $(WITH_DATABASE) .venv/bin/python -m tests.released.keeping $(ARGS)

screenshots: .venv/ready-test
	@exec $(WITH_DATABASE) .venv/bin/python -m tests.screenshots

# Test pins hold the run pins too, so that an environment made for tests also runs.
.venv/ready-run: requirements/run.txt workbench/virtual_environment.py
	@[ -e .venv/ready-test ] && [ .venv/ready-test -nt requirements/run.txt ] || { \
	  $(FIND_PYTHON); "$$python" workbench/virtual_environment.py requirements/run.txt; }
	@touch $@

.venv/ready-test: requirements/test.txt workbench/virtual_environment.py
	@$(FIND_PYTHON); "$$python" workbench/virtual_environment.py requirements/test.txt
	@touch $@

# Needs uv. Every file is made for all platforms and Python versions at once.
PIN = uv pip compile pyproject.toml --quiet --universal --generate-hashes --no-header --upgrade \
	--python-version 3.11 --no-emit-index-url --no-emit-find-links
pins:
	$(PIN) -o requirements/server.txt
	$(PIN) --extra embedded -c requirements/server.txt -o requirements/run.txt
	$(PIN) --extra embedded --extra test -c requirements/run.txt -o requirements/test.txt
