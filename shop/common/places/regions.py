"""Regions of the country: six for choosing and shipping, four columns on the home page."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """Where a province lies. Shipping inside one region costs less than across the country."""

    NORTHERN_MIDLANDS = "northern_midlands", _("Trung du và miền núi phía Bắc")
    RED_RIVER_DELTA = "red_river_delta", _("Đồng bằng sông Hồng")
    CENTRAL_COAST = "central_coast", _("Bắc Trung Bộ và duyên hải")
    CENTRAL_HIGHLANDS = "central_highlands", _("Tây Nguyên")
    SOUTH_EAST = "south_east", _("Đông Nam Bộ")
    MEKONG_DELTA = "mekong_delta", _("Đồng bằng sông Cửu Long")


class HomeRegion(models.TextChoices):
    """The four columns in which the home page lists provinces, north to south."""

    NORTH = "north", _("Trung du, miền núi phía Bắc")
    RED_RIVER = "red_river", _("Đồng bằng sông Hồng")
    COAST = "coast", _("Bắc Trung Bộ, duyên hải")
    SOUTH = "south", _("Miền Nam, Tây Nguyên")


HOME_REGION_OF = {
    Region.NORTHERN_MIDLANDS: HomeRegion.NORTH,
    Region.RED_RIVER_DELTA: HomeRegion.RED_RIVER,
    Region.CENTRAL_COAST: HomeRegion.COAST,
    Region.CENTRAL_HIGHLANDS: HomeRegion.SOUTH,
    Region.SOUTH_EAST: HomeRegion.SOUTH,
    Region.MEKONG_DELTA: HomeRegion.SOUTH,
}

# Codes of the National Statistics Office. The merged provinces lie where their new seat or their larger part lies.
REGION_OF_PROVINCE_CODE = {
    **dict.fromkeys(("04", "08", "11", "12", "14", "15", "19", "20", "25"), Region.NORTHERN_MIDLANDS),
    **dict.fromkeys(("01", "22", "24", "31", "33", "37"), Region.RED_RIVER_DELTA),
    **dict.fromkeys(("38", "40", "42", "44", "46", "48", "51", "56"), Region.CENTRAL_COAST),
    **dict.fromkeys(("52", "66", "68"), Region.CENTRAL_HIGHLANDS),
    **dict.fromkeys(("75", "79", "80"), Region.SOUTH_EAST),
    **dict.fromkeys(("82", "86", "91", "92", "96"), Region.MEKONG_DELTA),
}
