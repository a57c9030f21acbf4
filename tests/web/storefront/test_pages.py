"""Short pages of information."""

import pytest

from shop.common.money import format_vnd
from shop.common.places.zones import ShippingZone
from shop.domain.parcels.rates import SERVICES

pytestmark = pytest.mark.django_db


def test_delivery_page_prices_the_half_kilogram_it_speaks_of(client):
    page = client.get("/thong-tin/giao-hang/").content.decode()

    tariffs = SERVICES[0].tariffs
    assert [zone for zone in ShippingZone if format_vnd(tariffs[zone].first_step_vnd, "vi") not in page] == []
