"""Read the cells of one product row into an entry."""

import re
from collections.abc import Mapping
from datetime import date

from shop.common.vietnamese import fold, normalise

from ..sheets.grid import Cell, Sheet
from ..spellings.authorities import spell_authority
from ..spellings.days import DayUnreadable, is_duration, read_day
from ..spellings.products import split_producer_and_address, variants_of, without_phone
from ..spellings.scores import ScoreUnreadable, read_score
from ..spellings.stars import read_stars
from ..spellings.texts import as_text, foreign_letters
from .entries import Entry
from .headers import Columns
from .headings import Field
from .titles import read_number

LIMITS = {"product": 255, "producer": 255, "address": 1000, "group": 255, "product_code": 64, "authority": 255}
# What a spreadsheet program would run; a name that begins with a minus is no formula.
# The apostrophe is what our own lists of bad rows put before one.
STARTS_LIKE_FORMULA = re.compile(r"\s*'?(?:=|[+@-]\s*[\w.]+\s*[(|!])")
LEADING_NUMBER = re.compile(r"^(?:\d{1,3}[.)]|[-+•*–])\s+(?=\S)")
# A column or a text of districts; it follows the commune, wherever its column stands.
LARGER_UNIT = re.compile(r"(?:huyen|quan|thi xa|thanh pho|tp|tx)\b")
ERROR_VALUES = frozenset({"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"})
BLANK_SIGNS = frozenset({"-", "–", "—", "…", "...", "_", "/", "//", "x", "0"})
DAY_FIELDS = ("signed_on", "issued_on", "expires_on")


def read_entry(*, sheet: Sheet, row: int, columns: Columns, corrections: Mapping[str, str] | None = None) -> Entry:
    """Return the entry of a row with the problems of its cells; `corrections` are cells by field that a person wrote."""
    corrected = corrections or {}
    entry = Entry(sheet=sheet.name, row=row + 1, corrected=frozenset(corrected))
    cells = {str(name): _cell(sheet, row, column) for name, column in columns.fields.items()}
    cells |= {name: text or None for name, text in corrected.items()}
    entry.printed = {name: as_text(cell) for name, cell in cells.items()}
    entry.headings = {str(name): columns.headings.get(column, "") for name, column in columns.fields.items()}
    _report_formulas(entry, sheet, row, columns, cells)
    _read_product(entry, cells)
    addresses = [
        (columns.headings.get(column, ""), without_phone(as_text(_cell(sheet, row, column)))) for column in columns.addresses
    ]
    _read_producer_and_address(entry, cells, corrected.get("address") or join_address(addresses))
    _read_stars(entry, cells, {rank: as_text(_cell(sheet, row, column)) for column, rank in columns.ticks.items()})
    _compare_ranks(entry, [_cell(sheet, row, column) for column in columns.other_ranks])
    _read_score(entry, cells.get("score"))
    _read_decision(entry, cells)
    _read_days(entry, cells)
    groups = [as_text(_cell(sheet, row, column)) for column in columns.groups]
    entry.group = corrected.get("group") or next((group for group in groups if group), "")
    entry.province = _said(entry.printed.get("province", ""))
    entry.product_code = entry.printed.get("product_code", "")
    entry.form = entry.printed.get("form", "")
    entry.note = entry.printed.get("note", "")
    _check_texts(entry)
    return entry


def _read_product(entry: Entry, cells: dict[str, Cell]) -> None:
    text = entry.printed.get("product", "")
    if "order" not in cells:
        text = LEADING_NUMBER.sub("", text)
    entry.product_name = text
    if not text:
        # A formula that left no value was reported as what it is.
        if not any(problem.code == "formula" for problem in entry.problems):
            entry.report("product_missing", "product")
        return
    entry.variants = variants_of(cells.get("product"))


def join_address(parts: list[tuple[str, str]]) -> str:
    """Return one address out of its columns (heading, text): the smaller unit first, nothing said twice."""
    said = [
        (bool(LARGER_UNIT.match(fold(text)) or LARGER_UNIT.match(fold(heading))), text) for heading, text in parts if _said(text)
    ]
    ordered = list(dict.fromkeys(text for _is_larger, text in sorted(said, key=lambda part: part[0])))
    return ", ".join(
        text
        for place, text in enumerate(ordered)
        if not any(fold(text) in fold(other) for at, other in enumerate(ordered) if at != place)
    )


