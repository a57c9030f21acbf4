"""The whole annex: all its sheets together with what the person gave, checked in one pass."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from shop.common.vietnamese import fold

from ..sheets.grid import Sheet
from ..spellings.authorities import MAX_WORDS_OF_A_NAME, infer_authority, province_of_authority
from ..spellings.gazetteer import ProvinceName, find_province, province_candidates
from ..spellings.stars import StarReading, find_stars, read_stars
from .checks import check_entries
from .duplicates import check_duplicates
from .entries import Edits, Entry, Given
from .problems import Problem
from .tables import Table, read_table
from .titles import DecisionFacts, read_title


@dataclass
class Annex:
    """Entries with their problems, problems of the file, and the decision most rows belong to."""

    entries: list[Entry] = field(default_factory=list)
    # Rows that a person left out; nothing is checked of them.
    skipped: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    decision: DecisionFacts = field(default_factory=DecisionFacts)

    @property
    def all_problems(self) -> list[Problem]:
        return [*self.problems, *(problem for entry in self.entries for problem in entry.problems)]


def read_annex(*, sheets: list[Sheet], given: Given, today: date, edits: Edits | None = None) -> Annex:
    """Return what the sheets say, corrected by `edits`, with every problem found in one pass."""
    annex = Annex()
    everything = [read_table(sheet, edits) for sheet in _chosen_sheets(annex, sheets, given)]
    facts = {id(table): read_title([*table.lines, *table.closing_lines]) for table in everything}
    # A cover sheet may name the decision of the tables behind it.
    first_facts = next((found for found in facts.values() if found.number), DecisionFacts())
    tables = _tables_with_entries(annex, everything)
    for table in tables:
        _complete_entries(annex, table, facts[id(table)], first_facts, given)
        annex.entries += table.entries
        annex.skipped += table.skipped
        annex.problems += table.problems
    _settle_provinces(annex, tables, given)
    _settle_authorities(annex, given)
    _report_missing_decision(annex)
    check_entries(annex.entries, today=today)
    check_duplicates(annex.entries)
    annex.decision = _commonest_decision(annex, first_facts, given)
    return annex


def _chosen_sheets(annex: Annex, sheets: list[Sheet], given: Given) -> list[Sheet]:
    if given.sheet:
        chosen = [sheet for sheet in sheets if fold(sheet.name) == fold(given.sheet)]
        if given.sheet.isdigit() and not chosen and 0 < int(given.sheet) <= len(sheets):
            chosen = [sheets[int(given.sheet) - 1]]
        if not chosen:
            names = ", ".join(sheet.name for sheet in sheets)
            annex.problems.append(Problem("sheet_not_found", value=given.sheet, facts={"found": names}))
        return chosen
    for sheet in sheets:
        if sheet.is_hidden:
            annex.problems.append(Problem("sheet_hidden", sheet=sheet.name))
    return [sheet for sheet in sheets if not sheet.is_hidden]


def _tables_with_entries(annex: Annex, tables: list[Table]) -> list[Table]:
    found = [table for table in tables if table.entries or table.skipped]
    if not tables and annex.problems:
        return []
    if not found:
        annex.problems.append(Problem("no_rows" if any(table.has_header for table in tables) else "header_not_found"))
    else:
        annex.problems += [
            Problem("sheet_without_table", sheet=table.sheet.name)
            for table in tables
            if table not in found and any(any(row) for row in table.sheet.rows)
        ]
    return found


def _complete_entries(annex: Annex, table: Table, facts: DecisionFacts, first: DecisionFacts, given: Given) -> None:
    """Give each entry what its sheet's title, another sheet or the person says and its row does not."""
    rows_have_numbers = any(entry.number for entry in table.entries)
    if not facts.number and first.number and not rows_have_numbers:
        annex.problems.append(Problem("decision_from_other_sheet", sheet=table.sheet.name, facts={"found": first.number}))
        facts = first
    _report_contradictions(annex, table, facts, given)
    stars = _stars_of_title(table)
    for entry in table.entries:
        has_own_number = bool(entry.number) and entry.number != facts.number
        if not any(problem.code == "number_unreadable" for problem in entry.problems):
            entry.number = entry.number or facts.number or given.number
        entry.authority = entry.authority or facts.authority or given.authority
        if entry.signed_on is None and not entry.printed.get("signed_on"):
            title_day = None if has_own_number else facts.signed_on
            entry.title_day = title_day or given.signed_on
            entry.signed_on = entry.title_day or entry.issued_on
        if entry.issued_on is None and not entry.printed.get("issued_on"):
            entry.issued_on = entry.signed_on
        _settle_stars(entry, stars, given)


def _report_contradictions(annex: Annex, table: Table, facts: DecisionFacts, given: Given) -> None:
    said = ((given.number, facts.number), (given.authority, facts.authority), (given.signed_on, facts.signed_on))
    for wanted, found in said:
        if wanted and found and wanted != found:
            annex.problems.append(
                Problem("option_contradicts_file", value=str(wanted), sheet=table.sheet.name, facts={"found": str(found)})
            )


def _stars_of_title(table: Table) -> StarReading | None:
    """Return the rank the title gives to the whole sheet, else the one in the sheet's name."""
    readings = [reading for line in table.lines if (reading := find_stars(line)).stars or reading.problem]
    values = {reading.stars for reading in readings}
    if len(values) == 1:
        return readings[0]
    by_name = find_stars(table.sheet.name)
    return by_name if not readings and by_name.stars else None


