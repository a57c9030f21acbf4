from django.apps import AppConfig


class PricingConfig(AppConfig):
    name = "shop.domain.pricing"
    label = "pricing"
