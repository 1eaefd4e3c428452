# The two commands: `make demo` and `make test`. Both prepare .venv first; a second run finds it ready.
PORT ?= 8000
SUPPORTED := import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 14))
PYTHON ?= $(shell for name in python3.14 python3.13 python3.12 python3.11 python3 python; do \
	"$$name" -c '$(SUPPORTED)' 2>/dev/null && echo "$$name" && break; done)
VENV := .venv
RUN := $(VENV)/bin/python
MANAGE := $(RUN) manage.py

.PHONY: demo setup test lint browser clean help python
.DEFAULT_GOAL := help

help:
	@echo "make demo [PORT=8000]  try the archive with its sample articles"
	@echo "make test              run all tests"
	@echo "make lint              check style, types and migrations"
	@echo "make setup             only prepare .venv"

demo: setup
	@$(RUN) -c 'import socket, sys; s = socket.socket(); s.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1); s.bind(("127.0.0.1", int(sys.argv[1])))' $(PORT) 2>/dev/null \
	  || { echo "Port $(PORT) is in use or cannot be opened. Choose another: make demo PORT=8001" >&2; exit 1; }
	@$(MANAGE) prepare_demo fixtures
	@echo
	@echo "Diplomacy Search is at http://127.0.0.1:$(PORT)/ (stop it with Ctrl-C)"
	@$(RUN) -m gunicorn --bind 127.0.0.1:$(PORT) --threads 4 --no-control-socket --log-level warning diplomacy_search.wsgi

setup: $(VENV)/ready

$(VENV)/ready: requirements.txt | python
	@echo "Preparing $(VENV) with $(PYTHON): this takes about a minute ..."
	@$(RUN) -c 'import pip; $(SUPPORTED)' 2>/dev/null || "$(PYTHON)" -m venv --clear $(VENV)
	@$(RUN) -m pip install --quiet --quiet --disable-pip-version-check --requirement requirements.txt
	@touch $@

$(VENV)/ready-for-tests: $(VENV)/ready tests/requirements.txt
	@$(RUN) -m pip install --quiet --quiet --disable-pip-version-check --requirement tests/requirements.txt
	@touch $@

python:
	@if [ -z "$(PYTHON)" ]; then \
	  echo "Python 3.11 to 3.14 is needed and was not found. On Debian or Ubuntu: sudo apt-get install python3 python3-venv" >&2; exit 1; fi
	@"$(PYTHON)" -c '$(SUPPORTED)' 2>/dev/null || { \
	  echo "$(PYTHON) is not a Python 3.11 to 3.14. Name another: make demo PYTHON=python3.12" >&2; exit 1; }
	@"$(PYTHON)" -c 'import ensurepip, venv' 2>/dev/null || { \
	  echo "Python's venv module is missing. On Debian or Ubuntu: sudo apt-get install python3-venv" >&2; exit 1; }

test: $(VENV)/ready-for-tests browser
	@$(RUN) -m pytest --numprocesses auto --maxprocesses 4 --dist loadfile

browser:
	@.ci/browser

lint: $(VENV)/ready-for-tests
	@$(RUN) -m ruff check .
	@$(RUN) -m ruff format --check .
	@$(MANAGE) makemigrations --check --dry-run
	@$(RUN) -m mypy

clean:
	rm -rf $(VENV)
