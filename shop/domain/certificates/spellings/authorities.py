"""Who decided: one spelling per authority, its level, and what can be inferred."""

import re
from datetime import date
from enum import StrEnum

from shop.common.vietnamese import fold, normalise

from .gazetteer import DISTRICT_KINDS, ProvinceName, find_districts, find_province, province_of_code

MINISTRY_OF_AGRICULTURE = "Bộ Nông nghiệp và Phát triển nông thôn"
MINISTRY_OF_AGRICULTURE_AND_ENVIRONMENT = "Bộ Nông nghiệp và Môi trường"
SIGNS_OF_A_COMMITTEE = ("UB", "CT")
MINISTRY_OF_SUFFIX = {"BNNMT": MINISTRY_OF_AGRICULTURE_AND_ENVIRONMENT, "BNN": MINISTRY_OF_AGRICULTURE}
COMMITTEE = re.compile(
    r"\b(?:u[ỷỳ]|ủy|uỷ)?\s*(?:ban nhân dân|ubnd)\s+"
    r"(?P<kind>tỉnh|thành phố|tp\b\.?|huyện|quận|thị xã|tx\b\.?|xã|phường|thị trấn|đặc khu)\s*(?P<name>\S.*)",
    re.IGNORECASE | re.DOTALL,
)
MINISTRY = re.compile(r"\bbo (?:truong bo )?(?:nong nghiep|nn)\s*(?:va|&|-)?\s*(?P<rest>moi truong|mt|phat trien nong thon|ptnt)")
END_OF_SENTENCE = re.compile(r"[,;:()\n]|\s(?:về|v/v|phê|công|ban|ngày|số|và|kèm|quyết|độc)\b", re.IGNORECASE)
END_OF_NAME = re.compile(rf"{END_OF_SENTENCE.pattern}|\s[-–]\s", re.IGNORECASE)
MAX_WORDS_OF_A_NAME = 5
# Since this day there are 34 provinces and no districts.
REFORM_DAY = date(2025, 7, 1)
FULL_KIND = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã"}


class Level(StrEnum):
    """At which level an authority stands; districts ended on 30/06/2025."""

    MINISTRY = "ministry"
    PROVINCE = "province"
    DISTRICT = "district"
    OTHER = "other"


def read_authority(text: str) -> str | None:
    """Return the authority a text names in its one spelling: «UBND tỉnh Lâm Đồng»; None when it names none."""
    plain = normalise(text)
    if ministry := MINISTRY.search(fold(plain)):
        by_environment = ministry["rest"] in {"moi truong", "mt"}
        return MINISTRY_OF_AGRICULTURE_AND_ENVIRONMENT if by_environment else MINISTRY_OF_AGRICULTURE
    found = COMMITTEE.search(plain)
    if not found:
        return None
    kind = FULL_KIND.get(found["kind"].casefold(), found["kind"].casefold())
    return f"UBND {_known_unit(kind, found['name'])}"


def spell_authority(text: str) -> str:
    """Return an authority given by a cell or an option: its one spelling when it is known, else as it stands."""
    return read_authority(text) or normalise(text)


def level_of(authority: str) -> Level:
    """Return the level of an authority in its one spelling."""
    if authority.startswith("Bộ "):
        return Level.MINISTRY
    kind_and_name = authority.removeprefix("UBND ")
    if kind_and_name == authority:
        return Level.OTHER
    if kind_and_name.startswith("tỉnh "):
        return Level.PROVINCE
    if kind_and_name.startswith("thành phố "):
        province = find_province(kind_and_name)
        return Level.PROVINCE if province and province.kind == "thành phố" else Level.DISTRICT
    return Level.DISTRICT if kind_and_name.startswith(("huyện ", "quận ", "thị xã ")) else Level.OTHER


def province_of_authority(authority: str) -> ProvinceName | None:
    """Return the province an authority governs or lies in, when that is certain."""
    kind_and_name = authority.removeprefix("UBND ")
    if level_of(authority) is Level.PROVINCE:
        return find_province(kind_and_name)
    if level_of(authority) is Level.DISTRICT:
        kind, name = _split_kind(kind_and_name)
        provinces = {district.province for district in find_districts(kind, name)}
        return provinces.pop() if len(provinces) == 1 else None
    return None


def infer_authority(*, number: str, province: ProvinceName | None, signed_on: date | None) -> str | None:
    """Return who must have signed: the ministry whose sign the number bears, else the province's committee of that day."""
    signs = number.upper().replace("QĐ-", "").split("/")[-1]
    for suffix, ministry in MINISTRY_OF_SUFFIX.items():
        if signs.startswith(suffix):
            return ministry
    if signs and not signs.startswith(SIGNS_OF_A_COMMITTEE):
        # «15/QĐ-SNNMT»: a department recognises nothing, and its province has not signed.
        return None
    if province and province.is_legacy and signed_on and signed_on >= REFORM_DAY:
        province = province_of_code(province.code)
    return f"UBND {province.full_name}" if province else None


def _known_unit(kind: str, tail: str) -> str:
    """Return the unit whose name begins the text, longest name first; else what stands before a stop."""
    # «Bà Rịa - Vũng Tàu» bears its dash, «Đắk Song - tỉnh Đắk Nông» ends at it.
    words = END_OF_SENTENCE.split(tail, maxsplit=1)[0].split()
    for length in range(min(len(words), MAX_WORDS_OF_A_NAME), 0, -1):
        name = " ".join(words[:length]).strip(" .,-–")
        if kind in {"tỉnh", "thành phố"} and (province := find_province(name)) and province.kind == kind:
            return province.full_name
        if districts := find_districts(kind, name):
            # A town of then may be a city since: the decision bears the name it was signed with.
            return f"{kind} {districts[0].name}"
    name = " ".join(END_OF_NAME.split(tail, maxsplit=1)[0].split()[:MAX_WORDS_OF_A_NAME])
    return f"{kind} {name.title() if name.isupper() else name}"


def _split_kind(kind_and_name: str) -> tuple[str, str]:
    for kind in DISTRICT_KINDS:
        if kind_and_name.startswith(f"{kind} "):
            return kind, kind_and_name.removeprefix(f"{kind} ")
    return "", kind_and_name
