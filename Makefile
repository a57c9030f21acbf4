# `make run` opens the shop, `make test` proves it, `make bench` says what it costs. Python 3.11 and make are all they need.
PYTHON ?= python3.11
BOOTSTRAP = command -v $(PYTHON) >/dev/null || { echo "✗ $(PYTHON) is missing: install Python 3.11, or say PYTHON=…"; exit 1; }; \
	$(PYTHON) shop/running/bootstrap.py
BIN = .venv/bin
# Some machines forbid Python to keep what it compiled; every process would then compile 1,600 files anew, two seconds long.
export PYTHONDONTWRITEBYTECODE =

.PHONY: run test prove soak bench lint environment locks mutants

# PORT=8010 VAR_DIR=/somewhere make run: several shops at once.
run:
	@$(BOOTSTRAP) run && exec $(BIN)/python manage.py run --end-with-parent

environment:
	@$(BOOTSTRAP) dev

test: lint
	@$(BIN)/pytest -n 2 --dist worksteal

# Breaks the shop on purpose, with and without its guards, on servers of its own; three minutes on two idle cores.
prove: environment
	@$(BIN)/python -m tests.proving

# The same for long, then 10,000 spoilt lists, random steps of orders, 200 orders whose every report of Stripe comes three times,
# and the balances of 1,000 mixed orders reckoned from outside.
# ROUNDS=3 MINUTES=30 MUTANTS=500 STEPS=500 ORDERS=100 make soak: less.
STEPS ?= 10000
ORDERS ?= 1000
REPORTED ?= 200
soak: environment
	@$(BIN)/python -m tests.proving.soaking
	@ORDER_MACHINE_STEPS=$(STEPS) $(BIN)/pytest -q -s tests/journeys/test_order_machine.py -k "stays_sound"
	@REPORTED_ORDERS=$(REPORTED) $(BIN)/pytest -q tests/races/test_card_reports.py -k "each_payment"
	@BALANCE_ORDERS=$(ORDERS) $(BIN)/pytest -q tests/journeys/test_balances_from_outside.py

# BENCH=small make bench: a quick look. ONLY="home; search" make bench: these rows.
bench: environment
	@exec $(BIN)/python manage.py bench --size $(or $(BENCH),full) --only "$(ONLY)"

# Which small mistakes do the tests not notice (docs/mutation.md)? MODULES=stock make mutants: one of them.
MODULES ?= stock ordering listings certificates ledger payments payouts vouchers returns
MUTANTS_NOTICED_BY_stock = tests/domain/stock tests/domain/parcels tests/domain/ordering
MUTANTS_NOTICED_BY_ordering = tests/domain/ordering tests/domain/parcels tests/domain/vouchers tests/domain/payments/providers \
	tests/web/storefront/checkout tests/web/storefront/own tests/web/office_desk/money tests/web/office_desk/test_returns.py \
	tests/web/callbacks
MUTANTS_NOTICED_BY_listings = tests/domain/listings tests/domain/ordering/test_producer_stops.py tests/domain/ordering/test_placing.py \
	tests/web/producer_desk/test_listings.py tests/web/producer_desk/test_listing_texts.py tests/web/office_desk/test_moderation.py \
	tests/web/storefront/test_search.py tests/web/storefront/test_browsing.py
MUTANTS_NOTICED_BY_ledger = tests/domain/ledger tests/domain/ordering/test_refunding.py tests/domain/ordering/test_delivering.py \
	tests/domain/ordering/test_closing.py tests/domain/ordering/test_stripe_news.py tests/domain/ordering/test_return_deciding.py \
	tests/web/office_desk/books/test_books.py tests/web/producer_desk/test_invoices.py
MUTANTS_NOTICED_BY_payments = tests/domain/payments tests/domain/ordering/test_paying.py tests/domain/ordering/test_refunding.py \
	tests/domain/ordering/test_transfers.py tests/domain/ordering/test_stripe_news.py tests/web/callbacks tests/web/office_desk/money
MUTANTS_NOTICED_BY_certificates = tests/domain/certificates tests/domain/listings tests/domain/ordering/test_certificate_stops.py \
	tests/domain/ordering/test_held_parcels.py tests/web/office_desk/test_certificates.py tests/web/office_desk/test_imports.py \
	tests/web/office_desk/test_certificates_in_bulk.py tests/web/storefront/test_checking.py tests/web/storefront/test_registry.py
MUTANTS_NOTICED_BY_payouts = tests/domain/payouts tests/web/office_desk/payouts tests/web/producer_desk/test_payouts.py
MUTANTS_NOTICED_BY_vouchers = tests/domain/vouchers tests/web/storefront/checkout/test_voucher.py tests/web/office_desk/vouchers \
	tests/web/producer_desk/test_vouchers.py
MUTANTS_NOTICED_BY_returns = tests/domain/returns tests/domain/ordering/test_returning.py tests/domain/ordering/test_return_deciding.py \
	tests/domain/ordering/test_return_clock.py tests/web/storefront/checkout/test_giving_back.py tests/web/office_desk/test_returns.py \
	tests/web/producer_desk/test_returns.py
mutants: environment
	@$(foreach module,$(MODULES),$(BIN)/pytest -q -p tests.mutation.plugin --mutate shop/domain/$(module) $(MUTANTS_NOTICED_BY_$(module)) &&) true

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
