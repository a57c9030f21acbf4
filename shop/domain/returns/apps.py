from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "shop.domain.returns"
    label = "returns"
