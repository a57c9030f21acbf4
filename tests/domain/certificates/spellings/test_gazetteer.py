"""Provinces and districts by the names annexes use."""

import pytest

from shop.domain.certificates.spellings.gazetteer import (
    find_commune_code,
    find_districts,
    find_province,
    province_candidates,
    province_of_code,
)


@pytest.mark.parametrize(
    ("text", "name", "code"),
    [("tỉnh Đắk Nông", "Đắk Nông", "68"), ("ĐĂK LĂK", "Đắk Lắk", "66"), ("TP.HCM", "Hồ Chí Minh", "79"),
     ("Thừa Thiên - Huế", "Thừa Thiên Huế", "46"), ("Hoà Bình", "Hòa Bình", "25"), ("Bắc Cạn", "Bắc Kạn", "19")],
)  # fmt: skip
def test_find_province_knows_old_names_and_other_spellings(text, name, code):
    assert (find_province(text).name, find_province(text).code) == (name, code)


@pytest.mark.parametrize(
    ("address", "provinces"),
    [
        ("xã Trà Linh, huyện Nam Trà My", {"Quảng Nam"}),
        ("phường Cẩm Thượng, TP Hải Dương", {"Hải Dương"}),
        ("xã A, huyện B, tỉnh Thanh Hóa", {"Thanh Hóa"}),
        ("Q.1, TP.HCM", {"Hồ Chí Minh"}),
        ("đặc khu Lý Sơn", {"Quảng Ngãi"}),
        ("phường Phan Thiết", {"Lâm Đồng"}),
        ("thôn 3", set()),
    ],
)
def test_province_candidates_come_from_the_most_certain_word(address, provinces):
    assert {province.name for province in province_candidates(address)} == provinces


def test_province_candidates_of_a_common_district_are_many():
    assert len(province_candidates("huyện Châu Thành")) > 5


def test_find_districts_tells_kinds_apart():
    assert [district.full_name for district in find_districts("thị xã", "Nghi Sơn")] == ["thị xã Nghi Sơn"]


def test_find_commune_code_stays_inside_the_province():
    assert find_commune_code(province_code="68", text="xã Ninh Gia") == find_commune_code(province_code="68", text="XÃ NINH GIA")
    assert find_commune_code(province_code="01", text="xã Ninh Gia") is None


def test_find_province_prefers_the_name_of_before_and_knows_its_kind():
    hue, lam_dong, hai_phong = (find_province(text) for text in ("Thừa Thiên Huế", "TỈNH LÂM ĐỒNG", "tp. Hải Phòng"))

    assert (hue.full_name, hue.code, hue.is_legacy) == ("tỉnh Thừa Thiên Huế", "46", True)
    assert (lam_dong.full_name, lam_dong.is_legacy) == ("tỉnh Lâm Đồng", True)
    assert (hai_phong.full_name, hai_phong.code) == ("thành phố Hải Phòng", "31")
    assert (find_province("Huế").full_name, find_province("Mặt Trăng"), find_province("")) == ("thành phố Huế", None, None)
    assert (province_of_code("68").full_name, province_of_code("68").is_legacy) == ("tỉnh Lâm Đồng", False)


@pytest.mark.parametrize(
    ("kind", "name", "found"),
    [
        ("tx", "Nghi Sơn", ["thị xã Nghi Sơn"]),
        ("H", "Đắk Song", ["huyện Đắk Song"]),
        ("q", "Cầu Giấy", ["quận Cầu Giấy"]),
        # The district and the town of one name are two.
        ("huyện", "Kỳ Anh", ["huyện Kỳ Anh"]),
        ("thị xã", "Kỳ Anh", ["thị xã Kỳ Anh"]),
        # A town of then that is a city since; a district is never a quarter.
        ("thị xã", "Gia Nghĩa", ["thành phố Gia Nghĩa"]),
        ("quận", "Đắk Song", []),
        ("huyện", "Lạ Hoắc", []),
    ],
)
def test_find_districts_by_kind_and_name(kind, name, found):
    assert [district.full_name for district in find_districts(kind, name)] == found


@pytest.mark.parametrize(
    ("address", "provinces"),
    [
        # The last province of an address is the widest.
        ("tỉnh Long An, tỉnh Thanh Hóa", {"Thanh Hóa"}),
        ("thành phố Hải Phòng", {"Hải Phòng"}),
        ("thành phố Hải Dương", {"Hải Dương"}),
        ("tỉnh Hải Dương", {"Hải Dương"}),
        ("huyện Lạ Hoắc, huyện Đắk Song", {"Đắk Nông"}),
        ("xã Lạ Hoắc, p. Phan Thiết", {"Lâm Đồng"}),
        ("xã Ninh Gia", {"Lâm Đồng"}),
        ("xã Lạ Hoắc", set()),
    ],
)
def test_province_candidates_of_an_address(address, provinces):
    assert {province.name for province in province_candidates(address)} == provinces


def test_find_commune_code_tries_every_commune_of_an_address():
    right = find_commune_code(province_code="68", text="xã Ninh Gia")
    assert right is not None
    assert find_commune_code(province_code="68", text="x. Lạ Hoắc, x. Ninh Gia") == right
    assert find_commune_code(province_code="68", text="xã Lạ Hoắc") is None
    assert find_commune_code(province_code="68", text="phường Ninh Gia") is None
