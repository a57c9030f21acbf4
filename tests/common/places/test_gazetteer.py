import pytest

from shop.common.places import gazetteer as module
from shop.common.places import today
from shop.common.places.gazetteer import PlacesNotLoaded, gazetteer, loose
from shop.common.places.models import Commune, LegacyUnit, Province


@pytest.mark.parametrize(
    ("one_office", "another"),
    [("dak lak", "dac lac"), ("quy nhon", "qui nhon"), ("ea h'leo", "eahleo"), ("ba ria - vung tau", "baria-vungtau")],
)
def test_a_loose_name_does_not_see_how_an_office_spells(one_office, another):
    assert loose(one_office) == loose(another)


def test_a_loose_name_is_nobodys_exact_name():
    assert loose("hue") != "hue"


@pytest.mark.django_db
def test_empty_tables_are_said_and_not_remembered():
    module._read_tables.cache_clear()
    today._read_tables.cache_clear()
    LegacyUnit.objects.all().delete()
    Commune.objects.all().delete()
    Province.objects.all().delete()

    with pytest.raises(PlacesNotLoaded):
        gazetteer()
    with pytest.raises(PlacesNotLoaded):
        gazetteer()
    assert today.places_of_today().provinces_by_name == []
