"""Tell product rows from everything else that stands in a table: sections, totals, signatures, notes."""

import re
from dataclasses import dataclass, replace
from enum import StrEnum
from functools import cache

from shop.common.vietnamese import fold, normalise

from ..spellings.gazetteer import DISTRICT_KINDS, find_districts, find_province, gazetteer
from ..spellings.stars import StarReading, find_stars
from ..taxonomy import TRAILING_COUNT, find_group
from .titles import DecisionFacts, read_title

ROMAN_OR_LETTER = re.compile(r"(?:[ivxlc]+|[a-zđ])\W*", re.IGNORECASE)
ARABIC = re.compile(r"\d{1,5}(?:[.,]0+)?\W*")
OUTLINE = re.compile(r"^(?:[IVXLC]+|[A-ZĐ]|\d{1,2}(?:\.\d{1,2})*)\s*[.)/:–-]+\s*")
COUNT = re.compile(r"\b(\d{1,4})\s*(?:\([^)]*\)\s*)?(?:san pham|sp)\b")
TOTAL = re.compile(
    r"(?:tong(?! hop)(?: cong| so)?|cong)\b(?:\W|\d|so|san pham|sp|chu the|toan|tinh|huyen|la|co|cac|hang|sao)*\b.*"
)
TOTAL_STRICT = re.compile(
    r"(?:tong cong|tong so|tong|cong)\b(?:\W|\d|so|san pham|sp|chu the|toan tinh|la|co|danh sach|nay|hang|sao|loai|i|v|x)*"
)
SIGNATURE = re.compile(
    r"\W*(?:(?:tm|kt|tl|tuq|t/m|k/t)\W+\w.*|(?:pho )?chu tich(?: ubnd.*| uy ban.*)?|(?:bo|thu) truong|noi nhan\b.*|nguoi lap\b.*"
    r"|lap bieu.*|xac nhan cua\b.*|thu truong don vi|\(?da ky\)?|(?:pho )?(?:giam doc|chanh van phong)(?: so.*)?"
    r"|ky ten.*|ke toan.*"
    r"|.{0,40}, ?ngay \W*(?:\d{1,2})?\W* thang.*)"
)
NOTE = re.compile(
    r"(?:ghi chu|luu y|chu thich|nguon)\s*[:(].*|\(\*+\).*|\*+ ?[a-z].*|- ?(?:nhu dieu|luu).*"
    r"|danh sach (?:nay )?(?:co|gom).*|an dinh danh sach.*"
)
PLACE = re.compile(
    r"(?:địa bàn |khu vực |ubnd )*"
    r"(?P<kind>tỉnh|thành phố|tp\b\.?|huyện|quận|thị xã|tx\b\.?|xã|phường|thị trấn|đặc khu)\s*"
    r"(?P<name>[^\d,;:()]+?(?:\s\d{1,2})?|\d{1,2})",
    re.IGNORECASE,
)
COUNT_BEHIND = re.compile(r"\s*(?:[:(;,]|gồm\b|có\b|đạt\b|\s[-–]\s*\d|\d{1,4}\s*(?:sản phẩm|sp)\b).*$", re.IGNORECASE)
TAIL = re.compile(r"\s*(?:[:(;–,]|\s-\s|gồm\b|có\b|đạt\b|\d{1,4}\s*(?:sản phẩm|sp)\b).*$", re.IGNORECASE)
FULL_KIND = {"tp": "thành phố", "tp.": "thành phố", "tx": "thị xã", "tx.": "thị xã"}
STARTS_LIKE_PRODUCER = re.compile(
    r"(?:cong ty|cty|ctcp|hop tac xa|htx|to hop tac|tht|ho kinh doanh|hkd|ho sxkd|ho san xuat|co so|cssx|doanh nghiep"
    r"|dntn|trang trai|chi nhanh)\b"
)
MAX_WORDS_OF_A_PLACE = 6
MAX_SECTION_LENGTH = 250


class RowKind(StrEnum):
    """What a row of the table is."""

    BLANK = "blank"
    SECTION = "section"
    TOTAL = "total"
    SIGNATURE = "signature"
    NOTE = "note"
    PRODUCT = "product"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Place:
    """A place as a section names it: the province, and the text that completes an address."""

    province: str = ""
    address: str = ""


@dataclass(frozen=True)
class Section:
    """What a section row says of the rows below it."""

    stars: StarReading | None = None
    place: Place | None = None
    group: str = ""
    decision: DecisionFacts | None = None
    # «I | Hợp tác xã chè Hảo Đạt»: the products below are its own.
    producer: str = ""
    count: int | None = None

    @property
    def says_something(self) -> bool:
        return bool(self.stars or self.place or self.group or self.decision or self.producer)


def read_section(text: str, *, allow_bare_names: bool) -> Section:
    """Read a heading inside the table. `allow_bare_names`: «Đắk Song» alone may be a place, «Chè» a group."""
    plain = OUTLINE.sub("", normalise(text))
    stars = find_stars(plain)
    facts = read_title([plain])
    counted = COUNT.search(fold(plain))
    # «Nhóm: Thực phẩm» and «Mật ong, mật khác» bear their stop, «Thực phẩm, gồm 3 sản phẩm» ends at it.
    group = next((text for text in (TAIL.sub("", plain), TRAILING_COUNT.sub("", plain)) if find_group(text)), "")
    is_named_group = fold(plain).startswith(("nhom", "nganh", "linh vuc", "phan nhom", "bo san pham"))
    return Section(
        stars=stars if stars.stars or stars.problem else None,
        place=_read_place(plain, allow_bare_names=allow_bare_names),
        group=group if allow_bare_names or is_named_group else "",
        decision=facts if facts.number else None,
        producer=TRAILING_COUNT.sub("", plain) if allow_bare_names and STARTS_LIKE_PRODUCER.match(fold(plain)) else "",
        count=int(counted[1]) if counted else None,
    )


