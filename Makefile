# 'make site' builds the website, 'make test' and 'make test-long' run what CI runs. They set up what is missing.

PYTHON ?=
UV ?=
export PYTHON UV
BIN := .venv/bin
LOCK = $(or $(UV),uv) pip compile --quiet --universal --generate-hashes --python-version 3.11 --no-annotate \
	--custom-compile-command 'make lock' $(if $(UPGRADE),--upgrade)
AUDIT := build/audit/bin
BIOME := @biomejs/biome@2.6.8
PYTEST = $(BIN)/python -m pytest --numprocesses 2 --dist loadfile

.PHONY: help site serve check test test-long lint-web setup setup-tests bench bench-page fuzz clients lock audit clean

help:  ## list the targets
	@grep -E '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/'

site: setup  ## check the corpus and build the website into site/
	$(BIN)/xinyong site $(SITE_OPTIONS)

serve: setup  ## serve a live preview at http://127.0.0.1:8000/; what is saved is seen at once
	$(BIN)/xinyong serve

check: setup  ## check the corpus only
	$(BIN)/xinyong check

test: setup-tests  ## check style, types, rooms, corpus and site, and run the tests that take minutes
	PYTHON=$(BIN)/python tests/browser/find-browser
	$(BIN)/ruff format --check scripts tests
	$(BIN)/ruff check scripts tests
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/xinyong fmt --check
	$(BIN)/xinyong schema --check
	$(BIN)/xinyong site $(SITE_OPTIONS)
	$(PYTEST) $(if $(COVER),--cov)

test-long: setup-tests  ## run the tests that take long by nature: kills, odd records, set-up from nothing
	$(PYTEST) -m long --hypothesis-profile long

lint-web:  ## check style and layout of scripts and styles with biome; needs node
	@if command -v npx >/dev/null; then npx --yes $(BIOME) ci; else echo "lint-web: not checked, there is no npx"; fi

bench: setup-tests  ## measure the build against other generators, with 1,000 and 10,000 generated records
	$(BIN)/python tests/bench/compare.py $(BENCH_OPTIONS)

bench-page: setup-tests  ## write what 'make bench' found into the page Scale
	$(BIN)/python tests/bench/scale_page.py

fuzz: setup-tests  ## try odd records with every command for ten minutes, then all made examples, four times as many
	PYTHONPATH=tests OPENBLAS_NUM_THREADS=1 $(BIN)/python -m fuzz.run
	$(PYTEST) -m hypothesis --hypothesis-profile long

clients: site  ## open the built site with the clients that people use, their newest versions; CLIENTS names some
	$(BIN)/python tests/clients/run.py $(CLIENTS)

setup:  ## set up the program in .venv, which the other targets do of themselves
	@scripts/set-up

setup-tests:  ## set up what the tests need beside it
	@scripts/set-up requirements-test.txt

lock:  ## write both locks anew for all platforms (needs uv); with UPGRADE=1, from the newest versions
	$(LOCK) pyproject.toml --all-extras --fork-strategy fewest --output-file requirements.txt
	$(LOCK) pyproject.toml --all-extras --group dev --constraint requirements.txt --output-file requirements-test.txt \
		$$(sed -n 's/^\([a-z0-9.-]*\)==.*/--no-emit-package \1/p' requirements.txt)
	$(LOCK) --group audit --output-file .github/audit.txt
	echo uv | $(LOCK) - --output-file .github/uv.txt

audit: setup  ## write licences and an SBOM of what is installed into build/, and ask for known weaknesses
	$(BIN)/python -m venv build/audit
	$(AUDIT)/pip install --quiet --no-deps --require-hashes -r .github/audit.txt
	$(AUDIT)/pip-licenses --python $(BIN)/python --format markdown --order license --output-file build/licences.md
	$(AUDIT)/cyclonedx-py environment --output-reproducible --pyproject pyproject.toml \
		--output-file build/sbom.json $(BIN)/python
	$(AUDIT)/pip-audit --disable-pip --require-hashes -r requirements.txt -r requirements-test.txt

clean:  ## remove what was built; the records stay
	rm -rf .venv site build .cache/xinyong .pytest_cache .mypy_cache .ruff_cache .coverage
