# 'make site' builds the website, 'make test' runs everything that CI runs. Both set up what is missing.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready

.PHONY: help site test serve check setup lock bench fuzz clean

help:  ## list the targets
	@grep -E '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

site: $(READY)  ## check the corpus and build the website into site/
	$(BIN)/xinyong site

serve: $(READY)  ## serve a live preview at http://127.0.0.1:8000/; what is saved is seen at once
	$(BIN)/xinyong serve

check: $(READY)  ## check the corpus only
	$(BIN)/xinyong check

test: $(READY)  ## run all that CI runs: style, types, rooms, corpus, site, tests
	PYTHON=$(BIN)/python tests/browser/find-browser
	$(BIN)/ruff format --check scripts tests
	$(BIN)/ruff check scripts tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/xinyong fmt --check
	$(BIN)/xinyong schema --check
	$(BIN)/xinyong site
	$(BIN)/pytest --cov

bench: $(READY)  ## measure the build against plain mkdocs-material, with 1,000 generated records
	$(BIN)/python tests/bench/compare.py

fuzz: $(READY)  ## try 20,000 odd records with every command, for ten minutes
	PYTHONPATH=tests OPENBLAS_NUM_THREADS=1 $(BIN)/python -m fuzz.run

setup: $(READY)  ## set up the program in .venv, which the other targets do of themselves

$(READY): requirements.txt pyproject.toml
	@echo "setting up .venv, once; this takes a minute or two"
	$(PYTHON) -m venv $(VENV)
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements.txt
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	touch $@

lock:  ## make requirements.txt anew, for all platforms (needs uv)
	uv pip compile --universal --generate-hashes --python-version 3.11 --group dev pyproject.toml \
		--no-annotate --custom-compile-command 'make lock' -o requirements.txt

clean:  ## remove what was built; the records stay
	rm -rf $(VENV) site build .pytest_cache .mypy_cache .ruff_cache .coverage
