"""Read one stream out of an OLE compound file, the envelope of old xls workbooks."""

from .grid import FileRefused

END_OF_CHAIN = 0xFFFFFFFE
NO_SECTOR = 0xFFFFFFF0
HEADER_BYTES = 512
ENTRY_BYTES = 128
MINI_STREAM_BELOW = 4096
MINI_SECTOR_BYTES = 64
HEADER_FAT_SECTORS = 109


def read_stream(data: bytes, names: tuple[str, ...]) -> bytes:
    """Return the stream with one of the names; raises FileRefused when the envelope is damaged."""
    file = _CompoundFile(data)
    for entry in file.entries():
        if entry[0] in names:
            return file.content(start=entry[1], size=entry[2])
    raise FileRefused("damaged", "no workbook stream")


class _CompoundFile:
    def __init__(self, data: bytes) -> None:
        self.data = data
        shift = _number(data, 30, 2)
        if shift not in (9, 12):
            raise FileRefused("damaged", "sector size")
        self.sector_bytes = 1 << shift
        self.table = self._allocation_table()

    def entries(self) -> list[tuple[str, int, int]]:
        """Return name, first sector and size of every entry of the directory."""
        directory = self._chain(_number(self.data, 48, 4), self.table)
        found = []
        for offset in range(0, len(directory), ENTRY_BYTES):
            entry = directory[offset : offset + ENTRY_BYTES]
            length = max(min(_number(entry, 64, 2), 64) - 2, 0)
            name = entry[:length].decode("utf-16-le", errors="replace")
            found.append((name, _number(entry, 116, 4), _number(entry, 120, 4)))
        return found

    def content(self, *, start: int, size: int) -> bytes:
        """Return a stream, out of the mini stream when it is small."""
        if size >= MINI_STREAM_BELOW:
            return self._chain(start, self.table)[:size]
        root = self.entries()[0]
        mini = self._chain(root[1], self.table)
        mini_table = _numbers(self._chain(_number(self.data, 60, 4), self.table))
        sectors = _follow(start, mini_table)
        return b"".join(mini[s * MINI_SECTOR_BYTES : (s + 1) * MINI_SECTOR_BYTES] for s in sectors)[:size]

    def _allocation_table(self) -> list[int]:
        sectors = _numbers(self.data[76 : 76 + 4 * HEADER_FAT_SECTORS])
        next_list = _number(self.data, 68, 4)
        seen = 0
        while next_list < NO_SECTOR and seen <= len(self.data) // self.sector_bytes:
            block = _numbers(self._sector(next_list))
            sectors += block[:-1]
            next_list, seen = (block[-1] if block else END_OF_CHAIN), seen + 1
        return _numbers(b"".join(self._sector(s) for s in sectors if s < NO_SECTOR))

    def _sector(self, number: int) -> bytes:
        start = (
            HEADER_BYTES + number * self.sector_bytes if self.sector_bytes == HEADER_BYTES else (number + 1) * self.sector_bytes
        )
        return self.data[start : start + self.sector_bytes]

    def _chain(self, start: int, table: list[int]) -> bytes:
        return b"".join(self._sector(sector) for sector in _follow(start, table))


def _follow(start: int, table: list[int]) -> list[int]:
    chain: list[int] = []
    while start < NO_SECTOR:
        # A longer chain than there are sectors runs in a circle.
        if start >= len(table) or len(chain) > len(table):
            raise FileRefused("damaged", "sector chain")
        chain.append(start)
        start = table[start]
    return chain


def _number(data: bytes, offset: int, size: int) -> int:
    return int.from_bytes(data[offset : offset + size], "little")


def _numbers(data: bytes) -> list[int]:
    return [_number(data, offset, 4) for offset in range(0, len(data) - 3, 4)]
