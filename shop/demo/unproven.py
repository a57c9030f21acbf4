"""Rows of our sources that call a product certified without proving it."""

import csv

from shop.common.places.lookup import find_province
from shop.common.vietnamese import fold
from shop.domain.certificates.models import UnprovenEntry

from .offerings import DATA

SOURCE_FILE = "certified_products.csv"
PROOF = ("stars", "decision_no", "decision_date", "producer_name")
# Its own source marks this row UNVERIFIED.
UNVERIFIED_ROWS = frozenset({409})


def load_unproven() -> int:
    """Keep every row that lacks a proof, with its source; return how many there are."""
    entries = [_entry(number, row) for number, row in read_source() if not is_proven(number, row)]
    UnprovenEntry.objects.bulk_create(entries, ignore_conflicts=True)
    return UnprovenEntry.objects.count()


def read_source() -> list[tuple[int, dict[str, str]]]:
    """Return the rows with their numbers as a person sees them (the header is row 1)."""
    with (DATA / SOURCE_FILE).open(encoding="utf-8-sig") as lines:
        return list(enumerate(csv.DictReader(lines), start=2))


def is_proven(number: int, row: dict[str, str]) -> bool:
    """Say whether the row names star, decision, date and producer, and its source stands by it."""
    return number not in UNVERIFIED_ROWS and all(row[name] for name in PROOF)


def _entry(number: int, row: dict[str, str]) -> UnprovenEntry:
    return UnprovenEntry(
        product_name=row["product_name"],
        folded_name=fold(row["product_name"]),
        producer_name=row["producer_name"],
        place=", ".join(filter(None, (row["district_or_commune"], row["province"]))),
        province=find_province(row["province"]) if row["province"] else None,
        stars_as_printed=row["stars"],
        decision_number=row["decision_no"],
        decision_date=row["decision_date"],
        year=row["year"],
        source=row["source"],
        source_file=SOURCE_FILE,
        source_row=number,
    )
