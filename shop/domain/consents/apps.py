from django.apps import AppConfig


class ConsentsConfig(AppConfig):
    name = "shop.domain.consents"
    label = "consents"
