"""What delivery costs and when it arrives before anybody said where to: one line per zone, for product pages."""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from shop.common.places.zones import ShippingZone

from .rates import HOURS_PER_DAY, SERVICES, WEIGHT_STEP_GRAMS, chargeable_weight


@dataclass(frozen=True)
class DeliveryEstimate:
    """The standard service to one zone."""

    zone: ShippingZone
    charge_vnd: int
    deliver_from: date
    deliver_until: date


def estimate_delivery(*, weight_grams: int, prepares_within_hours: int, today: date) -> tuple[DeliveryEstimate, ...]:
    """Return the standard service's charge and days for one piece, near to far."""
    steps = ceil(chargeable_weight(weight_grams=weight_grams) / WEIGHT_STEP_GRAMS)
    leaves_on = today + timedelta(days=ceil(prepares_within_hours / HOURS_PER_DAY))
    return tuple(
        DeliveryEstimate(
            zone=zone,
            charge_vnd=tariff.first_step_vnd + (steps - 1) * tariff.next_step_vnd,
            deliver_from=leaves_on + timedelta(days=tariff.days_least),
            deliver_until=leaves_on + timedelta(days=tariff.days_most),
        )
        for zone, tariff in SERVICES[0].tariffs.items()
    )
