"""Workbooks that are well packed and hostile inside: bombs, doors to elsewhere, endless sheets, lying directories."""

import re
import struct
from random import Random

from tests.fuzzing.lists import SHEET, WORKBOOKS, pack, parts_of

ELSEWHERE = (
    "../../etc/cron.d/x",
    "/etc/passwd",
    "..\\..\\x.exe",
    "C:\\x",
    "xl/../../x",
    "xl//worksheets/./sheet1.xml",
    "x\0y",
    "a" * 60_000,
    "",
)
DOORS = (
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE a SYSTEM "http://127.0.0.1:1/x.dtd">',
    '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>',
    '<?xml-stylesheet href="http://127.0.0.1:1/x.xsl"?>',
)
TARGETS = ("file:///etc/passwd", "../../../x", "http://127.0.0.1:1/x")
FAR = ("XFD1048576", "XFD1", "A1048576", "ZZZZ99999999", "A0", "1A", "", "A-1", "IV40000")
SHEET_START = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
SHEET_END = b"</sheetData></worksheet>"


def turn_digits(dice: Random) -> bytes:
    """Other numbers in the sheet: references, merged ranges, scores, days."""
    parts = parts_of(dice.choice(WORKBOOKS))
    content = bytearray(parts[SHEET])
    digits = [where for where, letter in enumerate(content) if 0x30 <= letter <= 0x39]
    for _ in range(dice.choice((1, 2, 8, 40))):
        content[dice.choice(digits)] = dice.choice(b"0123456789")
    return pack({**parts, SHEET: bytes(content)})


def flip_bits_inside(dice: Random) -> bytes:
    """Bits of one unpacked part, packed again with a right checksum."""
    parts = parts_of(dice.choice(WORKBOOKS))
    name = dice.choice(sorted(parts))
    content = bytearray(parts[name])
    for _ in range(dice.choice((1, 2, 8))):
        content[dice.randrange(len(content))] ^= 1 << dice.randrange(8)
    return pack({**parts, name: bytes(content)})


def lose_part(dice: Random) -> bytes:
    parts = parts_of(dice.choice(WORKBOOKS))
    parts.pop(dice.choice(sorted(parts)))
    return pack(parts)


def swap_parts(dice: Random) -> bytes:
    parts = parts_of(dice.choice(WORKBOOKS))
    one, other = dice.sample(sorted(parts), 2)
    parts[one], parts[other] = parts[other], parts[one]
    return pack(parts)


def bomb(dice: Random) -> bytes:
    """A small file that wants to become a big one."""
    parts = parts_of(dice.choice(WORKBOOKS))
    name = dice.choice((SHEET, "xl/workbook.xml", "xl/styles.xml", "xl/sharedStrings.xml", "docProps/core.xml"))
    megabytes = dice.choice((1, 8, 49, 51, 120))
    filler = dice.choice((b" ", b"\0", b"<row/>", b"<c><v>1</v></c>"))
    return pack({**parts, name: parts.get(name, b"")[:-20] + filler * (megabytes * 1_000_000 // len(filler))})


def lying_directory(dice: Random) -> bytes:
    """The archive's own table says other sizes and places than are there."""
    data = bytearray(pack(parts_of(dice.choice(WORKBOOKS))))
    entries = [found.start() for found in re.finditer(rb"PK(\x01\x02|\x05\x06)", data)]
    entry = dice.choice(entries)
    where = entry + dice.choice((8, 10, 16, 20, 24, 28, 42, 12))
    value = dice.choice((0, 1, 0xFFFF, 0x7FFFFFFF, 0xFFFFFFFF, dice.randrange(2**32)))
    data[where : where + 4] = struct.pack("<I", value)[: len(data[where : where + 4])]
    return bytes(data)


def names_that_leave(dice: Random) -> bytes:
    parts = list(parts_of(dice.choice(WORKBOOKS)).items())
    name = dice.choice((*ELSEWHERE, SHEET))
    parts.insert(dice.randrange(len(parts) + 1), (name, dice.choice((b"x", parts[0][1]))))
    return pack(parts)


def door_to_elsewhere(dice: Random) -> bytes:
    """A document type, an entity or a relation that leads out of the file."""
    parts = parts_of(dice.choice(WORKBOOKS))
    name = dice.choice((SHEET, "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"))
    text = parts[name].decode().replace("TT", "&b;", 1)
    if dice.random() < 0.3:
        text = re.sub(r'Target="[^"]*"', f'Target="{dice.choice(TARGETS)}"', text, count=1)
    door = dice.choice(DOORS)
    text = re.sub(r"^(<\?xml[^>]*>)?", lambda start: (start[0] or "<?xml version='1.0'?>") + door, text, count=1)
    return pack({**parts, name: text.encode(dice.choice(("utf-8", "utf-16", "utf-16-le")))})


def far_cells(dice: Random) -> bytes:
    """A cell at the end of the world, or nowhere."""
    parts = parts_of(dice.choice(WORKBOOKS))
    cells = "".join(f'<c r="{dice.choice(FAR)}"><v>1</v></c>' for _ in range(dice.randint(1, 3)))
    row = f'<row r="{dice.choice(("1048576", "0", "-1", "x", "40000", ""))}">{cells}</row></sheetData>'
    content = parts[SHEET].replace(b"</sheetData>", row.encode())
    content = re.sub(rb'dimension ref="[^"]*"', f'dimension ref="A1:{dice.choice(FAR)}"'.encode(), content)
    return pack({**parts, SHEET: content})


def endless_sheet(dice: Random) -> bytes:
    """Very many rows, columns or merged ranges."""
    parts = parts_of(dice.choice(WORKBOOKS))
    many = dice.choice((5_000, 29_999, 30_001, 120_000))
    if dice.random() < 0.5:
        rows = b"".join(b'<row r="%d"><c r="A%d"><v>1</v></c></row>' % (n, n) for n in range(1, many))
        return pack({**parts, SHEET: SHEET_START + rows + SHEET_END})
    ranges = b"".join(b'<mergeCell ref="A%d:F%d"/>' % (n, n + dice.choice((1, 5, 1000))) for n in range(1, many // 10))
    return pack({**parts, SHEET: parts[SHEET].replace(b"</worksheet>", b"<mergeCells>" + ranges + b"</mergeCells></worksheet>")})
