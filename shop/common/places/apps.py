"""Vietnam's provinces and communes since 01/07/2025, and the units they replaced."""

from django.apps import AppConfig


class PlacesConfig(AppConfig):
    """The one app with tables in common: every address and certificate points at these rows."""

    name = "shop.common.places"
    label = "places"
    verbose_name = "Provinces and communes"
