"""Find the header of a table and say what each column holds."""

import re
from dataclasses import dataclass, field
from enum import StrEnum

from shop.common.vietnamese import fold, normalise

from ..sheets.grid import Sheet
from .stars import read_stars
from .texts import as_text

MAX_HEADER_ROWS = 3
MAX_HEADING_LENGTH = 90


class Field(StrEnum):
    """What a column may hold."""

    ORDER = "order"
    PRODUCT = "product"
    PRODUCER = "producer"
    PRODUCER_AND_ADDRESS = "producer_and_address"
    ADDRESS = "address"
    PROVINCE = "province"
    GROUP = "group"
    STARS = "stars"
    SCORE = "score"
    NUMBER = "number"
    SIGNED_ON = "signed_on"
    ISSUED_ON = "issued_on"
    EXPIRES_ON = "expires_on"
    AUTHORITY = "authority"
    PRODUCT_CODE = "product_code"
    FORM = "form"
    NOTE = "note"
    OTHER = "other"


SUBJECT = r"(?:chu the|don vi|co so|doanh nghiep|hop tac xa|htx|nha san xuat|to chuc|ca nhan|ho san xuat|ho kinh doanh|cong ty|sxkd|dn|ctcp|thuong nhan)"
UNIT = r"(?:xa|phuong|thi tran|tt|huyen|quan|thi xa|tx|thanh pho|tp|dac khu|thon|ap)"
# In this order: «Phân hạng sản phẩm» is a rank and «Nhóm sản phẩm» a group before either is a product.
PATTERNS: tuple[tuple[Field, re.Pattern[str]], ...] = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        (Field.ORDER, r"(?:s ?tt|tt|so tt|so thu tu|thu tu|no|#)"),
        (Field.OTHER, r".*\b(?:dien thoai|sdt|email|mst|ma so thue|website|hinh anh|anh|dai dien|giam doc|chuc vu|gioi tinh)\b.*"),
        (Field.OTHER, r"(?:so luong|sl|so san pham|so sp|loai hinh|quy mo|gia|quy cach|mo ta|cau chuyen|san luong|cong suat)\b.*"),
        (Field.PRODUCT_CODE, r"(?:ma|product code|code)(?: (?:so|hieu))*(?: (?:san pham|sp|ocop|ho so))*"),
        (Field.EXPIRES_ON, r".*\b(?:ket thuc|het han|het hieu luc|den ngay|hieu luc den|co gia tri den|gia tri den|valid until)\b.*"),
        (Field.EXPIRES_ON, r"(?:thoi han|hieu luc|han)\b.*"),
        (Field.ISSUED_ON, r".*\b(?:ngay|thoi gian|thoi diem)\b.*\b(?:bat dau|cap|cong nhan|chung nhan|hieu luc)\b.*"),
        (Field.ISSUED_ON, r"(?:tu ngay|issued on|ngay cap)\b.*"),
        (Field.NUMBER, r"so,? (?:va )?ngay.*(?:quyet dinh|qd).*"),
        (Field.SIGNED_ON, r"(?:ngay|ngay thang|ngay thang nam|decision date|signed on)"),
        (Field.SIGNED_ON, r"(?:ngay|thoi gian)\b.*\b(?:ky|ban hanh|qd|quyet dinh|van ban|phe duyet)\b.*"),
        (Field.AUTHORITY, r"(?:co quan|tham quyen|cap co tham quyen|authority|noi ban hanh|don vi (?:ban hanh|cong nhan|cap|ky)|chu the ban hanh)\b.*"),
        (Field.NUMBER, r"(?:so(?: hieu)?,? )?(?:ngay,? )?(?:cua )?(?:quyet dinh|qd|van ban)\b.*|so(?: hieu)? van ban|decision.*"),
        (Field.SCORE, r"(?:(?:tong|so|ket qua|muc) )*diem(?: (?:so|tb|trung binh|danh gia|cham|binh quan|hoi dong|dat|tong|cuoi cung|cap tinh|cua|100))*|ket qua cham.*|score"),
        (Field.FORM, r"(?:hinh thuc|lan danh gia|loai danh gia|danh gia lan|noi dung danh gia)\b.*|form"),
        (Field.STARS, r".*\b(?:xep ?hang|phan ?hang|hang sao|so sao|cap sao|muc sao|dat sao|hang dat|hang ocop|ocop dat|sao ocop)\b.*"),
        (Field.STARS, r"(?:sao|hang|dat|dat hang|cap hang|ket qua|ket qua danh gia|ket qua cong nhan|ket qua dat|ket qua sao|sao dat duoc|ocop|stars?|rating|hang san pham)"),
        (Field.NOTE, r"(?:ghi chu|chu thich|luu y|notes?)\b.*"),
        (Field.GROUP, r"(?:ten )?(?:nhom|nganh|linh vuc|phan nhom|bo san pham|loai san pham|phan loai|chung loai|loai|group|category)\b.*"),
        (Field.PRODUCER_AND_ADDRESS, rf".*\b{SUBJECT}\b.*\bdia chi\b.*|.*\bdia chi\b.*\b{SUBJECT}\b.*"),
        (Field.ADDRESS, r".*\b(?:dia chi|dia ban|dia phuong|dia diem|tru so|noi san xuat|vung san xuat|address|district or commune)\b.*"),
        (Field.PROVINCE, r"(?:ten )?tinh(?: ?[,/-]? ?(?:thanh pho|tp|thanh))?(?: truc thuoc.*)?|province"),
        (Field.ADDRESS, rf"(?:ten )?{UNIT}(?:\W*{UNIT})*(?:\W*tinh)?"),
        (Field.PRODUCER, rf"(?:ten |cac |thong tin (?:ve |cua )?)*{SUBJECT}(?:\W+(?:{SUBJECT}|ocop|san xuat|kinh doanh|co san pham|san pham|dang ky|tham gia|va|kd|thuc hien))*"),
        (Field.PRODUCER, r"ten ho|chuthe\w*|chu ho|chu co so|nguoi san xuat|producer(?: name)?|ho"),
        (Field.PRODUCT, r"(?:ten |cac |danh muc |thong tin )*(?:san pham|sanpham|sp|hang hoa|mat hang)(?:\W+(?:ocop|dich vu|tham gia|dang ky|duoc|dat|cong nhan|va|cua|nhom|bo|chuan|danh gia))*"),
        (Field.PRODUCT, r"product(?: name)?|ten ocop"),
    )
)
# Words that mean something only under the heading above them.
NEEDS_PARENT = frozenset({"ten", "so", "ngay", "ten goi", "ho va ten", "ho ten", "so ngay", "ky hieu", "noi dung"})
NOT_HEADING = re.compile(r"[()\[\].:*_]+")


