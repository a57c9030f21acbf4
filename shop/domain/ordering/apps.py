from django.apps import AppConfig


class OrderingConfig(AppConfig):
    name = "shop.domain.ordering"
    label = "ordering"
