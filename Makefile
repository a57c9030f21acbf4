# `make run` opens the shop, `make test` proves it, `make bench` says what it costs. Python 3.11 and make are all they need.
PYTHON ?= python3.11
BOOTSTRAP = command -v $(PYTHON) >/dev/null || { echo "✗ $(PYTHON) is missing: install Python 3.11, or say PYTHON=…"; exit 1; }; \
	$(PYTHON) shop/running/bootstrap.py
BIN = .venv/bin

.PHONY: run test prove soak bench lint environment locks

# PORT=8010 VAR_DIR=/somewhere make run: several shops at once.
run:
	@$(BOOTSTRAP) run && exec $(BIN)/python manage.py run --end-with-parent

environment:
	@$(BOOTSTRAP) dev

test: lint
	@$(BIN)/pytest -n 2 --dist loadscope

# Breaks the shop on purpose, with and without its guards, on servers of its own; three minutes on two idle cores.
prove: environment
	@$(BIN)/python -m tests.proving

# The same for long, then 10,000 spoilt lists. ROUNDS=3 MINUTES=30 MUTANTS=500 make soak: less of it.
soak: environment
	@$(BIN)/python -m tests.proving.soaking

# BENCH=small make bench: a quick look.
bench: environment
	@exec $(BIN)/python manage.py bench --size $(or $(BENCH),full)

lint: environment
	@$(BIN)/python manage.py compile_translations
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/lint-imports
	$(BIN)/mypy
	$(BIN)/djlint templates --lint --quiet
	$(BIN)/python manage.py check --fail-level WARNING
	$(BIN)/python manage.py makemigrations --check --dry-run

# After a change of requirements/*.in.
locks: environment
	for lock in uv base run dev; do \
		$(BIN)/uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-header \
			requirements/$$lock.in -o requirements/$$lock.txt || exit 1; \
	done
