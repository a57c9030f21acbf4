"""One annex in every format and encoding is one annex."""

from datetime import date

import pytest

from shop.domain.certificates.annexes.annex import read_annex
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.naming import comparable
from shop.domain.certificates.sheets.isolation import read_sheets
from tests.domain.certificates.sheets.workbook_writer import write_csv, write_ods, write_xlsx

from .builder import AnnexBuilder, certified_rows

TODAY = date(2026, 11, 23)
ROWS = certified_rows()
WRITERS = {
    "xlsx": (True, write_xlsx),
    "ods": (False, write_ods),
    "csv utf-8 with mark ;": (False, write_csv),
    "csv utf-8 ,": (False, lambda path, sheet: write_csv(path, sheet, separator=",", encoding="utf-8")),
    "csv utf-16 tab": (False, lambda path, sheet: write_csv(path, sheet, separator="\t", encoding="utf-16")),
    "csv utf-16-le ;": (False, lambda path, sheet: write_csv(path, sheet, encoding="utf-16-le")),
    "csv utf-16-be ,": (False, lambda path, sheet: write_csv(path, sheet, separator=",", encoding="utf-16-be")),
    "csv cp1258 ;": (False, lambda path, sheet: write_csv(path, sheet, encoding="cp1258")),
    "csv cp1258 ,": (False, lambda path, sheet: write_csv(path, sheet, separator=",", encoding="cp1258")),
}
# Characters that Windows' Vietnamese code page does not have.
NOT_IN_CP1258 = str.maketrans({"Ð": "Đ", "★": "*", "–": "-", "’": "'", "“": '"', "”": '"'})


@pytest.mark.parametrize("kind", WRITERS)
@pytest.mark.parametrize("seed", range(6))
def test_read_annex_reads_one_annex_from_every_kind_of_file(tmp_path, kind, seed):
    merges, write = WRITERS[kind]
    built = AnnexBuilder(seed, ROWS, merges=merges).build()
    if "cp1258" in kind:
        built.sheet.rows = [
            [c.translate(NOT_IN_CP1258) if isinstance(c, str) else c for c in cells] for cells in built.sheet.rows
        ]

    # The name lies about the kind: files are recognised by content.
    sheets = read_sheets(path=write(tmp_path / f"{kind.replace(' ', '-')}.dat", built.sheet))
    annex = read_annex(sheets=sheets, given=Given(), today=TODAY)

    found = [(e.row, comparable(e.product_name), comparable(e.producer_name), e.stars) for e in annex.entries]
    assert found == [(row.row, comparable(row.product), comparable(row.producer), row.stars) for row in built.rows]
    assert {(e.number, e.signed_on) for e in annex.entries} == {(built.number, built.signed_on)}
