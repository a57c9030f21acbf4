from django.apps import AppConfig


class ParcelsConfig(AppConfig):
    name = "shop.domain.parcels"
    label = "parcels"