def _read_producer_and_address(entry: Entry, cells: dict[str, Cell], address_of_columns: str) -> None:
    entry.address = address_of_columns
    both = cells.get("producer_and_address")
    name = _said(entry.printed.get("producer", ""))
    if both is not None and not name:
        entry.producer_name, address = split_producer_and_address(str(both))
        entry.address = entry.address or address
        entry.headings.setdefault("producer", entry.headings["producer_and_address"])
    elif both is not None and not entry.address:
        _first, entry.address = split_producer_and_address(str(both))
        entry.producer_name = without_phone(name)
    elif name and not entry.address:
        entry.producer_name, entry.address = split_producer_and_address(str(cells["producer"]))
    else:
        entry.producer_name = without_phone(name)
    entry.producer_name = _said(entry.producer_name)
    if both is not None and "producer" not in entry.corrected:
        entry.printed["producer"] = entry.printed["producer_and_address"]


def _read_stars(entry: Entry, cells: dict[str, Cell], ticks: dict[int, str]) -> None:
    reading = read_stars(cells.get("stars"))
    if reading.problem:
        entry.report(reading.problem, "stars")
        return
    entry.stars = reading.stars
    if "stars" in entry.corrected:
        return
    ticked = {rank for rank, mark in ticks.items() if _said(mark) or mark.casefold() == "x"}
    if entry.stars is None and ticked:
        if len(ticked) > 1:
            entry.report("stars_contradict", "stars", value=", ".join(map(str, sorted(ticked))))
        else:
            entry.stars = ticked.pop()
    if reading.mentions_candidate:
        entry.report("potential_five_stars", "stars")


def _compare_ranks(entry: Entry, others: list[Cell]) -> None:
    if "stars" in entry.corrected:
        return
    found = {reading.stars for other in others if (reading := read_stars(other)).stars}
    if entry.stars is not None and found - {entry.stars}:
        entry.report("stars_contradict", "stars", value="; ".join([entry.printed["stars"], *map(as_text, others)]))


def _read_score(entry: Entry, cell: Cell) -> None:
    try:
        entry.score = read_score(cell)
    except ScoreUnreadable:
        entry.report("score_unreadable", "score")


def _read_decision(entry: Entry, cells: dict[str, Cell]) -> None:
    printed = _said(entry.printed.get("number", ""))
    if printed:
        entry.number = read_number(printed)
        if not entry.number:
            entry.report("number_unreadable", "number")
        elif not cells.get("signed_on"):
            # «371/QĐ-UBND ngày 24/06/2025» in one cell.
            entry.signed_on = _day_beside_number(printed)
    if authority := _said(entry.printed.get("authority", "")):
        entry.authority = spell_authority(authority)


def _read_days(entry: Entry, cells: dict[str, Cell]) -> None:
    for name in DAY_FIELDS:
        cell = cells.get(name)
        if cell is None or not _said(as_text(cell)) or (name == "expires_on" and is_duration(cell)):
            continue
        try:
            setattr(entry, name, read_day(cell))
        except DayUnreadable:
            entry.report("date_unreadable", name)


def _day_beside_number(printed: str) -> date | None:
    try:
        rest = printed.split("-", 1)[-1]
        return read_day(re.sub(r"^\D*", "", rest)) if re.search(r"\d", rest) else None
    except DayUnreadable:
        return None


def _report_formulas(entry: Entry, sheet: Sheet, row: int, columns: Columns, cells: dict[str, Cell]) -> None:
    """Refuse formulas in the cells that are read: their stored value is whatever the last program left there."""
    harmless = {Field.ORDER, Field.NOTE, Field.FORM}
    columns_of = {str(name): column for name, column in columns.fields.items()}
    for name, cell in cells.items():
        is_stored = (row, columns_of.get(name)) in sheet.formulas and name not in entry.corrected
        is_formula = is_stored and name not in harmless
        if is_formula or (isinstance(cell, str) and (STARTS_LIKE_FORMULA.match(cell) or cell in ERROR_VALUES)):
            entry.report("formula", name, value=as_text(cell) or "=…")


def _check_texts(entry: Entry) -> None:
    for name, limit in LIMITS.items():
        text = entry.producer_name if name == "producer" else entry.printed.get(name, "")
        if len(text) > limit:
            entry.report("text_too_long", name, value=text[:40] + "…", found=len(text), limit=limit)
    for name, text in (("product", entry.product_name), ("producer", entry.producer_name)):
        if len(text) <= LIMITS[name] and (letters := foreign_letters(text)):
            entry.report("lookalike_letters", name, value=text, found=letters)


def _said(text: str) -> str:
    """Return the text, empty when it only fills a blank: a dash, dots."""
    plain = normalise(text)
    return "" if plain.casefold() in BLANK_SIGNS else plain


def _cell(sheet: Sheet, row: int, column: int) -> Cell:
    cells = sheet.rows[row]
    return cells[column] if column < len(cells) else None
