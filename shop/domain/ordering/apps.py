from django.apps import AppConfig


class OrderingConfig(AppConfig):
    name = "shop.domain.ordering"
    label = "ordering"

    def ready(self):
        from .letters import register_kinds  # noqa: PLC0415 -- models exist from here on

        register_kinds()
