# Two commands: `make demo` and `make test`. Everything else is for whoever works on farbank itself.
PYTHON ?= python3
BIN := .venv/bin

.PHONY: demo test soak lint types house docs bench peers lock check-python clean

demo: .venv/base
	$(BIN)/farbank demo --out out

test: .venv/dev
	$(BIN)/pytest --numprocesses 2 --dist worksteal

soak: .venv/dev
	FARBANK_KILLS=1000 $(BIN)/pytest tests/faults tests/vault/test_people.py

lint: .venv/dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .

types: .venv/dev
	$(BIN)/mypy

house: .venv/dev
	$(BIN)/lint-imports

docs: .venv/dev
	$(BIN)/python scripts/reference.py --check

bench: .venv/dev .venv-peers/ready
	PYTHONPATH=. $(BIN)/python scripts/figures.py

peers: .venv-peers/ready

lock: .venv/dev
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --output-file lock/base.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --extra dev --output-file lock/dev.txt pyproject.toml
	$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-emit-find-links --output-file lock/peers.txt lock/peers.in

check-python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "farbank needs Python 3.11 or newer; say which with: make demo PYTHON=python3.11"; exit 1; }

.venv/base: lock/base.txt pyproject.toml | check-python
	$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/base.txt
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --editable .
	touch $@

.venv/dev: lock/dev.txt .venv/base
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/dev.txt
	touch $@

.venv-peers/ready: lock/peers.txt | check-python
	$(PYTHON) -m venv --clear .venv-peers
	.venv-peers/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r lock/peers.txt
	touch $@

clean:
	rm -rf .venv .venv-peers out
