# Two commands do all the set-up: `make run` and `make test`. README.md has the Windows lines.
PYTHON ?= python3.11
BIN := .venv/bin
PORT ?= 8501
EVENT ?= dong-nai-2022
RATE ?= 2

NPM := PATH="$(CURDIR)/$(BIN):$$PATH" npm --silent

.PHONY: run test check test-long bench mutants rehearse event programs lint contact-sheet

run: .venv/run.stamp
	$(BIN)/streamlit run app.py --server.port $(PORT)

test: .venv/test.stamp programs lint
	$(NPM) test
	$(BIN)/python -m pytest -n 3 --dist loadfile --cov --cov-report=term-missing:skip-covered --cov-fail-under=99

# What is quick enough to run after each change: all that needs no browser, on SQLite alone.
check: lint
	$(BIN)/python -m pytest -q -n 2 --dist loadfile tests --ignore tests/browser --ignore tests/load -k "not postgresql"

# What takes many minutes more: each page of each role in a browser, in every size.
test-long: .venv/test.stamp programs
	$(BIN)/python -m pytest -m long

lint: .venv/test.stamp node_modules/.stamp
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy .
	$(BIN)/lint-imports
	$(BIN)/bandit -q -c pyproject.toml -r .
	$(NPM) run lint

bench: .venv/test.stamp programs
	$(BIN)/python -m tests.load.benchmarks

# How many small mistakes in the rules, and in what writes, the tests find: see docs/mutants.md.
mutants: .venv/test.stamp
	rm -rf mutants
	$(BIN)/python tests/mutants.py

# Every scene of the projector on every size, in both languages, as one picture; and
# the charts, and the review, as others.
contact-sheet: .venv/test.stamp programs
	CONTACT_SHEET=1 $(BIN)/python -m pytest -m long tests/browser/hall/test_stage.py tests/browser/participation/test_participation.py tests/browser/review/test_review.py -k "last_row or contact_sheet"

rehearse: .venv/run.stamp
	$(BIN)/python -m rehearsal $(EVENT) --rate $(RATE) --url http://localhost:$(PORT)

event: .venv/run.stamp
	$(BIN)/python -m manage load-event $(FILE)

programs: .venv/test.stamp
	$(BIN)/python -m tests.programs

.venv/bin/python:
	$(PYTHON) -m venv .venv || python3 -m venv .venv

.venv/run.stamp: requirements.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements.txt
	touch $@

.venv/test.stamp: requirements.txt requirements-dev.txt | .venv/bin/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check -r requirements-dev.txt
	touch $@ .venv/run.stamp

# Node comes with the wheel; what checks the scripts comes with npm.
node_modules/.stamp: package.json package-lock.json .npmrc | .venv/test.stamp
	$(NPM) ci
	touch $@
