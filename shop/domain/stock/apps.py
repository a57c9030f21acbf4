from django.apps import AppConfig


class StockConfig(AppConfig):
    name = "shop.domain.stock"
    label = "stock"
