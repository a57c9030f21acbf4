from django.apps import AppConfig


class ProducersConfig(AppConfig):
    name = "shop.domain.producers"
    label = "producers"

    def ready(self):
        from .letters import register_kinds  # noqa: PLC0415 -- models exist from here on

        register_kinds()
