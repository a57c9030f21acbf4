from django.apps import AppConfig


class WishesConfig(AppConfig):
    name = "shop.domain.wishes"
    label = "wishes"

    def ready(self):
        from .letters import register_kinds  # noqa: PLC0415 -- models exist from here on

        register_kinds()
