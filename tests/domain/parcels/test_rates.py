from datetime import date

import pytest

from shop.domain.parcels.rates import ShippingQuote, chargeable_weight, cheapest_charge, quote_shipping
from tests.factories import make_province

pytestmark = pytest.mark.django_db
MONDAY = date(2026, 11, 23)


def quotes(*, origin="19", destination="01", weight_grams=500, is_island=False, prepares_within_hours=24):
    return quote_shipping(
        origin=make_province(origin) if origin else None,
        destination=make_province(destination),
        is_island=is_island,
        weight_grams=weight_grams,
        prepares_within_hours=prepares_within_hours,
        today=MONDAY,
    )


@pytest.mark.parametrize(("weight_grams", "charged"), [(1, 500), (450, 500), (500, 1000), (900, 1000), (5000, 5500)])
def test_chargeable_weight_has_packaging_and_whole_half_kilos(weight_grams, charged):
    assert chargeable_weight(weight_grams=weight_grams) == charged


def test_quote_shipping_offers_standard_and_express():
    assert quotes(destination="19", weight_grams=450) == [
        ShippingQuote("tieu_chuan", 20_000, date(2026, 11, 25), date(2026, 11, 26)),
        ShippingQuote("nhanh", 30_000, date(2026, 11, 25), date(2026, 11, 25)),
    ]


@pytest.mark.parametrize(
    ("origin", "destination", "charge_vnd"),
    [("19", "19", 22_500), ("19", "20", 30_000), ("19", "79", 37_000), (None, "19", 37_000)],
)
def test_quote_shipping_costs_more_the_farther_it_goes(origin, destination, charge_vnd):
    assert quotes(origin=origin, destination=destination, weight_grams=900)[0].charge_vnd == charge_vnd


def test_quote_shipping_to_islands_and_of_heavy_parcels_has_no_express():
    services = [[quote.service for quote in quotes(is_island=True)], [quote.service for quote in quotes(weight_grams=12_000)]]

    assert services == [["tieu_chuan"], ["tieu_chuan"]]


def test_quote_shipping_waits_for_the_producer():
    assert quotes(destination="19", prepares_within_hours=60)[0].deliver_from == date(2026, 11, 27)


def test_cheapest_charge_is_the_least_of_all_zones():
    assert cheapest_charge(weight_grams=900) == 22_500
