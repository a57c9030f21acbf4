"""Lists as offices send them, and imports at every stage."""

import io
from datetime import date, datetime
from itertools import count
from pathlib import Path

import openpyxl
from django.core.files.base import ContentFile

from shop.common import clock
from shop.domain.certificates.importing.keeping import take_in
from shop.domain.certificates.importing.requesting import request_apply
from shop.domain.certificates.models import ImportRun
from shop.domain.listings.import_work import work_on_next
from shop.domain.people.actor import Actor

from .people import make_officer

TITLE = "Kèm theo Quyết định số {number} ngày {day:%d/%m/%Y} của {authority}"
HEADER = ["TT", "Tên sản phẩm", "Chủ thể", "Địa chỉ", "Xếp hạng", "Điểm"]
HONEY = ("Mật ong", "HTX Ong Vàng", "xã Ninh Gia", "3 sao", 55)
TEA = ("Trà Ô long", "HTX Trà Cầu Đất", "xã Ninh Gia", "4 sao", 78)
BAD = ("Cà phê", "HTX Cà phê", "xã Ninh Gia", "4 sao", 66.5)
_numbers = count(1)


def list_bytes(*rows, number="12/QĐ-UBND", day=date(2026, 8, 5), authority="UBND tỉnh Lâm Đồng", title=None) -> bytes:
    """A workbook with a decision's title and these rows (product, producer, address, rank, score)."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Phụ lục"
    sheet.append([title if title is not None else TITLE.format(number=number, day=day, authority=authority)])
    sheet.append(HEADER)
    for place, row in enumerate(rows, start=1):
        sheet.append([place, *row])
    for cells in sheet.iter_rows():
        for cell in cells:
            cell.data_type = "s" if isinstance(cell.value, str) else cell.data_type
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def bring(content: bytes, *, officer=None, file_name="danh-sach.xlsx", now: datetime | None = None) -> ImportRun:
    """A file taken in by an officer (of the country unless one is given) and not opened yet."""
    officer = officer or make_officer()
    file = ContentFile(content, name=file_name)
    return take_in(file=file, file_name=file_name, actor=Actor(user_id=officer.pk), now=now or clock.now())


def work(now: datetime | None = None) -> None:
    """What a worker would do until nothing waits."""
    while work_on_next(clock=lambda: now or clock.now()):
        pass


def make_import(*rows, officer=None, now=None, file_name="danh-sach.xlsx", **said) -> ImportRun:
    """An import in its preview."""
    run = bring(list_bytes(*(rows or (HONEY, TEA)), **said), officer=officer, file_name=file_name, now=now)
    work(now)
    run.refresh_from_db()
    return run


def make_shipped_import(path: Path, *, officer=None, now=None) -> ImportRun:
    """A file of the disk in its preview."""
    run = bring(path.read_bytes(), officer=officer, file_name=path.name, now=now)
    work(now)
    run.refresh_from_db()
    return run


def apply(run: ImportRun, officer, *, now: datetime | None = None) -> ImportRun:
    """A preview that its officer sent on and a worker wrote into the registry."""
    run.refresh_from_db()
    actor = Actor(user_id=officer.pk)
    request_apply(run_id=run.pk, version=run.version, warnings_read=True, actor=actor, now=now or clock.now())
    work(now)
    run.refresh_from_db()
    return run


def make_applied_import(*rows, officer=None, now=None, **said) -> ImportRun:
    """An import that a worker wrote into the registry."""
    officer = officer or make_officer()
    return apply(make_import(*rows, officer=officer, now=now, **said), officer, now=now)
