"""Hostile files end in a refusal with a reason, soon and small; nothing else happens."""

import io
import random
import subprocess
import sys
import time
import zipfile

import pytest
from django.conf import settings

from shop.domain.certificates.annexes.problems import ERRORS
from shop.domain.certificates.sheets.grid import FileRefused, Sheet
from shop.domain.certificates.sheets.isolation import read_sheets

from .workbook_writer import CONTENT_END, CONTENT_START, write_archive, write_csv, write_ods, write_xlsx

DECISIONS = sorted((settings.BASE_DIR / "shop" / "demo" / "data" / "decisions").iterdir())
TABLE = Sheet("Phụ lục", [["TT", "Tên sản phẩm", "Chủ thể"], [1.0, "Mật ong", "HTX Ong Vàng"]])


def refusal_of(path):
    with pytest.raises(FileRefused) as refused:
        read_sheets(path=path)
    return refused.value.code


def parts_of(path):
    with zipfile.ZipFile(path) as archive:
        return {entry.filename: archive.read(entry) for entry in archive.infolist()}


def test_read_sheets_refuses_a_bomb_before_inflating_it(tmp_path):
    parts = parts_of(write_xlsx(tmp_path / "list.xlsx", TABLE))
    bomb = write_archive(tmp_path / "bomb.xlsx", {**parts, "xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 200_000_000})

    started = time.monotonic()
    assert refusal_of(bomb) == "archive_bomb"
    assert time.monotonic() - started < 30


def test_read_sheets_refuses_names_that_leave_the_archive(tmp_path):
    parts = parts_of(write_xlsx(tmp_path / "list.xlsx", TABLE))

    assert refusal_of(write_archive(tmp_path / "a.xlsx", {**parts, "../../etc/cron.d/x": b"x"})) == "archive_path"
    assert refusal_of(write_archive(tmp_path / "b.xlsx", {**parts, "/etc/passwd": b"x"})) == "archive_path"
    assert refusal_of(write_archive(tmp_path / "c.xlsx", {**parts, "xl\\..\\x": b"x"})) == "archive_path"


@pytest.mark.parametrize(
    "declaration", ['<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>', '<!DOCTYPE a [<!ENTITY b "bbbb">]>']
)
def test_read_sheets_refuses_document_types(tmp_path, declaration):
    parts = parts_of(write_xlsx(tmp_path / "list.xlsx", TABLE))
    sheet = parts["xl/worksheets/sheet1.xml"].decode()
    xlsx = write_archive(tmp_path / "a.xlsx", {**parts, "xl/worksheets/sheet1.xml": f"<?xml version='1.0'?>{declaration}{sheet}"})
    content = CONTENT_START.replace("?>", f"?>{declaration}", 1) + CONTENT_END
    ods = write_archive(
        tmp_path / "a.ods", {"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": content}
    )

    assert (refusal_of(xlsx), refusal_of(ods)) == ("document_type", "document_type")


def test_read_sheets_refuses_a_million_rows(tmp_path):
    lines = tmp_path / "rows.csv"
    lines.write_text("TT,Tên sản phẩm,Chủ thể\n" + "1,Mật ong,A\n" * 1_000_000, encoding="utf-8")
    parts = parts_of(write_xlsx(tmp_path / "list.xlsx", TABLE))
    rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, 1_000_001))
    sheet = (
        b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        + rows
        + b"</sheetData></worksheet>"
    )
    xlsx = write_archive(tmp_path / "rows.xlsx", {**parts, "xl/worksheets/sheet1.xml": sheet})

    started = time.monotonic()
    assert refusal_of(lines) == "too_many_rows"
    assert refusal_of(xlsx) in {"too_many_rows", "archive_bomb"}
    assert time.monotonic() - started < 30


def test_read_sheets_refuses_a_sheet_that_is_nearly_empty_and_endless(tmp_path):
    far = Sheet("Phụ lục", TABLE.rows)
    path = write_xlsx(tmp_path / "far.xlsx", far)
    parts = parts_of(path)
    cell = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"].replace(b"</sheetData>", cell)

    assert refusal_of(write_archive(tmp_path / "far2.xlsx", parts)) in {"too_many_rows", "too_much_memory"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "file_empty"),
        (b"\x00" * 100, "file_empty"),
        (b"%PDF-1.7 ...", "not_a_list"),
        (b"<html><table><tr><td>x</td></tr></table></html>", "not_a_list"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "not_a_list"),
        (bytes(range(256)) * 20, "encoding_unknown"),
        (b"PK\x03\x04 not an archive", "damaged"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600, "damaged"),
        ('TT;Tên sản phẩm\n1;"Mật ong\n2;Chè\n'.encode(), "quotes_open"),
        (b"TT;T\x8ay\x9d\n", "encoding_unknown"),
    ],
)
def test_read_sheets_refuses_what_is_no_list(tmp_path, content, code):
    path = tmp_path / "list.xlsx"
    path.write_bytes(content)

    assert refusal_of(path) == code


def test_read_sheets_refuses_a_missing_file(tmp_path):
    assert refusal_of(tmp_path / "none.xlsx") == "file_not_found"
    assert refusal_of(tmp_path) == "file_not_found"


