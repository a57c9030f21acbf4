"""Regions of the country: six for choosing and shipping, four columns on the home page."""

from enum import StrEnum

from django.utils.translation import gettext_lazy as _


class Region(StrEnum):
    """Where a province lies. Shipping inside one region costs less than across the country."""

    NORTHERN_MIDLANDS = "northern_midlands"
    RED_RIVER_DELTA = "red_river_delta"
    CENTRAL_COAST = "central_coast"
    CENTRAL_HIGHLANDS = "central_highlands"
    SOUTH_EAST = "south_east"
    MEKONG_DELTA = "mekong_delta"

    @property
    def label(self) -> str:
        """The name in the language of the page."""
        return str(REGION_LABELS[self])


class HomeRegion(StrEnum):
    """The four columns in which the home page lists provinces, north to south."""

    NORTH = "north"
    RED_RIVER = "red_river"
    COAST = "coast"
    SOUTH = "south"

    @property
    def label(self) -> str:
        """The heading in the language of the page."""
        return str(HOME_REGION_LABELS[self])


REGION_LABELS = {
    Region.NORTHERN_MIDLANDS: _("Trung du và miền núi phía Bắc"),
    Region.RED_RIVER_DELTA: _("Đồng bằng sông Hồng"),
    Region.CENTRAL_COAST: _("Bắc Trung Bộ và duyên hải"),
    Region.CENTRAL_HIGHLANDS: _("Tây Nguyên"),
    Region.SOUTH_EAST: _("Đông Nam Bộ"),
    Region.MEKONG_DELTA: _("Đồng bằng sông Cửu Long"),
}
HOME_REGION_LABELS = {
    HomeRegion.NORTH: _("Trung du, miền núi phía Bắc"),
    HomeRegion.RED_RIVER: _("Đồng bằng sông Hồng"),
    HomeRegion.COAST: _("Bắc Trung Bộ, duyên hải"),
    HomeRegion.SOUTH: _("Miền Nam, Tây Nguyên"),
}

HOME_REGION_OF = {
    Region.NORTHERN_MIDLANDS: HomeRegion.NORTH,
    Region.RED_RIVER_DELTA: HomeRegion.RED_RIVER,
    Region.CENTRAL_COAST: HomeRegion.COAST,
    Region.CENTRAL_HIGHLANDS: HomeRegion.SOUTH,
    Region.SOUTH_EAST: HomeRegion.SOUTH,
    Region.MEKONG_DELTA: HomeRegion.SOUTH,
}

# Codes of the National Statistics Office. A merged province lies where its seat or its larger part lies.
REGION_OF_PROVINCE_CODE = {
    **dict.fromkeys(("04", "08", "11", "12", "14", "15", "19", "20", "25"), Region.NORTHERN_MIDLANDS),
    **dict.fromkeys(("01", "22", "24", "31", "33", "37"), Region.RED_RIVER_DELTA),
    **dict.fromkeys(("38", "40", "42", "44", "46", "48", "51", "56"), Region.CENTRAL_COAST),
    **dict.fromkeys(("52", "66", "68"), Region.CENTRAL_HIGHLANDS),
    **dict.fromkeys(("75", "79", "80"), Region.SOUTH_EAST),
    **dict.fromkeys(("82", "86", "91", "92", "96"), Region.MEKONG_DELTA),
}
