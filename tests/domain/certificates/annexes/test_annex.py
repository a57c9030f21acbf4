"""Annexes of every layout are read cell by cell."""

from datetime import date

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from shop.domain.certificates.annexes.annex import read_annex
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.naming import comparable

from .builder import AnnexBuilder, certified_rows

TODAY = date(2026, 11, 23)
ROWS = certified_rows()


def read(sheet, **given):
    return read_annex(sheets=[sheet], given=Given(**given), today=TODAY)


@given(seed=st.integers(min_value=0, max_value=10**9), merges=st.booleans())
@settings(max_examples=150, derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_read_annex_reads_every_cell_of_any_layout(seed, merges):
    built = AnnexBuilder(seed, ROWS, merges=merges).build()

    annex = read(built.sheet)

    found = [
        (
            entry.row,
            comparable(entry.product_name),
            comparable(entry.producer_name),
            comparable(entry.address),
            entry.group,
            entry.stars,
        )
        for entry in annex.entries
    ]
    assert found == [
        (row.row, comparable(row.product), comparable(row.producer), comparable(row.address), row.group, row.stars)
        for row in built.rows
    ]
    assert {(entry.authority, entry.number, entry.signed_on) for entry in annex.entries} == {
        (built.authority, built.number, built.signed_on)
    }