def _settle_stars(entry: Entry, title: StarReading | None, given: Given) -> None:
    star_codes = {"stars_unreadable", "stars_out_of_range", "stars_contradict", "five_star_candidate"}
    if any(problem.code in star_codes for problem in entry.problems):
        return
    above = entry.section_stars
    if entry.stars is not None:
        if "stars" in entry.corrected:
            return
        if above and above.stars and above.stars != entry.stars:
            entry.report("stars_contradict_section", "stars", found=above.stars)
        elif not above and title and title.stars and title.stars != entry.stars:
            entry.report("stars_differ_from_title", "stars", found=title.stars)
        return
    source = above or _stars_of_note(entry) or title
    if source and source.problem:
        entry.report(source.problem, "stars", value=source.text)
        return
    entry.stars = source.stars if source else given.stars
    if entry.stars is None:
        entry.report("stars_missing", "stars")


def _stars_of_note(entry: Entry) -> StarReading | None:
    reading = read_stars(entry.note) if "sao" in fold(entry.note) or "*" in entry.note else None
    return reading if reading and (reading.stars or reading.problem == "five_star_candidate") else None


def _settle_provinces(annex: Annex, tables: list[Table], given: Given) -> None:
    """Find each row's province: printed, its authority's, its address's, given; one file's rows help each other."""
    wanted = find_province(given.province) if given.province else None
    if given.province and not wanted:
        annex.problems.append(Problem("wrong_province", value=given.province))
    of_title = _province_of_titles(tables)
    candidates = [_candidates_of(entry) for entry in annex.entries]
    certain = [next(iter(found)) for found in candidates if len(found) == 1]
    commonest = Counter(certain).most_common(1)[0][0] if certain else None
    for entry, found in zip(annex.entries, candidates, strict=True):
        province = _choose_province(entry, found, of_file=(of_title, wanted), commonest=commonest)
        if province:
            entry.province, entry.province_code = province.name, province.code
        else:
            entry.report("province_unknown", "province", value=entry.address)


def _candidates_of(entry: Entry) -> frozenset[ProvinceName]:
    printed = find_province(entry.province) if entry.province else None
    return frozenset({printed}) if printed else province_candidates(_address_with_headings(entry))


def _choose_province(
    entry: Entry,
    found: frozenset[ProvinceName],
    *,
    of_file: tuple[ProvinceName | None, ...],
    commonest: ProvinceName | None,
) -> ProvinceName | None:
    of_authority = province_of_authority(entry.authority) if entry.authority else None
    if of_authority and not find_province(entry.province):
        # A committee certifies its own producers: a commune of that name elsewhere is another commune.
        return next((one for one in found if one.code == of_authority.code), of_authority)
    if len(found) == 1:
        return next(iter(found))
    known = [one for one in (*of_file, commonest) if one]
    if found:
        codes = {one.code for one in found}
        return next((one for one in known if one in found or one.code in codes), None)
    # Rows of a list nobody signed for share the province all others name; a national list's do not.
    return next((one for one in of_file if one), None if entry.authority else commonest)


def _address_with_headings(entry: Entry) -> str:
    heading = fold(entry.headings.get("address", ""))
    if heading in {"huyen", "quan", "xa", "phuong", "thi xa"} and heading not in fold(entry.address):
        return f"{entry.headings['address']} {entry.address}".lower()
    return entry.address


def _province_of_titles(tables: list[Table]) -> ProvinceName | None:
    found: set[ProvinceName] = set()
    for table in tables:
        for line in table.lines:
            lowered = line.lower()
            if "tỉnh " in lowered or "thành phố " in lowered:
                tail = lowered.split("tỉnh " if "tỉnh " in lowered else "thành phố ", 1)[1].split()
                names = (" ".join(tail[:length]) for length in range(MAX_WORDS_OF_A_NAME, 0, -1))
                found |= {province for name in names if (province := find_province(name))}
    return found.pop() if len(found) == 1 else None


def _settle_authorities(annex: Annex, given: Given) -> None:
    """Infer who decided where nobody says it; all rows of a number follow one inference."""
    unsaid = [entry for entry in annex.entries if not entry.authority]
    provinces = {find_province(entry.province) for entry in unsaid if entry.province}
    wanted = find_province(given.province) if given.province else None
    province = wanted or (provinces.pop() if len(provinces) == 1 else None)
    reported: set[str] = set()
    for entry in unsaid:
        authority = infer_authority(number=entry.number, province=province, signed_on=entry.signed_on)
        if authority is None:
            continue
        entry.authority = authority
        if authority not in reported:
            reported.add(authority)
            annex.problems.append(Problem("authority_inferred", facts={"found": authority}))


def _report_missing_decision(annex: Annex) -> None:
    """Say once for the file what all rows lack, else at each row that lacks it."""
    for name, code in (
        ("number", "decision_number_missing"),
        ("signed_on", "decision_date_missing"),
        ("authority", "authority_missing"),
    ):
        unreadable = {"number": "number_unreadable", "signed_on": "date_unreadable"}.get(name)
        lacking = [
            entry
            for entry in annex.entries
            if not getattr(entry, name) and not any(problem.code == unreadable for problem in entry.problems)
        ]
        if lacking and len(lacking) == len(annex.entries):
            annex.problems.append(Problem(code))
        else:
            for entry in lacking:
                entry.report(code, name)


def _commonest_decision(annex: Annex, facts: DecisionFacts, given: Given) -> DecisionFacts:
    keys = [(entry.authority, entry.number, entry.signed_on) for entry in annex.entries]
    if keys:
        return DecisionFacts(*Counter(keys).most_common(1)[0][0])
    return DecisionFacts(facts.authority or given.authority, facts.number or given.number, facts.signed_on or given.signed_on)
