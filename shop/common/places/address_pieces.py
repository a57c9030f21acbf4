"""Cutting an address into the pieces that may each name a place."""

import re

from shop.common.places.gazetteer import gazetteer
from shop.common.places.unit_names import COMMUNE, PROVINCE, UnitName, read_unit_names
from shop.common.vietnamese import normalise

SEPARATORS = re.compile(r"[,;()\[\]|/\n]+")
DASH = re.compile(r"\s+[-–—]\s+|\s*[–—]\s*|-(?=\s)|(?<=\s)-")
# A prefix in the middle starts a new piece: "xã Mỹ Bằng huyện Yên Sơn". The "xã" of "thị xã" does not.
BEFORE_PREFIX = re.compile(
    r"\s+(?=(?:phường|thị trấn|đặc khu|huyện|quận|thị xã|thành phố|tỉnh)\s|(?:tp|tx|tt|đk|[hpxqt])\s*\.|tp\s|tp[^\W\d]{2})"
    r"|(?<!thị)\s+(?=xã\s)",
    re.IGNORECASE,
)
BEFORE_FOLDED_PREFIX = re.compile(
    r"\s+(?=(?:phuong|thi tran|dac khu|huyen|quan|thi xa|thanh pho|tinh)\s|(?:tp|tx|tt|dk|[hpxqt])\s*\.|tp\s"
    r"|tp[^\W\d]{2})"
    r"|(?<!thi)\s+(?=xa\s)",
    re.IGNORECASE,
)


def cut_address(text: str) -> list[list[UnitName]]:
    """Return the readings of each piece, left to right: first what lies deepest, last the province."""
    pieces = [piece for part in SEPARATORS.split(normalise(text)) for piece in _cut_further(part.strip())]
    return [readings for piece in pieces if (readings := read_unit_names(piece))]


def _cut_further(part: str) -> list[str]:
    """Cut at dashes and inner prefixes, but leave a name that has one inside whole: Xuân Hương - Đà Lạt."""
    if not part or any(_names_a_place(name) for name in read_unit_names(part)):
        return [part]
    for pattern in (DASH, BEFORE_FOLDED_PREFIX if part.isascii() else BEFORE_PREFIX):
        pieces = [piece.strip() for piece in pattern.split(part) if piece.strip()]
        if len(pieces) > 1:
            return [smaller for piece in pieces for smaller in _cut_further(piece)]
    return [part]


def _names_a_place(name: UnitName) -> bool:
    places = gazetteer()
    return bool(
        (PROVINCE in name.levels and places.provinces_called(name.folded))
        or any(places.legacy_called(level, name.folded) for level in name.levels)
        or (COMMUNE in name.levels and places.communes_called(name.folded))
    )
