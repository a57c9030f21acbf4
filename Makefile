# Two commands: `make run` opens the shop, `make test` proves it. Python 3.11 and make are all they need.
PYTHON ?= python3.11
BOOTSTRAP = command -v $(PYTHON) >/dev/null || { echo "✗ $(PYTHON) is missing: install Python 3.11, or say PYTHON=…"; exit 1; }; \
	$(PYTHON) shop/running/bootstrap.py
BIN = .venv/bin

.PHONY: run test lint environment locks

# PORT=8010 VAR_DIR=/somewhere make run: several shops at once.
run:
	@$(BOOTSTRAP) run && exec $(BIN)/python manage.py run --end-with-parent

environment:
	@$(BOOTSTRAP) dev

test: lint
	@$(BIN)/pytest -n 2 --dist loadscope

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
