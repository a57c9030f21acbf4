import pytest
from django.utils import translation

from shop.common.places.choices import (
    CommuneChoice,
    communes_of,
    provinces_by_home_region,
    provinces_by_name,
    provinces_north_to_south,
    search_communes,
)
from shop.common.places.models import Province

pytestmark = pytest.mark.django_db


def test_provinces_are_listed_by_name_as_a_person_looks_for_them():
    names = [province.name for province in provinces_by_name()]

    assert names[:4] == ["An Giang", "Bắc Ninh", "Cà Mau", "Cần Thơ"]
    assert names.index("Đà Nẵng") < names.index("Hà Nội") < names.index("TP. Hồ Chí Minh") < names.index("Huế")


def test_provinces_run_from_the_north_to_the_south():
    slugs = list(provinces_north_to_south().values_list("slug", flat=True))

    assert (slugs[0], slugs[-1]) == ("ha-noi", "ca-mau")


def test_the_home_page_has_four_columns_with_every_province_once(django_assert_num_queries):
    with django_assert_num_queries(1), translation.override("vi"):
        columns = provinces_by_home_region()

    assert [column.label for column in columns] == [
        "Trung du, miền núi phía Bắc",
        "Đồng bằng sông Hồng",
        "Bắc Trung Bộ, duyên hải",
        "Miền Nam, Tây Nguyên",
    ]
    assert sum(len(column.provinces) for column in columns) == 34


def test_the_communes_of_a_province_are_a_list_of_codes_and_names():
    communes = communes_of("91")

    assert len(communes) == 102
    assert CommuneChoice("31078", "Đặc khu Phú Quốc") in communes


def test_an_unknown_province_has_no_communes():
    assert communes_of("00") == []


@pytest.mark.parametrize(
    ("typed", "province_slug", "found"),
    [
        ("duong dong", None, ["Đặc khu Phú Quốc"]),
        ("phu qu", "an-giang", ["Đặc khu Phú Quốc"]),
        ("huyện Đắk Song", None, ["Xã Đức An", "Xã Đắk Song", "Xã Thuận Hạnh", "Xã Trường Xuân"]),
        ("Gia Nghĩa", "lam-dong", ["Phường Bắc Gia Nghĩa", "Phường Đông Gia Nghĩa", "Phường Nam Gia Nghĩa"]),
        ("  ", None, []),
        ("zzz", None, []),
    ],
)
def test_a_shopper_finds_a_commune_by_an_old_name_or_a_beginning(typed, province_slug, found):
    province = Province.objects.get(slug=province_slug) if province_slug else None

    assert sorted(commune.full_name for commune in search_communes(typed, province)) == sorted(found)
