"""Find number, day and authority of the decision in the sentences around a table."""

import re
from dataclasses import dataclass
from datetime import date

from shop.common.vietnamese import fold, normalise

from ..spellings.authorities import read_authority
from ..spellings.days import find_days

SIGN = r"Q\s?[ĐD]"
NUMBER = re.compile(
    rf"(?<![\d/.,])(?P<digits>\d{{1,3}}\.\d{{3}}|\d{{1,6}})\s*(?:/\s*(?P<year>(?:19|20)\d\d)\s*)?(?P<mark>[/-])\s*{SIGN}\s*[-–./]\s*"
    r"(?P<office>[^\W\d_](?:[\w&]|\.(?=\w))*(?:[-–][^\W\d_]\w*|\s*[-–]\s*[A-ZĐ]{2,}\b)*)",
    re.IGNORECASE,
)
# Decisions of the Prime Minister and circulars are cited as the legal basis, they recognise nothing.
NOT_RECOGNISING = ("TTG", "CP", "TW")
CITED_AS_BASIS = re.compile(r"\b(?:can cu|theo bo tieu chi|thuc hien|sua doi|thay the)\b[^.;]*$")
ATTACHED = re.compile(r"\b(?:kem theo|ban hanh|dinh kem|phu luc)\b")
NAMES_AUTHORITY = ("co quan ban hanh", "co quan quyet dinh", "co quan cong nhan", "don vi ban hanh")
# What stands beside the authority in the head of a letter.
MOTTO = re.compile(r"\s*(?:cộng\s*h[òo][aà]\s*xã\s*hội|độc\s*lập\s*[-–]).*", re.IGNORECASE | re.DOTALL)
NEAR = 160


@dataclass(frozen=True)
class DecisionFacts:
    """What is known of a decision; an empty field was not said."""

    authority: str = ""
    number: str = ""
    signed_on: date | None = None


def read_number(text: str) -> str:
    """Return the decision number in its one spelling, `3981/QĐ-UBND`; empty when the text has none."""
    found = NUMBER.search(normalise(text))
    return _spell_number(found) if found else ""


def read_title(lines: list[str]) -> DecisionFacts:
    """Return what the lines outside the table say of the decision they belong to."""
    text = "\n".join(normalise(line) for line in lines)
    found = _number_of_decision(text)
    if found:
        after = _up_to_next_number(text, found)
        days = find_days(after)
        return DecisionFacts(
            authority=_authority_after(after) or _authority_in_heading(lines),
            number=_spell_number(found),
            signed_on=days[0] if days else _day_of_place_line(lines),
        )
    attached = " ".join(line for line in lines if ATTACHED.search(fold(line)))
    authority = _authority_after(attached) or _authority_in_heading(lines)
    return DecisionFacts(authority=authority, signed_on=_day_of_place_line(lines))


def _number_of_decision(text: str) -> re.Match[str] | None:
    candidates = []
    for found in NUMBER.finditer(text):
        line_before = fold(text[text.rfind("\n", 0, found.start()) + 1 : found.start()])
        offices = _spell_number(found).upper().split("-")
        if any(office.endswith(NOT_RECOGNISING) for office in offices[1:]) or CITED_AS_BASIS.search(line_before):
            continue
        is_attached = bool(ATTACHED.search(fold(text[max(0, found.start() - NEAR) : found.start()])))
        candidates.append((not is_attached, found.start(), found))
    return min(candidates)[2] if candidates else None


def _up_to_next_number(text: str, found: re.Match[str]) -> str:
    following = NUMBER.search(text, found.end())
    return text[found.end() : following.start() if following else found.end() + 2 * NEAR]


def _authority_after(after: str) -> str | None:
    """Return the authority of «… của Chủ tịch UBND tỉnh …»; it ends with its sentence."""
    sentence = re.split(r"[)\n]\s*\n|\)|;", after, maxsplit=1)[0]
    one_line = sentence.replace("\n", " ")
    of = re.search(r"\bcủa\s+(.+)", one_line, re.IGNORECASE)
    return (read_authority(of[1]) if of else None) or read_authority(one_line)


def _authority_in_heading(lines: list[str]) -> str:
    heads = [MOTTO.sub("", normalise(line)) for line in lines]
    for start, head in enumerate(heads):
        if not fold(head).startswith(("uy ban nhan dan", "ubnd", "bo nong nghiep", "bo nn")):
            continue
        # «ỦY BAN NHÂN DÂN» and «TỈNH LÂM ĐỒNG» often stand on two lines.
        following = heads[start + 1] if start + 1 < len(heads) else ""
        if authority := read_authority(head) or read_authority(f"{head} {following}"):
            return authority
    named = (read_authority(head) for head in heads if fold(head).startswith(NAMES_AUTHORITY))
    return next((authority for authority in named if authority), "")


def _day_of_place_line(lines: list[str]) -> date | None:
    """Return the day of «Lâm Đồng, ngày 05 tháng 8 năm 2026» or of a sentence that names the decision."""
    for line in lines:
        plain = fold(line)
        if "can cu" in plain or "ttg" in plain:
            continue
        if re.search(r"(?:,|^)\s*\(?ngay \d", plain) or "quyet dinh" in plain:
            days = find_days(line)
            if len(set(days)) == 1:
                return days[0]
    return None


def _spell_number(found: re.Match[str]) -> str:
    office = re.sub(r"\s*[-–]\s*", "-", found["office"]).upper().rstrip("-.")
    office = office.replace("VPDP", "VPĐP").replace("NN&PTNT", "NNPTNT")
    year = f"/{found['year']}" if found["year"] else ""
    # «1.887/QĐ-UBND»: the dot only parts the thousands.
    return f"{found['digits'].replace('.', '')}{year}/QĐ-{office}"
