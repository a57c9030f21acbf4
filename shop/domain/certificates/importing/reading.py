"""Read and check a file; whatever is wrong with it becomes a problem in the report."""

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from ..annexes.annex import Annex, read_annex
from ..annexes.entries import Edits, Given
from ..annexes.problems import ERRORS, Problem
from ..annexes.titles import read_number
from ..sheets.grid import FileRefused
from ..sheets.isolation import read_sheets
from ..spellings.authorities import spell_authority
from ..spellings.days import DayUnreadable, read_day
from ..spellings.stars import MAX_STARS, MIN_STARS


class OptionUnreadable(ValueError):
    """What the person gave beside the file cannot be understood."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


def read_list(*, path: Path, given: Given, today: date, edits: Edits | None = None, file_name: str = "") -> Annex:
    """Return what the file says, checked; a refused file has no entries and one problem that says why.

    `file_name` is what people call it: the one sheet of a text file bears its name, which may tell a rank.
    """
    try:
        sheets = read_sheets(path=path)
    except FileRefused as refusal:
        code = refusal.code if refusal.code in ERRORS else "damaged"
        return Annex(problems=[Problem(code, value=refusal.detail[:200], facts={"found": refusal.detail[:200]})])
    if len(sheets) == 1 and sheets[0].name == path.stem and file_name:
        sheets[0].name = Path(file_name).stem
    return read_annex(sheets=sheets, given=given, today=today, edits=edits)


def read_given(*, options: Mapping[str, str | None]) -> Given:
    """Return what the person added, in the spelling of the registry; raises OptionUnreadable."""
    said = {name: (value or "").strip() for name, value in options.items()}
    return Given(
        authority=spell_authority(said["authority"]) if said.get("authority") else "",
        number=_number(said.get("number", "")),
        signed_on=_day(said.get("signed_on", "")),
        stars=_stars(said.get("stars", "")),
        province=said.get("province", ""),
        sheet=said.get("sheet", ""),
    )


def sha256_of(path: Path) -> str:
    """Return the file's fingerprint, so that every certificate traces to the bytes it came from."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _number(text: str) -> str:
    number = read_number(text) if text else ""
    if text and not number:
        raise OptionUnreadable(Problem("number_unreadable", value=text))
    return number


def _day(text: str) -> date | None:
    try:
        return read_day(text)
    except DayUnreadable as error:
        raise OptionUnreadable(Problem("option_unreadable", value=text, facts={"found": "--signed-on"})) from error


def _stars(text: str) -> int | None:
    if not text:
        return None
    if not text.isdigit() or not MIN_STARS <= int(text) <= MAX_STARS:
        raise OptionUnreadable(Problem("stars_out_of_range", value=text))
    return int(text)
