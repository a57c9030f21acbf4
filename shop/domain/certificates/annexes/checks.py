"""Check entries one by one and in their order: ranks, scores, days, groups, years dragged down a column."""

import re
from datetime import date

from shop.common.dates import months_after

from ..spellings.authorities import Level, level_of
from ..spellings.scores import LOWEST_SCORE, format_score, stars_reached
from ..taxonomy import find_group, group_of_code
from .entries import Entry

VALID_MONTHS = 36
NATIONAL_STARS = 5
# Quảng Ninh began the programme in 2013; the country followed in 2018.
FIRST_YEAR = 2013
# Two rows a year apart can be true, three in a row are a dragged cell.
DRAGGED_FROM_ROWS = 3


def check_entries(entries: list[Entry], *, today: date) -> None:
    """Note the problems of every entry."""
    groups_told: set[str] = set()
    for entry in entries:
        _check_score(entry)
        _check_level(entry)
        _check_days(entry, today)
        _check_group(entry, groups_told)
        if not entry.producer_name and entry.product_name:
            entry.report("producer_missing", "producer")
    _check_dragged_years(entries)
    _check_dragged_numbers(entries)


def _check_score(entry: Entry) -> None:
    if entry.score is None or entry.stars is None:
        return
    reached = stars_reached(entry.score)
    if reached == entry.stars:
        return
    entry.report(
        "score_below_stars" if reached < entry.stars else "score_above_stars",
        "score",
        value=format_score(entry.score),
        reached=reached,
        stars=entry.stars,
        needed=format_score(LOWEST_SCORE[entry.stars]),
    )


def _check_level(entry: Entry) -> None:
    """Hold the rank against who may give it (Decision 26/2026/QĐ-TTg, art. 4.1)."""
    if entry.stars is None or not entry.authority:
        return
    level = level_of(entry.authority)
    if entry.stars == NATIONAL_STARS and level in {Level.PROVINCE, Level.DISTRICT}:
        entry.report("five_stars_need_ministry", "stars", found=entry.authority)
    if entry.stars < NATIONAL_STARS and level is Level.MINISTRY:
        entry.report("ministry_gives_five_stars", "stars", found=entry.stars)


def _check_days(entry: Entry, today: date) -> None:
    for name in ("signed_on", "issued_on"):
        day = getattr(entry, name)
        if day is None or (name == "issued_on" and day == entry.signed_on):
            continue
        where = name if entry.printed.get(name) else "issued_on" if entry.printed.get("issued_on") else name
        value = entry.printed.get(where) or f"{day:%d/%m/%Y}"
        if day > today:
            entry.report("date_in_future", where, value=value, found=f"{today:%d/%m/%Y}")
        elif day.year < FIRST_YEAR:
            entry.report("date_too_early", where, value=value)
    if entry.issued_on is None or entry.expires_on is None:
        return
    expected = months_after(entry.issued_on, VALID_MONTHS)
    if entry.expires_on < entry.issued_on:
        entry.report("expiry_before_issue", "expires_on", found=f"{entry.issued_on:%d/%m/%Y}")
    elif entry.expires_on != expected:
        entry.report("expiry_not_36_months", "expires_on", found=f"{expected:%d/%m/%Y}")


def _check_group(entry: Entry, told: set[str]) -> None:
    """Tell of each group name once: a list repeats it in every row."""
    if not entry.group or entry.group in told:
        return
    told.add(entry.group)
    match = find_group(entry.group)
    if match is None:
        entry.report("group_unknown", "group", value=entry.group)
    elif match.scheme == "1048":
        entry.report("group_of_older_scheme", "group", value=entry.group, found=group_of_code(match.code).name)


def _check_dragged_years(entries: list[Entry]) -> None:
    for name in ("signed_on", "issued_on", "expires_on"):
        for run in _growing_runs(entries, name):
            for entry in run[1:] if _is_confirmed(run[0], name) else run:
                entry.report("date_drag_filled", name)


def _is_confirmed(first: Entry, name: str) -> bool:
    """Say whether the first day of a run is true by other evidence: the decision's own day, 36 months."""
    if first.title_day is None:
        return False
    if name == "expires_on":
        return first.issued_on == first.title_day and first.expires_on == months_after(first.title_day, VALID_MONTHS)
    return getattr(first, name) == first.title_day


def _growing_runs(entries: list[Entry], name: str) -> list[list[Entry]]:
    runs: list[list[Entry]] = []
    current: list[Entry] = []
    for entry in entries:
        day = getattr(entry, name) if entry.printed.get(name) else None
        before = getattr(current[-1], name) if current else None
        if day and before and entry.sheet == current[-1].sheet and _is_a_year_later(before, day):
            current.append(entry)
            continue
        runs.append(current)
        current = [entry] if day else []
    return [run for run in (*runs, current) if len(run) >= DRAGGED_FROM_ROWS]


def _is_a_year_later(before: date, day: date) -> bool:
    return day.year == before.year + 1 and months_after(before, 12) == day


def _check_dragged_numbers(entries: list[Entry]) -> None:
    """Warn of numbers that count up: 1887, 1888, 1889; some provinces do sign one decision per producer."""
    run: list[Entry] = []
    for entry in [*entries, None]:
        if entry and run and _counts_up(run[-1].number, entry.number) and entry.printed.get("number"):
            run.append(entry)
            continue
        if len(run) >= DRAGGED_FROM_ROWS:
            run[0].report("numbers_grow_row_by_row", "number")
        run = [entry] if entry and entry.printed.get("number") else []


def _counts_up(before: str, number: str) -> bool:
    first, second = re.match(r"(\d+)(/.*)", before), re.match(r"(\d+)(/.*)", number)
    return bool(first and second and first[2] == second[2] and int(second[1]) == int(first[1]) + 1)