@dataclass(frozen=True)
class Columns:
    """The columns of one table: where each field stands, what its heading says, where the data begins."""

    first_row: int
    data_row: int
    fields: dict[Field, int]
    headings: dict[int, str]
    # An address may be spread over several columns: commune, district.
    addresses: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()
    # Columns whose heading is a rank; a mark in one of them gives that rank.
    ticks: dict[int, int] = field(default_factory=dict)

    def heading(self, name: Field) -> str:
        column = self.fields.get(name)
        return self.headings.get(column, "") if column is not None else ""


def field_of(heading: str) -> Field | None:
    """Return what a column with this heading holds, None when it is not one of ours."""
    plain = _plain(heading)
    if not plain or len(plain) > MAX_HEADING_LENGTH:
        return None
    return next((name for name, pattern in PATTERNS if pattern.fullmatch(plain)), None)


def read_header(sheet: Sheet, row: int) -> Columns | None:
    """Return the columns when a header begins in this row, None when it does not."""
    if not _may_be_header(sheet.rows[row]):
        return None
    rows = [row]
    while len(rows) < MAX_HEADER_ROWS and _continues(sheet, rows[-1]):
        rows.append(rows[-1] + 1)
    columns = _columns(sheet, rows)
    known = {name for name in columns.fields if name is not Field.OTHER}
    if Field.PRODUCT in known and len(known) > 1:
        return columns
    return None


def _may_be_header(cells: list) -> bool:
    texts = [as_text(cell) for cell in cells if as_text(cell)]
    if len(texts) < 2 or any(isinstance(cell, int | float) and not isinstance(cell, bool) for cell in cells):  # noqa: PLR2004
        return False
    if any(text.isdigit() for text in texts):
        return False
    matched = sum(1 for text in texts if field_of(text) or _plain(text) in NEEDS_PARENT)
    return matched * 2 >= len(texts)