def test_read_sheets_finds_formulas_of_every_kind(tmp_path):
    sheet = Sheet("Phụ lục", [["TT", "Tên sản phẩm"], [1.0, "Mật ong"], ["=A2+1", '=HYPERLINK("http://x")']])
    old = settings.BASE_DIR / "tests" / "domain" / "certificates" / "sheets" / "lists" / "lam-dong.xls"

    assert read_sheets(path=write_xlsx(tmp_path / "a.xlsx", sheet))[0].formulas == {(2, 0), (2, 1)}
    assert read_sheets(path=write_ods(tmp_path / "a.ods", sheet))[0].formulas == {(2, 0), (2, 1)}
    assert [found.formulas for found in read_sheets(path=old)] == [set(), {(1, 0), (1, 3)}]


def test_read_sheets_reads_the_same_rows_from_xls_and_xlsx():
    old = read_sheets(path=settings.BASE_DIR / "tests" / "domain" / "certificates" / "sheets" / "lists" / "lam-dong.xls")[0]
    new = read_sheets(path=settings.BASE_DIR / "shop" / "demo" / "data" / "decisions" / "lam-dong-3981-qd-ubnd.xlsx")[0]

    assert old.rows == new.rows
    assert sorted(old.merged) == sorted(new.merged)


def test_read_sheets_numbers_rows_as_people_see_them(tmp_path):
    rows = [[], [], ["Kèm theo Quyết định số 1/QĐ-UBND"], [], *TABLE.rows]
    sheet = Sheet("Phụ lục", [cells + [None] * (3 - len(cells)) for cells in rows])

    for path in (
        write_xlsx(tmp_path / "a.xlsx", sheet),
        write_ods(tmp_path / "a.ods", sheet),
        write_csv(tmp_path / "a.csv", sheet),
    ):
        assert read_sheets(path=path)[0].rows[5][1] == "Mật ong"


def test_read_sheets_drops_nulls_that_no_database_keeps(tmp_path):
    parts = parts_of(write_xlsx(tmp_path / "list.xlsx", TABLE))
    spoilt = {name: content.replace(b"HTX Ong", b"HTX\0 Ong") for name, content in parts.items()}
    assert spoilt != parts

    (sheet,) = read_sheets(path=write_archive(tmp_path / "nulls.xlsx", spoilt))

    assert sheet.rows[1][2] == "HTX Ong Vàng"


def mutant_of(path, dice):
    """The file with some bits turned, cut short, with a piece doubled, or with shuffled parts."""
    data = bytearray(path.read_bytes())
    act = dice.choice(("bits", "cut", "double", "zeros", "parts"))
    if act == "parts" and path.suffix == ".xlsx":
        return shuffled_parts(path, dice)
    if act == "cut":
        return bytes(data[: dice.randrange(len(data))])
    place = dice.randrange(len(data))
    if act == "double":
        return bytes(data[:place] + data[place : place + 64] + data[place:])
    if act == "zeros":
        data[place : place + 8] = bytes(min(8, len(data) - place))
        return bytes(data)
    for _turn in range(dice.randint(1, 8)):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def shuffled_parts(path, dice):
    """A well-formed archive whose sheet has other merged ranges and other letters."""
    parts = parts_of(path)
    name = "xl/worksheets/sheet1.xml"
    sheet = bytearray(parts[name])
    for _turn in range(dice.randint(1, 6)):
        digits = [place for place, letter in enumerate(sheet) if 0x30 <= letter <= 0x39]
        sheet[dice.choice(digits)] = dice.choice(b"0123456789")
    content = io.BytesIO()
    write_archive(content, {**parts, name: bytes(sheet)})
    return content.getvalue()


def test_read_sheets_survives_mutants_of_real_lists(tmp_path):
    dice = random.Random(377)  # noqa: S311 -- the same mutants every time
    path = tmp_path / "mutant"
    reasons = []
    for number in range(60):
        path.write_bytes(mutant_of(DECISIONS[number % len(DECISIONS)], dice))
        try:
            read_sheets(path=path)
        except FileRefused as refusal:
            reasons.append(refusal.code)

    assert set(reasons) <= set(ERRORS)


def test_read_sheets_stays_under_its_memory_limit(tmp_path):
    """Measured from a process of its own: a forked child counts its parent's pages as its own."""
    lines = tmp_path / "rows.csv"
    lines.write_text("TT,Tên sản phẩm,Chủ thể\n" + "1,Mật ong,A\n" * 1_000_000, encoding="utf-8")
    measure = (
        "import resource, sys; sys.path.insert(0, sys.argv[1]); from pathlib import Path\n"
        "from shop.domain.certificates.sheets.isolation import read_sheets, FileRefused\n"
        "try: read_sheets(path=Path(sys.argv[2]))\n"
        "except FileRefused as refusal: print(refusal.code, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measure, str(settings.BASE_DIR), str(lines)], capture_output=True, text=True, check=True
    )

    code, kilobytes = done.stdout.split()
    assert code == "too_many_rows"
    assert int(kilobytes) < 512 * 1024
