"""Cells that hold more than one thing: several products in one, a producer with its address."""

import re

from shop.common.vietnamese import fold, normalise

from .gazetteer import DISTRICT_KINDS, find_districts, find_province

MAX_VARIANT_LENGTH = 60
IN_BRACKETS = re.compile(r"(?P<base>.*?\S)\s*[(\[](?P<inside>[^()\[\]]*)[)\]]\s*\.?")
# A comma between two digits is a decimal comma: 0,5 lít.
BETWEEN_VARIANTS = re.compile(r";|,(?=\s)|(?<!\d),|,(?!\d)")
LAST_OF_LIST = re.compile(r"\s+(?:và|&)\s+")
COUNT_OF_PRODUCTS = re.compile(r"\d+\s*(?:san pham|sp|loai|mau)\b.*")
GENERIC_BASE = re.compile(r"(?:nhom|bo|cac|dong)?\s*san pham")
BULLET = re.compile(r"^\s*(?:[-+•*–]|\d{1,2}[.)])\s*(?=\S)")

PLACE_WORD = (
    r"(?:(?:xã|phường|thị trấn|huyện|quận|thị xã|thành phố|tỉnh|đặc khu|thôn|ấp|khóm|khu phố|khối|tổ dân phố|xóm|bản|buôn"
    r"|làng|tiểu khu|đường|quốc lộ|tỉnh lộ|khu công nghiệp|cụm công nghiệp|lô|số nhà|kcn|tdp|ql|tp|tx|tt)\.?\s"
    r"|(?:p|q|h|x|tp|tx|tt)\.\s*(?=\S)|(?:số|tổ|km|khu|ngõ|kp)\.?\s*\d|\d{1,4}(?:/\d{1,4})*[a-z]?\s[^\d,;]+,)"
)
ADDRESS_LABEL = r"(?:địa\s*chỉ|đ/c|đc|trụ sở)(?:\s*(?:tại|sản xuất|:))*\s*:?\s*"
PRODUCER_THEN_ADDRESS = re.compile(
    rf"(?P<producer>.*?\S)\s*(?:[,;:(/]|\s[-–]|\.\s|\stại(?!\s+(?:tỉnh|thành phố))|\s(?={ADDRESS_LABEL}))\s*"
    rf"(?P<address>{ADDRESS_LABEL}\S.*|{PLACE_WORD}.+)",
    re.IGNORECASE,
)
CLOSING_BRACKET = re.compile(r"\s*\)\.?$")
LEADING_LABEL = re.compile(rf"^{ADDRESS_LABEL}", re.IGNORECASE)
DIGITS_OF_PHONE = r"(?:\+84|0)(?:[\s.\-]?\d){8,10}"
LABEL_OF_PHONE = r"\b(?:(?:số )?điện thoại|s?đt(?:dđ)?|tel|phone|hotline|di động|zalo)\b[\s.:]*"
PHONE = re.compile(
    rf"[\s,;.:/–-]*\(?\s*{LABEL_OF_PHONE}{DIGITS_OF_PHONE}(?:\s*[-–/,;]\s*{DIGITS_OF_PHONE})*\s*\)?"
    rf"|\s*[,;:–-]\s*{DIGITS_OF_PHONE}\b(?=\s*(?:[),;.]|$))",
    re.IGNORECASE,
)


def variants_of(cell: object) -> tuple[str, ...]:
    """Return the names of the products one cell lists, in full; nothing when it names one product.

    «Nước mắm Cửa Lò (20°N, 30°N, 40°N)» gives three names.
    """
    text = str(cell or "")
    if listed := _bulleted(text):
        return listed
    found = IN_BRACKETS.fullmatch(normalise(text))
    if not found:
        return ()
    parts = [part.strip() for part in BETWEEN_VARIANTS.split(found["inside"])]
    if len(parts) > 1:
        parts = [*parts[:-1], *LAST_OF_LIST.split(parts[-1])]
    parts = [part for part in parts if part]
    if len(parts) < 2 or any(len(part) > MAX_VARIANT_LENGTH for part in parts):  # noqa: PLR2004 -- one is no list
        return ()
    if COUNT_OF_PRODUCTS.match(fold(parts[0])):
        return ()
    return tuple(_full_name(found["base"], part) for part in parts)


def without_phone(text: str) -> str:
    """Return the text without phone numbers: what a list prints for the office is not for the public."""
    return PHONE.sub("", text)


def split_producer_and_address(text: str) -> tuple[str, str]:
    """Return producer and address of a cell that may hold both, without phone numbers; the address may be empty."""
    plain = without_phone(normalise(text.replace("\n", ", ")).replace(",,", ",").replace(" ,", ","))
    found = PRODUCER_THEN_ADDRESS.fullmatch(plain)
    if not found:
        return _split_at_bare_place(plain)
    address = LEADING_LABEL.sub("", found["address"])
    if address.count(")") > address.count("("):
        address = CLOSING_BRACKET.sub("", address)
    return found["producer"].rstrip(" ,;:-–("), address.rstrip(" ,;")


def _split_at_bare_place(plain: str) -> tuple[str, str]:
    """Split «Cơ sở Cẩm Hằng, Cầu Kè»: what follows the last comma is a district or a province without its kind."""
    producer, comma, place = plain.rpartition(",")
    place = place.strip(" .")
    if comma and (find_province(place) or any(find_districts(kind, place) for kind in DISTRICT_KINDS)):
        return producer.strip(), place
    return plain, ""


def _bulleted(text: str) -> tuple[str, ...]:
    lines = [line for line in text.splitlines() if line.strip()]
    bullets = [BULLET.sub("", line) for line in lines[1:] if BULLET.match(line)]
    if len(bullets) < 2 or len(bullets) != len(lines) - 1:  # noqa: PLR2004 -- one is no list
        return ()
    base = normalise(lines[0]).rstrip(" :")
    return tuple(_full_name(base, normalise(bullet).rstrip(" ;,.")) for bullet in bullets)


def _full_name(base: str, part: str) -> str:
    if GENERIC_BASE.fullmatch(fold(base)):
        return part[:1].upper() + part[1:]
    if fold(part).startswith(fold(base)):
        return part
    return f"{base} {part}"