def _continues(sheet: Sheet, row: int) -> bool:
    """Say whether the next row still belongs to the header: sub-headings under a wide one, or under a tall one."""
    if row + 1 >= len(sheet.rows):
        return False
    texts = [(column, as_text(cell)) for column, cell in enumerate(sheet.rows[row + 1]) if as_text(cell)]
    is_under_wide = any(top <= row <= bottom and left < right for top, left, bottom, right in sheet.merged)
    if not texts or (len(texts) == 1 and not is_under_wide):
        return False
    if any(text.isdigit() for _column, text in texts):
        return False
    return all(
        field_of(text) or _plain(text) in NEEDS_PARENT or _rank_of_heading(text)
        or any(top <= row and bottom > row and left <= column <= right for top, left, bottom, right in sheet.merged)
        for column, text in texts
    )


def _columns(sheet: Sheet, rows: list[int]) -> Columns:
    fields: dict[Field, int] = {}
    headings: dict[int, str] = {}
    addresses: list[int] = []
    groups: list[int] = []
    ticks: dict[int, int] = {}
    width = max(len(sheet.rows[row]) for row in rows)
    for column in range(width):
        stack = _headings_of(sheet, rows, column)
        if not stack:
            continue
        headings[column] = stack[-1]
        if rank := _rank_of_heading(stack[-1]):
            ticks[column] = rank
            continue
        name = _field_of_stack(stack)
        if name is None or name is Field.OTHER:
            continue
        if name is Field.ADDRESS:
            addresses.append(column)
        if name is Field.GROUP:
            groups.append(column)
        fields.setdefault(name, column)
    return Columns(rows[0], rows[-1] + 1, fields, headings, tuple(addresses), tuple(groups), ticks)


def _headings_of(sheet: Sheet, rows: list[int], column: int) -> list[str]:
    """Return the headings over a column from the top; a wide one counts for each column under it that has its own."""
    stack: list[str] = []
    has_own = any(as_text(_cell(sheet, row, column)) for row in rows)
    if not has_own:
        return []
    for row in rows:
        text = as_text(_cell(sheet, row, column))
        if not text and row != rows[-1]:
            text = _wide_heading(sheet, row, column)
        if text and text not in stack:
            stack.append(text)
    return stack


def _wide_heading(sheet: Sheet, row: int, column: int) -> str:
    """Return the heading to the left that spans this column; csv has no spans, there the nearest one counts."""
    for top, left, bottom, right in sheet.merged:
        if top <= row <= bottom and left <= column <= right:
            return as_text(_cell(sheet, top, left))
    if sheet.merged:
        return ""
    return next((text for left in range(column, -1, -1) if (text := as_text(_cell(sheet, row, left)))), "")


def _field_of_stack(stack: list[str]) -> Field | None:
    own = stack[-1]
    parent = field_of(stack[-2]) if len(stack) > 1 else None
    if _plain(own) not in NEEDS_PARENT:
        return field_of(own) or (None if len(stack) > 1 else field_of(own))
    if parent is Field.NUMBER and _plain(own).startswith("ngay"):
        return Field.SIGNED_ON
    if parent is Field.PRODUCER_AND_ADDRESS:
        return Field.PRODUCER
    if parent is None and len(stack) > 1:
        return field_of(f"{stack[-2]} {own}") or field_of(own)
    return parent or field_of(own)


def _rank_of_heading(text: str) -> int | None:
    plain = _plain(text)
    if re.fullmatch(r"(?:hang |dat |ocop )*0?[3-5] ?sao|(?:hang )?(?:ba|bon|nam) sao", plain) or re.fullmatch(r"\W*[*★]{3,5}\W*|[3-5]\s*[*★]", text):
        return read_stars(text).stars
    return None


def _plain(heading: str) -> str:
    text = normalise(heading)
    # ChuTheSXKD: a capital after a small letter begins a word.
    spread = "".join(
        f" {letter}" if place and letter.isupper() and text[place - 1].islower() else letter
        for place, letter in enumerate(text)
    ).replace("_", " ")
    return " ".join(NOT_HEADING.sub(" ", fold(spread)).replace("/", " / ").replace(" / ", "/").split()).strip(" ,;-/")


def _cell(sheet: Sheet, row: int, column: int) -> object:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None
