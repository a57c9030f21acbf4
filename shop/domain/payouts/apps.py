from django.apps import AppConfig


class PayoutsConfig(AppConfig):
    name = "shop.domain.payouts"
    label = "payouts"

    def ready(self):
        from .letters import register_kinds  # noqa: PLC0415 -- models exist from here on

        register_kinds()
