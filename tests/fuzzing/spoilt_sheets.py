"""Workbooks and texts that any program opens, with wrong things in their cells: what reaches the rules of the registry."""

import unicodedata
from datetime import date
from random import Random

from shop.domain.certificates.sheets.grid import Cell, Sheet
from tests.fuzzing.lists import LISTS, sheet_of, workbook

FORMULAS = (
    '=HYPERLINK("http://x","bấm")',
    "=1+1",
    "+84912345678",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1)",
    "\t=1",
    "=WEBSERVICE(A1)",
)
LETTERS = (
    "\u202e",
    "\u200b",
    "\u00a0",
    "\ufeff",
    "\u0301",
    "\ud7ff",
    "🍵",
    "Ⅳ",
    "４",
    "ﬁ",
    "\u2028",
    "İ",
    "ß",
    "\u0000",
    "\x1b",
    "\n",
)
ODD: tuple[Cell, ...] = (
    None, "", " ", "…", "x" * 300, "x" * 5000, "Mật ong " * 60, 0, -1, 3, 4, 5, 6, 99.999, 1e308, -0.0, 1e-9, 2**63, True,
    date(1, 1, 1), date(9999, 12, 31), date(2024, 2, 29), date(2026, 8, 5), "29/02/2023", "00/00/0000", "31.12.9999", "5 sao",
    "năm sao", "★★★★", "4-5 sao", "3 sao tiềm năng", "90,5", "90.5.1", "1.000.000", "100", "-5", "NaN", "Infinity", False,
    "<script>alert(1)</script>", "'; DROP TABLE certificates_certificate; --", "%s %(x)s {0} {{", "UBND tỉnh Lâm Đồng",
    "Quyết định số 1/QĐ-UBND ngày 01/01/2026", "TT", "Tên sản phẩm", "Chủ thể", "Xếp hạng", "Phụ lục", "Tổng cộng", "I", "II",
    "A", "(1) (2) (3)",
)  # fmt: skip


def odd_cells(dice: Random) -> bytes:
    """Odd things where ordinary ones stood."""
    sheet = sheet_of(dice.choice(LISTS))
    for _ in range(dice.choice((1, 1, 2, 3, 8, 30))):
        _set(sheet, dice, dice.choice(ODD))
    return workbook(sheet)


def odd_letters(dice: Random) -> bytes:
    """Letters that look like others, cannot be seen, or turn the line round."""
    sheet = sheet_of(dice.choice(LISTS))
    for _ in range(dice.randint(1, 10)):
        row, column = _somewhere(sheet, dice)
        text = str(sheet.rows[row][column] or "")
        where = dice.randint(0, len(text))
        spoilt = text[:where] + dice.choice(LETTERS) + text[where:]
        sheet.rows[row][column] = unicodedata.normalize(dice.choice(("NFC", "NFD", "NFKD")), spoilt)
    return workbook(sheet)


def formulas(dice: Random) -> bytes:
    sheet = sheet_of(dice.choice(LISTS))
    for _ in range(dice.randint(1, 6)):
        _set(sheet, dice, dice.choice(FORMULAS))
    return workbook(sheet)


def shuffled_merges(dice: Random) -> bytes:
    """Merged ranges that overlap, stand on their heads or reach out of the sheet."""
    sheet = sheet_of(dice.choice(LISTS))
    kept = dice.sample(sheet.merged, dice.randint(0, len(sheet.merged)))
    height, width = len(sheet.rows), max(map(len, sheet.rows), default=1)
    for _ in range(dice.randint(1, 12)):
        top, left = dice.randrange(height), dice.randrange(width)
        bottom, right = top + dice.choice((0, 1, 3, height, 1000, -1)), left + dice.choice((0, 1, width, 300, -1))
        kept.append((top, left, max(bottom, 0), max(right, 0)))
    sheet.merged = kept
    return workbook(sheet)


def shuffled_rows(dice: Random) -> bytes:
    """Rows in another order, twice, or gone."""
    sheet = sheet_of(dice.choice(LISTS))
    for _ in range(dice.randint(1, 6)):
        if len(sheet.rows) < 2:
            break
        act, row = dice.choice(("swap", "double", "drop", "empty", "shift")), dice.randrange(len(sheet.rows))
        if act == "swap":
            other = dice.randrange(len(sheet.rows))
            sheet.rows[row], sheet.rows[other] = sheet.rows[other], sheet.rows[row]
        elif act == "double":
            sheet.rows.insert(dice.randint(0, len(sheet.rows)), list(sheet.rows[row]))
        elif act == "drop":
            del sheet.rows[row]
        elif act == "empty":
            sheet.rows.insert(row, [])
        else:
            sheet.rows[row] = [None, *sheet.rows[row]]
    return workbook(sheet)


def shuffled_columns(dice: Random) -> bytes:
    """Columns in another order, or one of them missing or twice."""
    sheet = sheet_of(dice.choice(LISTS))
    width = max(map(len, sheet.rows))
    order = dice.choices(range(width), k=width) if dice.random() < 0.4 else dice.sample(range(width), width)
    sheet.rows = [[row[column] if column < len(row) else None for column in order] for row in sheet.rows]
    return workbook(sheet)


def two_lists_in_one(dice: Random) -> bytes:
    """The end of one list under the beginning of another."""
    first, second = (sheet_of(dice.choice(LISTS)) for _ in range(2))
    cut = dice.randrange(len(first.rows) + 1)
    rows = first.rows[:cut] + second.rows[dice.randrange(len(second.rows)) :]
    return workbook(Sheet("Phụ lục", rows, [area for area in first.merged if area[2] < cut]))


def _set(sheet: Sheet, dice: Random, value: Cell) -> None:
    row, column = _somewhere(sheet, dice)
    sheet.rows[row][column] = value


def _somewhere(sheet: Sheet, dice: Random) -> tuple[int, int]:
    row = dice.randrange(len(sheet.rows))
    if not sheet.rows[row]:
        sheet.rows[row].append(None)
    return row, dice.randrange(len(sheet.rows[row]))
