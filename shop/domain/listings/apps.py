from django.apps import AppConfig


class ListingsConfig(AppConfig):
    name = "shop.domain.listings"
    label = "listings"

    def ready(self):
        from .letters import register_kinds  # noqa: PLC0415 -- models exist from here on

        register_kinds()
