"""What a product page says of delivery is what the rates charge later."""

from datetime import date

from shop.common.places.zones import ShippingZone
from shop.domain.parcels.estimating import estimate_delivery
from shop.domain.parcels.rates import SERVICES

TODAY = date(2026, 11, 23)


def test_estimate_goes_from_near_to_far():
    estimates = estimate_delivery(weight_grams=400, prepares_within_hours=24, today=TODAY)

    assert [each.zone for each in estimates] == list(ShippingZone)
    assert [each.charge_vnd for each in estimates] == [SERVICES[0].tariffs[zone].first_step_vnd for zone in ShippingZone]


def test_estimate_counts_packaging_and_half_kilograms():
    estimate = estimate_delivery(weight_grams=500, prepares_within_hours=24, today=TODAY)[0]
    tariff = SERVICES[0].tariffs[ShippingZone.SAME_PROVINCE]

    assert estimate.charge_vnd == tariff.first_step_vnd + tariff.next_step_vnd


def test_estimate_waits_for_the_producer():
    soon, later = (estimate_delivery(weight_grams=400, prepares_within_hours=hours, today=TODAY)[0] for hours in (24, 72))

    assert (later.deliver_from - soon.deliver_from).days == 2
    assert soon.deliver_from <= soon.deliver_until
