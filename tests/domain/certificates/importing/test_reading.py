"""One annex in every format and encoding is one annex."""

from datetime import date

import pytest

from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.importing.reading import OptionUnreadable, read_given, read_list, sha256_of
from shop.domain.certificates.naming import comparable
from tests.domain.certificates.annexes.builder import AnnexBuilder, certified_rows
from tests.domain.certificates.sheets.workbook_writer import write_csv, write_ods, write_xlsx

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
def test_read_list_reads_one_annex_from_every_kind_of_file(tmp_path, kind, seed):
    merges, write = WRITERS[kind]
    built = AnnexBuilder(seed, ROWS, merges=merges).build()
    if "cp1258" in kind:
        built.sheet.rows = [
            [c.translate(NOT_IN_CP1258) if isinstance(c, str) else c for c in cells] for cells in built.sheet.rows
        ]

    # The name lies about the kind: files are recognised by content.
    path = write(tmp_path / f"{kind.replace(' ', '-')}.dat", built.sheet)
    annex = read_list(path=path, given=Given(), today=TODAY)

    found = [(e.row, comparable(e.product_name), comparable(e.producer_name), e.stars) for e in annex.entries]
    assert found == [(row.row, comparable(row.product), comparable(row.producer), row.stars) for row in built.rows]
    assert {(e.number, e.signed_on) for e in annex.entries} == {(built.number, built.signed_on)}


def test_read_list_says_why_a_file_is_refused(tmp_path):
    path = tmp_path / "list.xlsx"
    path.write_bytes(b"%PDF-1.7")

    annex = read_list(path=path, given=Given(), today=TODAY)

    assert annex.entries == []
    assert [(problem.code, problem.row, problem.is_error) for problem in annex.problems] == [("not_a_list", None, True)]


def test_read_given_spells_options_as_the_registry_does():
    given = read_given(
        options={
            "authority": "Ủy ban nhân dân tỉnh Lâm Đồng",
            "number": "Số 3981/QÐ-UBND",
            "signed_on": "05/8/2026",
            "stars": "3",
            "province": None,
            "sheet": " ",
        }
    )

    assert given == Given(authority="UBND tỉnh Lâm Đồng", number="3981/QĐ-UBND", signed_on=date(2026, 8, 5), stars=3)


@pytest.mark.parametrize("options", [{"stars": "2"}, {"stars": "x"}, {"number": "3981"}, {"signed_on": "20.12"}])
def test_read_given_refuses_what_it_cannot_understand(options):
    with pytest.raises(OptionUnreadable):
        read_given(options=options)


def test_sha256_of_tells_two_files_apart(tmp_path):
    tea, honey = tmp_path / "tea", tmp_path / "honey"
    tea.write_bytes(b"tea")
    honey.write_bytes(b"honey")

    assert sha256_of(tea) != sha256_of(honey)
    assert len(sha256_of(tea)) == 64
