import pytest

from shop.common.places.models import Province
from shop.common.places.zones import ShippingZone, shipping_zone

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("from_slug", "to_slug", "zone"),
    [
        ("an-giang", "an-giang", ShippingZone.SAME_PROVINCE),
        ("an-giang", "ca-mau", ShippingZone.SAME_REGION),
        ("an-giang", "ha-noi", ShippingZone.FAR),
        ("ha-noi", "quang-ninh", ShippingZone.SAME_REGION),
    ],
)
def test_the_zone_is_how_far_a_parcel_goes(from_slug, to_slug, zone):
    from_province = Province.objects.get(slug=from_slug)
    to_province = Province.objects.get(slug=to_slug)

    assert shipping_zone(from_province, to_province) is zone
    assert shipping_zone(to_province, from_province) is zone
