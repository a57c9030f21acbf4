from django.apps import AppConfig


class ProducersConfig(AppConfig):
    name = "shop.domain.producers"
    label = "producers"
