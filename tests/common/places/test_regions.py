from django.utils import translation

from shop.common.places.regions import HOME_REGION_OF, REGION_OF_PROVINCE_CODE, HomeRegion, Region


def test_every_region_stands_in_a_column():
    assert set(HOME_REGION_OF) == set(Region)
    assert set(HOME_REGION_OF.values()) == set(HomeRegion)


def test_every_region_has_provinces():
    assert set(REGION_OF_PROVINCE_CODE.values()) == set(Region)
    assert len(REGION_OF_PROVINCE_CODE) == 34


def test_regions_are_named_in_both_languages():
    with translation.override("vi"):
        assert Region.MEKONG_DELTA.label == "Đồng bằng sông Cửu Long"
        assert HomeRegion.COAST.label == "Bắc Trung Bộ, duyên hải"
    with translation.override("en"):
        assert Region.MEKONG_DELTA.label == "Mekong Delta"
