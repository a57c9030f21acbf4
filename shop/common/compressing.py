"""Compressed copies beside the static files pages load; Whitenoise sends them to browsers that take them."""

from pathlib import Path

from whitenoise.compress import Compressor

SERVED = ("dist", "vendor", "img")
TEXT = {".css", ".js", ".svg", ".json"}


def compress_files(static: Path) -> None:
    """Write .gz and .br where they are missing or belong to an older file."""
    compressor = Compressor(quiet=True)
    for folder in SERVED:
        for path in sorted((static / folder).rglob("*")):
            if path.suffix in TEXT and not _has_current_copy(path):
                compressor.compress(str(path))


def _has_current_copy(path: Path) -> bool:
    copy = path.with_name(f"{path.name}.gz")
    # A copy carries the time of the file it was made from.
    return copy.exists() and int(copy.stat().st_mtime) == int(path.stat().st_mtime)
