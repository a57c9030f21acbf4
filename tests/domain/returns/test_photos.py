from io import BytesIO

import pytest
from PIL import Image

from shop.domain.returns import photos
from shop.domain.returns.photos import PhotoRefused, clean_photo


def picture(size=(80, 40), kind="JPEG", **options):
    written = BytesIO()
    Image.new("RGB", size, "red").save(written, kind, **options)
    return written


def clean(upload, size=None):
    return clean_photo(upload=upload, size=size or upload.getbuffer().nbytes)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_is_written_anew_without_what_it_carried(kind):
    exif = Image.Exif()
    exif[0x010F] = "Hãng máy ảnh"

    made = Image.open(clean(picture(kind=kind, exif=exif)))

    assert (made.format, made.size, dict(made.getexif())) == ("JPEG", (80, 40), {})


def test_a_picture_is_turned_upright_and_made_smaller():
    exif = Image.Exif()
    exif[0x0112] = 6  # the camera was held upright

    made = Image.open(clean(picture(size=(3200, 1600), exif=exif)))

    assert made.size == (800, 1600)


def test_what_is_no_picture_is_refused():
    for content in (
        b"",
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        picture().getvalue()[:200],
        picture(kind="GIF").getvalue(),
    ):
        with pytest.raises(PhotoRefused):
            clean(BytesIO(content), size=1)


def test_too_many_bytes_and_too_many_pixels_are_refused(monkeypatch):
    with pytest.raises(PhotoRefused):
        clean(picture(), size=photos.MOST_BYTES + 1)

    monkeypatch.setattr(photos, "MOST_PIXELS", 3_199)
    with pytest.raises(PhotoRefused):
        clean(picture())


def test_as_many_bytes_and_pixels_as_the_shop_takes_are_taken(monkeypatch):
    monkeypatch.setattr(photos, "MOST_PIXELS", 3_200)

    assert Image.open(clean(picture(), size=photos.MOST_BYTES)).size == (80, 40)
