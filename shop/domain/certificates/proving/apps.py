from django.apps import AppConfig


class ProvingConfig(AppConfig):
    name = "shop.domain.certificates.proving"
    label = "proving"
