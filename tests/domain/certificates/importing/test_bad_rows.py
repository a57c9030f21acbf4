"""The rows that are not written, as a list to correct and bring again."""

import io

import openpyxl
import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.annexes.problems import Problem
from shop.domain.certificates.importing.bad_rows import export_bad_rows
from shop.domain.certificates.models import ImportRow, ImportRun
from shop.domain.people.actor import Actor
from tests.factories import make_officer

pytestmark = pytest.mark.django_db
HEADINGS = [
    "TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Tỉnh", "Nhóm sản phẩm", "Xếp hạng", "Điểm", "Mã sản phẩm", "Số quyết định",
    "Ngày ký", "Ngày cấp", "Ngày hết hạn", "Cơ quan ban hành", "Cần sửa",
]  # fmt: skip
TEA = ["9", "'=Trà", "HTX Trà", *[""] * 3, "7 sao", *[""] * 7, "Không hiểu điểm «x»; cần số từ 0 đến 100; Không có tên sản phẩm"]


@pytest.fixture
def run():
    run = ImportRun.objects.create(file_name="danh-sach.xlsx", state="read", uploaded_at=clock.now())
    problems = [Problem("score_unreadable", value="x"), Problem("producer_missing"), Problem("product_missing")]
    cells = {"product": "=Trà", "producer": "HTX Trà", "stars": "7 sao"}
    rows = ((2, 9, 0, cells, problems), (1, 7, 0, {}, []), (3, 8, 1, {"product": "Sen"}, problems), (4, 6, 3, {}, []))
    for position, row, rank, texts, found in rows:
        stored = [problem.as_stored() for problem in found]
        ImportRow.objects.create(run=run, position=position, row=row, rank=rank, action="x", cells=texts, problems=stored)
    return run


def export(run, officer, *, as_text):
    return export_bad_rows(run=run, as_text=as_text, actor=Actor(user_id=officer.pk), now=clock.now())


def test_the_rows_with_errors_are_a_workbook_that_runs_nothing(run):
    officer = make_officer()

    sheet = openpyxl.load_workbook(io.BytesIO(export(run, officer, as_text=False)))["Cần sửa"]

    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == [HEADINGS, ["7", *[""] * 14], TEA]
    assert {cell.data_type for row in sheet.iter_rows() for cell in row if cell.value} == {"s"}
    assert [sheet.column_dimensions[letter].width for letter in "ABCDEO"] == [16, 32, 32, 32, 16, 32]
    told = AuditEntry.objects.get(action="import.downloaded")
    assert (told.actor_id, told.detail["what"], told.detail["rows"]) == (officer.pk, "bad_rows", 2)


def test_the_rows_with_errors_are_text_as_well(run):
    lines = export(run, make_officer(), as_text=True).decode("utf-8-sig").splitlines()

    assert (lines[0].split(","), len(lines)) == (HEADINGS, 3)
    assert lines[2].startswith("9,'=Trà,HTX Trà,,,,7 sao,")
