"""Pictures as people's phones make them, decoded, turned upright, made smaller and written anew: nothing else is kept."""

from io import BytesIO
from typing import IO
from uuid import uuid4

from django.core.files.base import ContentFile
from PIL import Image, ImageOps, UnidentifiedImageError

MOST_PHOTOS = 5
MOST_BYTES = 10 * 1024 * 1024
MOST_PIXELS = 40_000_000
LONGEST_SIDE = 1600
FORMATS = ("JPEG", "PNG", "WEBP")


class PhotoRefused(ValueError):
    """Not a picture the shop takes: too large, of too many pixels, of another kind, or broken."""


def clean_photo(*, upload: IO[bytes], size: int) -> ContentFile:
    """Return a JPEG without place, camera or anything else an upload carries. Raises PhotoRefused."""
    if size > MOST_BYTES:
        raise PhotoRefused(size)
    try:
        with Image.open(upload, formats=FORMATS) as picture:
            if picture.width * picture.height > MOST_PIXELS:
                raise PhotoRefused(picture.size)
            upright = ImageOps.exif_transpose(picture).convert("RGB")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise PhotoRefused from error
    upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    written = BytesIO()
    upright.save(written, "JPEG", quality=82)
    return ContentFile(written.getvalue(), name=f"{uuid4().hex}.jpg")
