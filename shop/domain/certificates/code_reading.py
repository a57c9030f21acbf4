"""Reading a certificate's code as people type it, and finding what they probably meant."""

import re
from collections.abc import Iterable, Iterator
from datetime import date
from functools import reduce

from django.db.models import Q, QuerySet
from rapidfuzz import process
from rapidfuzz.distance import OSA

from shop.common.vietnamese import fold

from .folding import Folded
from .importing.codes import LETTERS_OF_COUNTRY, LETTERS_OF_PROVINCE
from .models import Certificate
from .queries import CODE, CODE_IN_ADDRESS, NOT_IN_A_CODE, SERIAL_DIGITS, read_code, search_registry

KNOWN_LETTERS = frozenset({*LETTERS_OF_PROVINCE.values(), LETTERS_OF_COUNTRY})
# What eyes take for one another in small print.
AS_LETTERS = str.maketrans("01", "OI")
AS_DIGITS = str.maketrans("OQDIL", "00011")
PREFIX_LENGTHS = (2, 3)
YEAR_AND_SERIAL = re.compile(r"^(20\d\d)(\d{1,5})$")
WORD = re.compile(r"[^\W_]+")
LETTERS = re.compile(r"^[A-Z]+$")
MOST_SUGGESTIONS = 6
MOST_WORDS = 6
# Two slips are forgiven only where enough letters are left to tell words apart.
LONG_WORD, SHORT_WORD = 7, 3
YEARS_AROUND = range(-2, 3)


def read_typed_code(typed: str) -> str:
    """Return the code meant by what was typed or scanned, or nothing if it cannot be one.

    More forgiving than `read_code`: O for 0 and I or L for 1, and the other way round among the letters.
    """
    in_address = CODE_IN_ADDRESS.search(typed)
    letters = NOT_IN_A_CODE.sub("", fold(in_address[1] if in_address else typed).upper())
    return (CODE.match(letters) and read_code(typed)) or _untangled(letters) or read_code(typed)


def suggest_certificates(typed: str, *, today: date) -> list[Certificate]:
    """Return what was probably meant by a code that is not in the registry, or by words: the nearest first, six at most.

    Words are those of product or producer; numbers are the last digits of a code, or its year.
    """
    code = read_typed_code(typed)
    if CODE.match(NOT_IN_A_CODE.sub("", code)):
        return _near(code)
    words = WORD.findall(fold(typed))[:MOST_WORDS]
    numbers = [word for word in words if word.isdecimal() and len(word) <= SERIAL_DIGITS]
    names = [word for word in words if word not in numbers]
    for chosen in (names, _corrected(names)):
        if chosen or numbers:
            found = list(_numbered(search_registry(text=" ".join(chosen), today=today), numbers)[:MOST_SUGGESTIONS])
            if found:
                return found
    return list(search_registry(text=" ".join(names), today=today)[:MOST_SUGGESTIONS]) if names and numbers else []


def _untangled(letters: str) -> str:
    """Return the code when only 0 and O, 1 and I were mistaken for each other; letters of a province win over others."""
    readings = []
    for length in PREFIX_LENGTHS:
        prefix = letters[:length].translate(AS_LETTERS)
        numbers = YEAR_AND_SERIAL.match(letters[length:].translate(AS_DIGITS))
        if numbers and LETTERS.match(prefix):
            readings.append((prefix not in KNOWN_LETTERS, f"{prefix}-{numbers[1]}-{numbers[2].zfill(SERIAL_DIGITS)}"))
    return min(readings)[1] if readings else ""


def _near(code: str) -> list[Certificate]:
    nearest = {each: OSA.distance(code, each) for each in _neighbours(code)}
    found = Certificate.objects.filter(code__in=nearest).select_related(
        "decision", "province", "commune", "producer__profile", "product", "superseded_by"
    )
    return sorted(found, key=lambda each: (nearest[each.code], each.code))[:MOST_SUGGESTIONS]


def _neighbours(code: str) -> Iterator[str]:
    """Yield the codes one slip away: a digit changed, two swapped, another province, a year more or less."""
    prefix, year, serial = code.split("-")
    yield from (f"{letters}-{year}-{serial}" for letters in KNOWN_LETTERS)
    yield from (f"{prefix}-{int(year) + shift}-{serial}" for shift in YEARS_AROUND)
    for place, digit in enumerate(serial):
        yield from (f"{prefix}-{year}-{serial[:place]}{other}{serial[place + 1 :]}" for other in "0123456789")
        yield f"{prefix}-{year}-{serial[:place]}{serial[place + 1 : place + 2]}{digit}{serial[place + 2 :]}"


def _numbered(found: QuerySet[Certificate], numbers: Iterable[str]) -> QuerySet[Certificate]:
    conditions = [Q(code__endswith=f"-{number.zfill(SERIAL_DIGITS)}") | Q(code__contains=f"-{number}-") for number in numbers]
    return reduce(lambda narrowed, condition: narrowed.filter(condition), conditions, found)


def _corrected(words: list[str]) -> list[str]:
    """Replace each word the registry does not know by the nearest one it does know."""
    if not words:
        return []
    known = _vocabulary()
    return [word if word in known else _nearest(word, known) for word in words]


def _nearest(word: str, known: list[str]) -> str:
    slips = 2 if len(word) >= LONG_WORD else 1 if len(word) >= SHORT_WORD else 0
    match = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=slips)
    return match[0] if match else word


def _vocabulary() -> list[str]:
    names = Certificate.objects.order_by().values_list(Folded("product_name", "producer_name"), flat=True)
    return sorted({word for name in names for word in WORD.findall(name)})
