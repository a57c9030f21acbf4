"""Reading one piece of an address: what it may name, and at which level."""

import re
from dataclasses import dataclass

from shop.common.places.models import LegacyLevel
from shop.common.vietnamese import fold, normalise

PROVINCE, DISTRICT, COMMUNE = LegacyLevel.PROVINCE, LegacyLevel.DISTRICT, LegacyLevel.COMMUNE
ANY_LEVEL = (PROVINCE, DISTRICT, COMMUNE)

# "Thành phố" stands before a city of the first level (Huế) and before one that was a district (Pleiku).
LEVELS_OF_KIND: dict[str, tuple[LegacyLevel, ...]] = {
    "tỉnh": (PROVINCE,),
    "thành phố": (PROVINCE, DISTRICT),
    "quận": (DISTRICT,),
    "huyện": (DISTRICT,),
    "thị xã": (DISTRICT,),
    "thị trấn": (COMMUNE,),
    "xã": (COMMUNE,),
    "phường": (COMMUNE,),
    "đặc khu": (COMMUNE,),
}
KIND_OF_SHORT_PREFIX = {
    "t": "tỉnh",
    "tp": "thành phố",
    "q": "quận",
    "h": "huyện",
    "tx": "thị xã",
    "tt": "thị trấn",
    "x": "xã",
    "p": "phường",
    "f": "phường",
    "đk": "đặc khu",
    "dk": "đặc khu",
}
KIND_OF_FOLDED_PREFIX = {fold(kind): kind for kind in LEVELS_OF_KIND}

WORD_PREFIX = re.compile(rf"^(?P<prefix>{'|'.join(sorted(LEVELS_OF_KIND, key=len, reverse=True))})\s+(?P<name>.+)$")
FOLDED_PREFIX = re.compile(rf"^(?P<prefix>{'|'.join(sorted(KIND_OF_FOLDED_PREFIX, key=len, reverse=True))})\s+(?P<name>.+)$")
SHORT_PREFIX = re.compile(r"^(?P<prefix>tp|tx|tt|đk|dk|[qhxpf])(?:\s*\.\s*|\s+|(?=\d))(?P<name>.+)$")
GLUED_PREFIX = re.compile(r"^(?P<prefix>tp)(?P<name>[^\W\d]{2}.*)$")
T_WITH_DOT = re.compile(r"^(?P<prefix>t)\s*\.\s*(?P<name>.+)$")

HAMLET_OR_STREET = re.compile(
    r"^(thôn|ấp|bản|buôn|bon|làng|xóm|khóm|khối|khu|tổ|đường|phố|ngõ|ngách|hẻm|số|km|quốc lộ|ql|tỉnh lộ|lô|cụm|tòa nhà|"
    r"tiểu khu|tk|đội|thon|ap|buon|xom|khom|khoi|to dan pho|duong|so nha)\b"
)
LEADING_ZEROS = re.compile(r"^0+(?=\d)")
ENGLISH_SUFFIX = re.compile(r"\s+(province|city|district|town|commune|ward)$", re.IGNORECASE)
COUNTRY_NAMES = {"viet nam", "vietnam"}


@dataclass(frozen=True)
class UnitName:
    """A name as it stands in an address: as written, folded, without its prefix, and what it may be."""

    written: str
    folded: str
    levels: tuple[LegacyLevel, ...]
    kind: str | None
    is_like_a_street: bool = False


def read_unit_names(piece: str) -> list[UnitName]:
    """Return the ways to read one piece between commas, the likeliest first; none for a number or the country.

    "Phường Liệt" is a ward called Liệt, "Phương Liệt" is not; typed without accents it may be either.
    """
    written = ENGLISH_SUFFIX.sub("", normalise(piece).strip(" .:-"))
    if not written or written[0].isdigit() or fold(written) in COUNTRY_NAMES:
        return []
    whole = UnitName(written, fold(written), ANY_LEVEL, None, is_like_a_street=bool(HAMLET_OR_STREET.match(written.casefold())))
    prefixed = _read_prefix(written)
    return [prefixed, whole] if prefixed else [whole]


def _read_prefix(written: str) -> UnitName | None:
    small = written.casefold()
    for pattern in (WORD_PREFIX, SHORT_PREFIX, T_WITH_DOT, GLUED_PREFIX):
        if match := pattern.match(small):
            prefix = match["prefix"]
            return _prefixed(written, match["name"], KIND_OF_SHORT_PREFIX.get(prefix, prefix))
    if small.isascii() and (match := FOLDED_PREFIX.match(small)):
        return _prefixed(written, match["name"], KIND_OF_FOLDED_PREFIX[match["prefix"]])
    return None


def _prefixed(written: str, name: str, kind: str) -> UnitName:
    bare = LEADING_ZEROS.sub("", written[-len(name) :].strip(" ."))
    return UnitName(bare, fold(bare), LEVELS_OF_KIND[kind], kind)
