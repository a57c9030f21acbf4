"""What it costs to send a parcel, and when it arrives: zone × chargeable weight × service.

The tariff is the shop's own flat one (VAT included) until carriers are connected; a carrier's tariff becomes one
more entry of `SERVICES`.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from shop.common.places.models import Province
from shop.common.places.zones import ShippingZone, shipping_zone

WEIGHT_STEP_GRAMS = 500
# A box and its padding: couriers weigh the parcel, not the goods.
PACKAGING_SHARE_PERCENT = 10
HOURS_PER_DAY = 24
# «Đặc khu»: what the islands are called since 2025.
ISLAND_KIND = "đặc khu"


@dataclass(frozen=True)
class Tariff:
    """Price of the first half kilo and of each further one, and days on the road, of one zone."""

    first_step_vnd: int
    next_step_vnd: int
    days_least: int
    days_most: int


@dataclass(frozen=True)
class Service:
    """A way to send; one that has a weight limit is offered up to it and not to or from islands."""

    code: str
    tariffs: dict[ShippingZone, Tariff]
    limit_grams: int | None = None


@dataclass(frozen=True)
class ShippingQuote:
    """One choice of the buyer for one parcel."""

    service: str
    charge_vnd: int
    deliver_from: date
    deliver_until: date


STANDARD = "tieu_chuan"
EXPRESS = "nhanh"
SERVICES = (
    Service(
        STANDARD,
        {
            ShippingZone.SAME_PROVINCE: Tariff(20_000, 2_500, 1, 2),
            ShippingZone.SAME_REGION: Tariff(26_000, 4_000, 2, 3),
            ShippingZone.FAR: Tariff(32_000, 5_000, 3, 5),
        },
    ),
    Service(
        EXPRESS,
        {
            ShippingZone.SAME_PROVINCE: Tariff(30_000, 5_000, 1, 1),
            ShippingZone.SAME_REGION: Tariff(42_000, 8_000, 1, 2),
            ShippingZone.FAR: Tariff(58_000, 11_000, 2, 3),
        },
        limit_grams=10_000,
    ),
)


def quote_shipping(
    *,
    origin: Province | None,
    destination: Province,
    is_island: bool,
    weight_grams: int,
    prepares_within_hours: int,
    today: date,
) -> list[ShippingQuote]:
    """Return every service that can carry the parcel, the cheapest first; there is always at least one."""
    # A producer whose province nobody knows counts as far away.
    zone = shipping_zone(origin, destination) if origin else ShippingZone.FAR
    steps = ceil(chargeable_weight(weight_grams=weight_grams) / WEIGHT_STEP_GRAMS)
    leaves_on = today + timedelta(days=ceil(prepares_within_hours / HOURS_PER_DAY))
    return [
        _quote(service, zone, steps, leaves_on)
        for service in SERVICES
        if service.limit_grams is None or (chargeable_weight(weight_grams=weight_grams) <= service.limit_grams and not is_island)
    ]


def chargeable_weight(*, weight_grams: int) -> int:
    """Return the weight a courier charges: goods and packaging, rounded up to the next half kilo."""
    packed = weight_grams * (100 + PACKAGING_SHARE_PERCENT)
    return ceil(packed / (100 * WEIGHT_STEP_GRAMS)) * WEIGHT_STEP_GRAMS


def cheapest_charge(*, weight_grams: int) -> int:
    """Return the least any destination costs, for the hint on the basket page before a place is known."""
    tariff = SERVICES[0].tariffs[ShippingZone.SAME_PROVINCE]
    steps = ceil(chargeable_weight(weight_grams=weight_grams) / WEIGHT_STEP_GRAMS)
    return tariff.first_step_vnd + (steps - 1) * tariff.next_step_vnd


def _quote(service: Service, zone: ShippingZone, steps: int, leaves_on: date) -> ShippingQuote:
    tariff = service.tariffs[zone]
    return ShippingQuote(
        service=service.code,
        charge_vnd=tariff.first_step_vnd + (steps - 1) * tariff.next_step_vnd,
        deliver_from=leaves_on + timedelta(days=tariff.days_least),
        deliver_until=leaves_on + timedelta(days=tariff.days_most),
    )