def classify(
    *, order: str, others: list[str], product: str, producer: str, has_order_column: bool
) -> tuple[RowKind, Section | None]:
    """Say what a row is by its order cell, all its other texts, and those in the columns of product and producer."""
    if not others:
        return RowKind.BLANK, None
    # Headings are short: what is longer is a name or a note, and never searched for patterns.
    others = [text[:MAX_SECTION_LENGTH] for text in others]
    is_numbered = bool(ARABIC.fullmatch(order))
    if not is_numbered and (kind := _closing_kind(order, others)):
        return kind, None
    if len(others) > 1:
        # A row that names a product beside its place is a product, whatever the place looks like.
        if is_numbered or producer or product[:MAX_SECTION_LENGTH] not in {"", others[0]}:
            return RowKind.PRODUCT, None
        return _classify_wide(others)
    return _classify_lone(order, others[0], is_numbered=is_numbered, has_order_column=has_order_column)


def _classify_lone(order: str, text: str, *, is_numbered: bool, has_order_column: bool) -> tuple[RowKind, Section | None]:
    """Tell a section from a product of which nothing but the name is said."""
    is_outlined = bool(order) and not is_numbered
    section = read_section(text, allow_bare_names=is_outlined or (has_order_column and not is_numbered))
    if is_numbered:
        # «1 | Huyện Đắk Song» is a section; «18 | Trầm nụ» a product.
        is_section = section.says_something and (section.place or section.count is not None or speaks_of_products(text))
        return (RowKind.SECTION, section) if is_section else (RowKind.PRODUCT, None)
    if section.says_something:
        return RowKind.SECTION, section
    return (RowKind.UNKNOWN if is_outlined or has_order_column else RowKind.PRODUCT), None


def _classify_wide(others: list[str]) -> tuple[RowKind, Section | None]:
    """Tell «I | Huyện Đắk Song | 05 sản phẩm» from a product: a place with nothing but a count or a rank beside it."""
    section = read_section(" - ".join(others), allow_bare_names=False)
    by_name = read_section(others[0], allow_bare_names=_only_counts(others[1:]))
    if by_name.place or (by_name.says_something and _only_counts(others[1:])):
        return RowKind.SECTION, replace(by_name, stars=by_name.stars or section.stars)
    return RowKind.PRODUCT, None


def _closing_kind(order: str, others: list[str]) -> RowKind | None:
    texts = [fold(text) for text in ([order] if order else []) + others]
    if TOTAL_STRICT.fullmatch(texts[0]) or (order and TOTAL_STRICT.fullmatch(fold(others[0]))):
        return RowKind.TOTAL
    if TOTAL.fullmatch(texts[0]) and COUNT.search(" ".join(texts)):
        return RowKind.TOTAL
    if len(others) <= 2 and any(SIGNATURE.fullmatch(text) for text in texts):  # noqa: PLR2004 -- left and right signature
        return RowKind.SIGNATURE
    if NOTE.fullmatch(texts[0]):
        return RowKind.NOTE
    return None


def _only_counts(texts: list[str]) -> bool:
    return all(re.fullmatch(r"\d+|\d+ (?:san pham|sp)", fold(text)) for text in texts)


def speaks_of_products(text: str) -> bool:
    return bool(re.search(r"\b(?:san pham|hang|cong nhan|danh sach)\b", fold(text)))


def _read_place(plain: str, *, allow_bare_names: bool) -> Place | None:
    whole = COUNT_BEHIND.sub("", plain).strip(" .,-–")
    if commune := _communes().get(whole.replace("–", "-").casefold()):
        return Place(address=commune)
    # «Bà Rịa - Vũng Tàu» bears its dash.
    head = whole if find_province(whole) else TAIL.sub("", plain).strip(" .,-–")
    found = PLACE.fullmatch(head)
    if found and len(found["name"].split()) <= MAX_WORDS_OF_A_PLACE:
        kind = FULL_KIND.get(found["kind"].casefold(), found["kind"].casefold())
        return _place_of(kind, found["name"].strip(" ."))
    if not allow_bare_names or len(head.split()) > MAX_WORDS_OF_A_PLACE:
        return None
    if province := find_province(head):
        return Place(province=province.name)
    kinds = {district.full_name for kind in DISTRICT_KINDS for district in find_districts(kind, head)}
    return Place(address=kinds.pop()) if len(kinds) == 1 else None


def _place_of(kind: str, name: str) -> Place | None:
    if kind in {"tỉnh", "thành phố"}:
        province = find_province(name)
        if province and kind in {"tỉnh", province.kind}:
            return Place(province=province.name)
    if kind in DISTRICT_KINDS:
        districts = find_districts(kind, name)
        return Place(address=f"{kind} {districts[0].name if districts else _proper(name)}")
    if kind == "tỉnh":
        return None
    return Place(address=_communes().get(f"{kind} {name}".casefold(), f"{kind} {_proper(name)}"))


@cache
def _communes() -> dict[str, str]:
    return {name.casefold(): name for name in gazetteer().commune_names}


def _proper(name: str) -> str:
    return name.title() if name.isupper() else name
