"""Public codes of certificates: <PROVINCE>-<YYYY>-<5 digits>, because lists carry none of their own."""

import re
from collections.abc import Iterable

from ..models import Certificate

# Short letters of the 34 provinces by their official code. They are printed on labels: they never change.
LETTERS_OF_PROVINCE = {
    "01": "HN", "04": "CB", "08": "TQ", "11": "DB", "12": "LCH", "14": "SL", "15": "LCA", "19": "TNG", "20": "LS",
    "22": "QNI", "24": "BN", "25": "PT", "31": "HP", "33": "HY", "37": "NB", "38": "TH", "40": "NA", "42": "HT",
    "44": "QT", "46": "HUE", "48": "DNA", "51": "QNG", "52": "GL", "56": "KH", "66": "DL", "68": "LD", "75": "DNI",
    "79": "HCM", "80": "TNI", "82": "DT", "86": "VL", "91": "AG", "92": "CT", "96": "CM",
}  # fmt: skip
# A row of a national list whose province nobody says.
LETTERS_OF_COUNTRY = "VN"
SERIAL = re.compile(r".+-(\d{5,})")


def prefix_of(*, province_code: str, year: int) -> str:
    """Return how codes of a province and a year begin: `LD-2026-`."""
    return f"{LETTERS_OF_PROVINCE.get(province_code, LETTERS_OF_COUNTRY)}-{year}-"


class CodeMaker:
    """Hands out the next codes; its caller holds the import lock, so nobody else does."""

    def __init__(self) -> None:
        self._last: dict[str, int] = {}

    def next_code(self, *, province_code: str, year: int) -> str:
        """Return a code never given before, of the province of today and the year of issue."""
        prefix = prefix_of(province_code=province_code, year=year)
        if prefix not in self._last:
            # A code that was given once belongs to its product, whatever became of its import.
            given = Certificate.everything.filter(code__startswith=prefix).values_list("code", flat=True)
            self._last[prefix] = max(_serials(given), default=0)
        self._last[prefix] += 1
        return f"{prefix}{self._last[prefix]:05}"


def _serials(codes: Iterable[str]) -> Iterable[int]:
    return (int(found[1]) for code in codes if (found := SERIAL.fullmatch(code)))
