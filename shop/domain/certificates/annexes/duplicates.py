"""Find rows that say the same product of the same producer twice."""

from ..naming import comparable, producer_key
from .entries import Entry


def natural_key(entry: Entry) -> tuple[object, ...]:
    """Return what makes an entry one certificate: decision, producer, name, and the code when one is printed."""
    return (
        entry.authority,
        entry.number,
        entry.signed_on,
        producer_key(entry.producer_name),
        comparable(entry.product_name),
        entry.product_code,
    )


def check_duplicates(entries: list[Entry]) -> None:
    """Warn of a row that repeats another; two rows that contradict each other are errors, and so is a shared code."""
    seen: dict[tuple[object, ...], Entry] = {}
    codes: dict[str, Entry] = {}
    for entry in entries:
        if not entry.product_name:
            continue
        first = seen.setdefault(natural_key(entry), entry)
        if first is not entry:
            same = (first.stars, first.issued_on, first.score) == (entry.stars, entry.issued_on, entry.score)
            entry.report("duplicate_row" if same else "duplicate_contradicts", "product", found=first.row)
            entry.repeats = first
        elif entry.product_code:
            owner = codes.setdefault(entry.product_code, entry)
            if owner is not entry:
                entry.report("duplicate_code", "product_code", found=owner.row)
