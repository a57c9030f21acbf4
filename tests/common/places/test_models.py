import pytest
from django.utils import translation

from shop.common.places.models import Commune, LegacyUnit, Province
from shop.common.places.regions import HomeRegion

pytestmark = pytest.mark.django_db


def test_a_city_is_called_as_people_call_it():
    city = Province.objects.get(slug="ho-chi-minh")

    assert (city.name, city.full_name, city.name_en) == (
        "TP. Hồ Chí Minh",
        "Thành phố Hồ Chí Minh",
        "Ho Chi Minh City",
    )


def test_a_province_has_its_name_in_the_language_of_the_page():
    province = Province.objects.get(slug="dak-lak")

    with translation.override("vi"):
        assert province.local_name == "Đắk Lắk"
    with translation.override("en"):
        assert province.local_name == "Dak Lak"


def test_units_say_what_they_are():
    assert str(Commune.objects.get(code="31078")) == "Đặc khu Phú Quốc"
    assert str(LegacyUnit.objects.get(level="district", folded="dak song")) == "huyện Đắk Song"


def test_a_province_stands_in_a_column_of_the_home_page():
    assert Province.objects.get(slug="lam-dong").home_region is HomeRegion.SOUTH
    assert Province.objects.get(slug="ha-noi").home_region is HomeRegion.RED_RIVER
