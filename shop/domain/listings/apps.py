from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "shop.domain.listings"
    label = "listings"
