# Two commands do all the set-up: `make demo` (the main job on the seed article) and `make test`.

VENV := .venv
BIN := $(VENV)/bin
FITS := import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 14))
PYTHON ?= $(shell for python in python3.11 python3.12 python3.13 python3; do \
	$$python -c "$(FITS)" 2>/dev/null && { echo $$python; break; }; done)
DEMO_PORT ?= 8377
PIP := $(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help install install-dev demo test lint bench clean browser
.DEFAULT_GOAL := help

help:
	@echo "make demo     the whole loop on the seed article: label, Label Studio, three annotators, agreement report"
	@echo "make test     lint, type-check and test everything"
	@echo "make bench    measure speed, memory and scores (DATA=folder with gold files)"
	@echo "make install  only the package, into $(VENV)"
	@echo "make lint     only ruff, mypy and the import rules"

install: $(VENV)/installed
install-dev: $(VENV)/installed-dev

$(BIN)/python:
	@test -n "$(PYTHON)" || { echo "onrecord needs Python 3.11, 3.12 or 3.13, and none is on the PATH."; \
		echo "Fix: install one, or name it: make PYTHON=/path/to/python3.11 $(MAKECMDGOALS)"; exit 1; }
	$(PYTHON) -m venv $(VENV)

$(VENV)/installed: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) --editable .
	@touch $@

# torch first and by its exact version, so that nothing that depends on it picks another build
$(VENV)/installed-dev: pyproject.toml constraints.txt | $(BIN)/python
	$(PIP) torch==2.13.0
	$(PIP) --editable '.[torch,dev]'
	@touch $@ $(VENV)/installed

# The whole loop on the seed article, with a Label Studio of its own in .studio (about 1 GB, downloaded once)
demo: export ONRECORD_STUDIO_HOME := .studio
demo: install
	$(BIN)/onrecord label seeds/seed.txt --config configs/seed.yaml --out runs/demo
	$(BIN)/onrecord show runs/demo
	$(BIN)/onrecord show runs/demo --html runs/demo.html
	$(BIN)/onrecord studio start --port $(DEMO_PORT)
	$(BIN)/onrecord push runs/demo --project "onrecord demo" --config configs/seed.yaml
	$(BIN)/onrecord annotators post seeds/annotations.csv --run runs/demo
	$(BIN)/onrecord pull runs/demo
	$(BIN)/onrecord status runs/demo
	$(BIN)/onrecord report runs/demo --out runs/demo-report
	$(BIN)/onrecord studio stop
	@echo "To label the seed yourself: ONRECORD_STUDIO_HOME=.studio $(BIN)/onrecord studio start"
	@$(BIN)/python -c "import os, webbrowser; \
		screen = os.environ.get('DISPLAY') or os.environ.get('WAYLAND_DISPLAY') or os.uname().sysname == 'Darwin'; \
		screen and [webbrowser.open('file://' + os.path.realpath(page)) for page in ('runs/demo.html', 'runs/demo-report/report.html')]"

lint: install-dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports

test: install-dev browser lint
	$(BIN)/pytest --numprocesses 3 --dist worksteal

bench: install-dev
	$(BIN)/pytest tests/bench -m bench --data "$(DATA)" -s

browser:
	@command -v chromium chromium-browser google-chrome >/dev/null && exit 0; \
	if command -v apt-get >/dev/null && [ "$$(id -u)" = 0 ]; then \
		apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; \
	elif command -v apt-get >/dev/null && sudo -n true 2>/dev/null; then \
		sudo apt-get update -qq && sudo apt-get install -y -qq --no-install-recommends chromium fonts-dejavu-core; \
	else \
		echo "The browser tests need Chromium, and it cannot be installed from here."; \
		echo "Fix: install it (Debian: sudo apt-get install chromium), or leave them out: ONRECORD_NO_BROWSER=1 make test"; \
		[ -n "$$ONRECORD_NO_BROWSER" ]; \
	fi

clean:
	rm -rf $(VENV) build *.egg-info .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
