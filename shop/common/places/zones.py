"""How far apart two provinces are, as carriers price it."""

from enum import StrEnum

from shop.common.places.models import Province


class ShippingZone(StrEnum):
    """The three distances of a rate table."""

    SAME_PROVINCE = "same_province"
    SAME_REGION = "same_region"
    FAR = "far"


def shipping_zone(from_province: Province, to_province: Province) -> ShippingZone:
    """Return the zone of a parcel between two provinces of today."""
    if from_province.code == to_province.code:
        return ShippingZone.SAME_PROVINCE
    if from_province.region == to_province.region:
        return ShippingZone.SAME_REGION
    return ShippingZone.FAR
