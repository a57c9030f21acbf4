from collections import Counter

import pytest
from django.core.management import call_command

from shop.common.places.loading import LoadedPlaces, load_places
from shop.common.places.models import Commune, LegacyLevel, LegacyUnit, Province

pytestmark = pytest.mark.django_db


def test_the_country_has_34_provinces_and_3321_communes():
    assert Province.objects.count() == 34
    assert Counter(Commune.objects.values_list("kind", flat=True)) == {"xã": 2621, "phường": 687, "đặc khu": 13}


def test_the_old_country_had_63_provinces_696_districts_and_10051_communes():
    assert Counter(LegacyUnit.objects.values_list("level", flat=True)) == {
        LegacyLevel.PROVINCE: 63,
        LegacyLevel.DISTRICT: 696,
        LegacyLevel.COMMUNE: 10_051,
    }


def test_every_old_district_and_commune_went_into_communes_of_one_province():
    below_province = LegacyUnit.objects.exclude(level=LegacyLevel.PROVINCE)
    link = LegacyUnit.communes.through

    linked = link.objects.values("legacyunit_id").distinct().count()
    astray = [
        (unit.legacyunit.full_name, unit.commune.full_name)
        for unit in link.objects.select_related("legacyunit", "commune")
        if unit.legacyunit.province_id != unit.commune.province_id
    ]

    assert linked == below_province.count()
    assert astray == []


def test_every_commune_of_today_came_from_somewhere():
    assert list(Commune.objects.filter(legacy_units__isnull=True)) == []


def test_loading_again_changes_nothing():
    assert load_places() == LoadedPlaces(provinces=0, communes=0, legacy_units=0, legacy_links=0)


def test_loading_repairs_what_was_changed_and_keeps_what_was_not():
    Commune.objects.filter(code="31078").update(name="Somewhere else")
    LegacyUnit.objects.get(level=LegacyLevel.COMMUNE, folded="duong dong").communes.clear()

    loaded = load_places()

    assert loaded == LoadedPlaces(provinces=0, communes=1, legacy_units=0, legacy_links=1)
    assert Commune.objects.get(code="31078").full_name == "Đặc khu Phú Quốc"


def test_the_command_says_what_it_wrote(capsys):
    call_command("load_places")

    assert capsys.readouterr().out == "places: 0 provinces, 0 communes, 0 old units and 0 links written\n"


def test_slugs_tell_communes_of_one_province_apart():
    van_lang = Commune.objects.filter(province__slug="thai-nguyen", folded="van lang").order_by("slug")

    assert [(commune.name, commune.slug) for commune in van_lang] == [
        ("Văn Lang", "van-lang"),
        ("Văn Lăng", "xa-van-lang"),
    ]
