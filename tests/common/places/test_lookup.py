import pytest

from shop.common.places.lookup import (
    find_commune,
    find_communes,
    find_legacy_district,
    find_legacy_province,
    find_province,
    legacy_province_names,
)
from shop.common.places.models import LegacyLevel, LegacyUnit, Province

pytestmark = pytest.mark.django_db

# As the National Assembly joined them on 12/06/2025 (Resolution 202/2025/QH15).
JOINED = {
    "tuyen-quang": {"Hà Giang", "Tuyên Quang"},
    "lao-cai": {"Yên Bái", "Lào Cai"},
    "thai-nguyen": {"Bắc Kạn", "Thái Nguyên"},
    "phu-tho": {"Vĩnh Phúc", "Hoà Bình", "Phú Thọ"},
    "bac-ninh": {"Bắc Giang", "Bắc Ninh"},
    "hung-yen": {"Thái Bình", "Hưng Yên"},
    "hai-phong": {"Hải Dương", "Hải Phòng"},
    "ninh-binh": {"Hà Nam", "Nam Định", "Ninh Bình"},
    "quang-tri": {"Quảng Bình", "Quảng Trị"},
    "da-nang": {"Quảng Nam", "Đà Nẵng"},
    "quang-ngai": {"Kon Tum", "Quảng Ngãi"},
    "gia-lai": {"Bình Định", "Gia Lai"},
    "khanh-hoa": {"Ninh Thuận", "Khánh Hòa"},
    "lam-dong": {"Đắk Nông", "Bình Thuận", "Lâm Đồng"},
    "dak-lak": {"Phú Yên", "Đắk Lắk"},
    "ho-chi-minh": {"Bình Dương", "Bà Rịa - Vũng Tàu", "Hồ Chí Minh"},
    "dong-nai": {"Bình Phước", "Đồng Nai"},
    "tay-ninh": {"Long An", "Tây Ninh"},
    "can-tho": {"Sóc Trăng", "Hậu Giang", "Cần Thơ"},
    "vinh-long": {"Bến Tre", "Trà Vinh", "Vĩnh Long"},
    "dong-thap": {"Tiền Giang", "Đồng Tháp"},
    "ca-mau": {"Bạc Liêu", "Cà Mau"},
    "an-giang": {"Kiên Giang", "An Giang"},
}


def test_old_provinces_went_where_the_resolution_says():
    old = LegacyUnit.objects.filter(level=LegacyLevel.PROVINCE)

    joined = {
        province.slug: names
        for province in Province.objects.all()
        if len(names := set(old.filter(province=province).values_list("name", flat=True))) > 1
    }

    assert joined == JOINED


@pytest.mark.parametrize(
    ("written", "slug"),
    [
        ("Bến Tre", "vinh-long"),
        ("tỉnh Đắk Nông", "lam-dong"),
        ("UNKNOWN", None),
        ("TP.HCM", "ho-chi-minh"),
        ("tp hồ chí minh", "ho-chi-minh"),
        ("Sài Gòn", "ho-chi-minh"),
        ("ha noi", "ha-noi"),
        ("HÀ NỘI", "ha-noi"),
        ("Thừa Thiên - Huế", "hue"),
        ("Bà Rịa-Vũng Tàu", "ho-chi-minh"),
        ("Đắc Lắc", "dak-lak"),
        ("Daklak", "dak-lak"),
        ("Hòa Bình", "phu-tho"),
        ("xã Lâm Đồng", None),
        ("", None),
    ],
)
def test_a_province_is_found_by_any_of_its_names(written, slug):
    province = find_province(written)

    assert (province and province.slug) == slug


def test_an_old_province_and_an_old_district_are_found_as_such():
    dak_nong = find_legacy_province("Đắk Nông")
    district = find_legacy_district("huyện Đắk Song")

    assert dak_nong is not None
    assert district is not None
    assert (dak_nong.full_name, dak_nong.province.slug) == ("tỉnh Đắk Nông", "lam-dong")
    assert district.parent == dak_nong


def test_a_district_that_many_provinces_had_needs_its_province():
    assert find_legacy_district("huyện Châu Thành") is None

    chau_thanh = find_legacy_district("huyện Châu Thành", find_legacy_province("Bến Tre"))

    assert chau_thanh is not None
    assert chau_thanh.province.slug == "vinh-long"


@pytest.mark.parametrize(
    ("written", "province", "full_name"),
    [
        ("duong dong", None, "Đặc khu Phú Quốc"),
        ("Phú Quốc", "An Giang", "Đặc khu Phú Quốc"),
        ("phường Phan Thiết", "Lâm Đồng", "Phường Phan Thiết"),
        ("Qui Nhơn", "Gia Lai", "Phường Quy Nhơn"),
        ("phuong phuong liet", "Hà Nội", "Phường Phương Liệt"),
        ("Ea H’leo", "Đắk Lắk", "Xã Ea H'Leo"),
        ("Văn Lăng", "Thái Nguyên", "Xã Văn Lăng"),
        ("huyện Đắk Song", "Lâm Đồng", None),
        ("Atlantis", None, None),
    ],
)
def test_a_commune_is_found_by_its_new_or_its_old_name(written, province, full_name):
    commune = find_commune(written, find_province(province) if province else None)

    assert (commune and commune.full_name) == full_name


def test_a_name_that_several_communes_bear_is_a_choice():
    communes = find_communes("xã Long An")

    assert find_commune("xã Long An") is None
    assert len({commune.province_id for commune in communes}) > 1


def test_an_old_commune_that_was_divided_offers_the_one_that_kept_the_name_first():
    bat_trang, *others = find_communes("Bát Tràng", find_province("Hà Nội"))

    assert bat_trang.full_name == "Xã Bát Tràng"
    assert [commune.full_name for commune in others] == ["Phường Long Biên", "Xã Gia Lâm"]


def test_the_63_old_provinces_are_named_as_decisions_name_them():
    names = legacy_province_names()

    assert len(names) == 63
    assert {"Đắk Nông", "Hải Dương", "Bến Tre", "Hồ Chí Minh"} <= set(names)


def test_finding_asks_the_tables_only_once(django_assert_num_queries):
    find_commune("duong dong")

    with django_assert_num_queries(0):
        assert find_province("Bình Thuận") == Province(code="68")
        find_communes("xã Long An")
