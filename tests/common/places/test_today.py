import pytest

from shop.common.places import today
from shop.common.places.models import Commune, Province
from shop.common.places.today import places_of_today

pytestmark = pytest.mark.django_db


def test_all_places_are_there_as_the_tables_have_them():
    places = places_of_today()

    assert [province.code for province in places.provinces_by_name] == list(
        Province.objects.order_by("folded").values_list("code", flat=True)
    )
    assert places.communes.keys() == set(Commune.objects.values_list("code", flat=True))
    assert [commune.code for commune in places.communes_of["91"]] == list(
        Commune.objects.filter(province="91").order_by("folded", "kind").values_list("code", flat=True)
    )
    assert {commune.province.code for commune in places.communes_of["91"]} == {"91"}


def test_tables_are_read_once(django_assert_num_queries):
    today._read_tables.cache_clear()

    with django_assert_num_queries(2):
        places_of_today()
        places_of_today()
