"""Files whose bytes went wrong on the way, and texts in the wrong letters."""

import tempfile
import unicodedata
from pathlib import Path
from random import Random

from tests.domain.certificates.sheets.workbook_writer import write_csv
from tests.fuzzing.lists import LISTS, TEXTS, sheet_of

ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1258", "latin-1", "shift_jis", "utf-7")

HEADER = "TT,Tên sản phẩm,Chủ thể\n".encode()


def flip_bits(dice: Random) -> bytes:
    data = bytearray(dice.choice(LISTS).read_bytes())
    for _ in range(dice.choice((1, 1, 2, 8, 64))):
        data[dice.randrange(len(data))] ^= 1 << dice.randrange(8)
    return bytes(data)


def cut_short(dice: Random) -> bytes:
    data = dice.choice(LISTS).read_bytes()
    return data[: dice.randrange(len(data))]


def double_piece(dice: Random) -> bytes:
    data = dice.choice(LISTS).read_bytes()
    start, length = dice.randrange(len(data)), dice.choice((1, 16, 512, 4096))
    return data[: start + length] * dice.choice((1, 2)) + data[start:]


def blank_piece(dice: Random) -> bytes:
    data = bytearray(dice.choice(LISTS).read_bytes())
    start, length = dice.randrange(len(data)), dice.choice((1, 8, 64, 512))
    data[start : start + length] = bytes([dice.choice((0, 0xFF, 0x20))]) * len(data[start : start + length])
    return bytes(data)


def join_two(dice: Random) -> bytes:
    first, second = (dice.choice(LISTS).read_bytes() for _ in range(2))
    return first[: dice.randrange(len(first))] + second[dice.randrange(len(second)) :]


def noise(dice: Random) -> bytes:
    head = dice.choice((b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe", b"\xef\xbb\xbf", b"TT;"))
    return head + dice.randbytes(dice.choice((0, 1, 100, 10_000)))


def wrong_letters(dice: Random) -> bytes:
    """A text in another encoding, or in two."""
    text = dice.choice(TEXTS).read_text("utf-8-sig")
    text = unicodedata.normalize(dice.choice(("NFC", "NFD", "NFKC")), text)
    cut = dice.randrange(len(text)) if dice.random() < 0.3 else len(text)
    first, second = dice.choice(ENCODINGS), dice.choice(ENCODINGS)
    return text[:cut].encode(first, "replace") + text[cut:].encode(second, "replace")


def wrong_separators(dice: Random) -> bytes:
    """A text whose quotes, separators and line ends do not fit together."""
    letters = list(dice.choice(TEXTS).read_text("utf-8-sig"))
    for _ in range(dice.randint(1, 12)):
        letters.insert(dice.randrange(len(letters)), dice.choice(('"', ",", ";", "\t", "|", "\r", "\n", "\0", "'", "sep=,\n")))
    return "".join(letters).encode()


def endless_text(dice: Random) -> bytes:
    """Far too many lines, cells or letters, or nearly so."""
    shape = dice.choice(("lines", "cells", "letters", "quotes"))
    if shape == "lines":
        return HEADER + b"1,a,b\n" * dice.randint(20_000, 400_000)
    if shape == "cells":
        return b"a," * dice.randint(100, 1_000_000) + b"\n" + b"1,2\n" * 50
    if shape == "quotes":
        return b'TT,"' * dice.randint(10, 50_000)
    return b"TT;" + b"x" * dice.randint(1000, 15_000_000) + b";\n"


def old_program(dice: Random) -> bytes:
    """A list as Windows' Vietnamese code page has it, a few bytes of it gone wrong."""
    with tempfile.TemporaryDirectory() as folder:
        path = write_csv(Path(folder) / "list.csv", sheet_of(dice.choice(LISTS)), encoding="cp1258")
        data = bytearray(path.read_bytes())
    for _ in range(dice.randint(0, 4)):
        data[dice.randrange(len(data))] = dice.randrange(256)
    return bytes(data)
