"""Who decided: one spelling each, the level, the place, and what can be inferred where nobody says it."""

from datetime import date

import pytest

from shop.domain.certificates.spellings.authorities import (
    Level,
    infer_authority,
    level_of,
    province_of_authority,
    read_authority,
    spell_authority,
)
from shop.domain.certificates.spellings.gazetteer import find_province

AGRICULTURE, ENVIRONMENT = "Bộ Nông nghiệp và Phát triển nông thôn", "Bộ Nông nghiệp và Môi trường"


@pytest.mark.parametrize(
    ("text", "authority"),
    [
        ("Ủy ban nhân dân tỉnh Lâm Đồng", "UBND tỉnh Lâm Đồng"),
        ("Chủ tịch UBND TỈNH LÂM ĐỒNG về việc công nhận", "UBND tỉnh Lâm Đồng"),
        ("UBND TP. Hải Phòng", "UBND thành phố Hải Phòng"),
        ("UBND TP Hải Dương", "UBND thành phố Hải Dương"),
        ("UBND tx. Nghi Sơn", "UBND thị xã Nghi Sơn"),
        ("UBND huyện Đắk Song - tỉnh Đắk Nông", "UBND huyện Đắk Song"),
        ("UBND tỉnh Bà Rịa - Vũng Tàu ban hành", "UBND tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND tỉnh Lâm Đồng, ngày 5/8/2026", "UBND tỉnh Lâm Đồng"),
        # A place nobody knows keeps its words, five of them at most, and capitals only where it had them.
        ("UBND XÃ LẠ HOẮC", "UBND xã Lạ Hoắc"),
        ("UBND xã Lạ hoắc - tỉnh Lâm Đồng", "UBND xã Lạ hoắc"),
        ("UBND xã một hai ba bốn năm sáu", "UBND xã một hai ba bốn năm"),
        ("UBND tỉnh Lạ Hoắc", "UBND tỉnh Lạ Hoắc"),
        ("Bộ trưởng Bộ Nông nghiệp và Môi trường", ENVIRONMENT),
        ("Bộ NN&MT", ENVIRONMENT),
        ("BỘ NÔNG NGHIỆP VÀ PHÁT TRIỂN NÔNG THÔN", AGRICULTURE),
        ("Bộ NN - PTNT", AGRICULTURE),
        ("Sở Nông nghiệp và Môi trường", None),
        ("Hội đồng", None),
    ],
)
def test_read_authority_spells_it_once(text, authority):
    assert read_authority(text) == authority
    assert spell_authority(f" {text} ") == (authority or text)


@pytest.mark.parametrize(
    ("authority", "level", "province"),
    [
        (ENVIRONMENT, Level.MINISTRY, None),
        ("UBND tỉnh Lâm Đồng", Level.PROVINCE, "Lâm Đồng"),
        ("UBND tỉnh Đắk Nông", Level.PROVINCE, "Đắk Nông"),
        ("UBND thành phố Hải Phòng", Level.PROVINCE, "Hải Phòng"),
        ("UBND thành phố Hải Dương", Level.DISTRICT, "Hải Dương"),
        ("UBND thành phố Lạ Hoắc", Level.DISTRICT, None),
        ("UBND huyện Đắk Song", Level.DISTRICT, "Đắk Nông"),
        ("UBND quận Cầu Giấy", Level.DISTRICT, "Hà Nội"),
        ("UBND thị xã Nghi Sơn", Level.DISTRICT, "Thanh Hóa"),
        # Several provinces had one.
        ("UBND huyện Châu Thành", Level.DISTRICT, None),
        ("UBND xã Ninh Gia", Level.OTHER, None),
        ("Hội đồng", Level.OTHER, None),
    ],
)
def test_an_authority_has_a_level_and_perhaps_a_province(authority, level, province):
    assert level_of(authority) is level
    found = province_of_authority(authority)
    assert (found and found.name) == province


@pytest.mark.parametrize(
    ("number", "province", "signed_on", "authority"),
    [
        ("61/QĐ-BNNMT", "Lâm Đồng", None, ENVIRONMENT),
        ("377/QĐ-BNN-VPĐP", None, None, AGRICULTURE),
        ("12/QĐ-UBND", "Lâm Đồng", None, "UBND tỉnh Lâm Đồng"),
        ("12/QĐ-CT", "Lâm Đồng", None, "UBND tỉnh Lâm Đồng"),
        ("12/2024/qđ-ubnd", "Lâm Đồng", None, "UBND tỉnh Lâm Đồng"),
        ("", "Lâm Đồng", None, "UBND tỉnh Lâm Đồng"),
        ("15/QĐ-SNNMT", "Lâm Đồng", None, None),
        ("12/QĐ-UBND", None, None, None),
        # Since 01/07/2025 a committee of today signs for a province of then.
        ("12/QĐ-UBND", "Đắk Nông", date(2025, 6, 30), "UBND tỉnh Đắk Nông"),
        ("12/QĐ-UBND", "Đắk Nông", date(2025, 7, 1), "UBND tỉnh Lâm Đồng"),
        ("12/QĐ-UBND", "Đắk Nông", None, "UBND tỉnh Đắk Nông"),
        ("12/QĐ-UBND", "Hải Dương", date(2026, 1, 1), "UBND thành phố Hải Phòng"),
    ],
)
def test_infer_authority_from_number_province_and_day(number, province, signed_on, authority):
    found = find_province(province) if province else None

    assert infer_authority(number=number, province=found, signed_on=signed_on) == authority
