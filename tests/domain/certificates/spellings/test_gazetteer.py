"""Provinces and districts by the names annexes use."""

import pytest

from shop.domain.certificates.spellings.gazetteer import find_commune_code, find_districts, find_province, province_candidates


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
