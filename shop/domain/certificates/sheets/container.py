"""Recognise a file by its content, and look into an archive before anything opens it."""

import zipfile
import zlib
from enum import StrEnum
from pathlib import Path, PurePosixPath

from .grid import MAX_FILE_BYTES, FileRefused

MAX_UNPACKED_BYTES = 50 * 1024 * 1024
MAX_RATIO = 100
# Small parts compress well without being bombs.
RATIO_MATTERS_FROM_BYTES = 1024 * 1024
MAX_ENTRIES = 1000

ZIP_START = b"PK\x03\x04"
OLE_START = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
FOREIGN_STARTS = {
    b"%PDF": "pdf",
    b"PK\x05\x06": "empty_archive",
    b"Rar!": "archive",
    b"7z\xbc\xaf": "archive",
    b"\x1f\x8b": "archive",
    b"\x89PNG": "picture",
    b"\xff\xd8\xff": "picture",
    b"GIF8": "picture",
    b"{\\rtf": "document",
    b"SQLite": "database",
    b"\x7fELF": "program",
    b"MZ": "program",
}
# A DTD is the door of XXE and of the billion laughs; no office program writes one.
DOCTYPES = tuple(mark.encode(encoding) for mark in ("<!DOCTYPE", "<!ENTITY") for encoding in ("ascii", "utf-16-le", "utf-16-be"))


class Kind(StrEnum):
    """The kinds of file a list may come in."""

    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    TEXT = "csv"


def recognise(path: Path) -> Kind:
    """Say what the file is by its content; raises FileRefused for anything that is not a list."""
    if not path.is_file():
        raise FileRefused("file_not_found")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise FileRefused("file_too_big", str(path.stat().st_size))
    with path.open("rb") as file:
        head = file.read(4096)
    if not head.strip(b"\x00 \r\n\t"):
        raise FileRefused("file_empty")
    for start, kind in FOREIGN_STARTS.items():
        if head.startswith(start):
            raise FileRefused("not_a_list", kind)
    if head.startswith(ZIP_START):
        return _recognise_archive(path)
    if head.startswith(OLE_START):
        return _recognise_ole(path)
    if head.lstrip(b"\xef\xbb\xbf \r\n\t")[:1] == b"<":
        raise FileRefused("not_a_list", "html")
    return Kind.TEXT


def _recognise_archive(path: Path) -> Kind:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
            _refuse_dangerous_directory(entries)
            _refuse_document_types(archive, entries)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, NotImplementedError, RuntimeError, EOFError) as error:
        raise FileRefused("damaged", str(error)) from error
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" in names:
        return Kind.XLSX
    if "content.xml" in names and "mimetype" in names:
        return Kind.ODS
    raise FileRefused("not_a_list", "archive")


def _refuse_dangerous_directory(entries: list[zipfile.ZipInfo]) -> None:
    if len(entries) > MAX_ENTRIES:
        raise FileRefused("archive_bomb", str(len(entries)))
    if sum(entry.file_size for entry in entries) > MAX_UNPACKED_BYTES:
        raise FileRefused("archive_bomb", str(sum(entry.file_size for entry in entries)))
    names = [entry.filename for entry in entries]
    if len(set(names)) != len(names):
        raise FileRefused("archive_path", "twice")
    for entry in entries:
        name = entry.orig_filename
        if name.startswith(("/", "\\")) or "\\" in name or ":" in name or ".." in PurePosixPath(name).parts:
            raise FileRefused("archive_path", name)
        if entry.flag_bits & 1:
            raise FileRefused("encrypted")
        if entry.file_size > max(RATIO_MATTERS_FROM_BYTES, MAX_RATIO * max(entry.compress_size, 1)):
            raise FileRefused("archive_bomb", entry.filename)


def _refuse_document_types(archive: zipfile.ZipFile, entries: list[zipfile.ZipInfo]) -> None:
    for entry in entries:
        if not entry.filename.endswith((".xml", ".rels")):
            continue
        content = archive.read(entry)
        if any(mark in content for mark in DOCTYPES):
            raise FileRefused("document_type", entry.filename)


def _recognise_ole(path: Path) -> Kind:
    if ENCRYPTED_PACKAGE in path.read_bytes():
        raise FileRefused("encrypted")
    return Kind.XLS
