from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "shop.domain.cases"
    label = "cases"

    def ready(self):
        from .letters import register_kinds  # noqa: PLC0415 -- models exist from here on

        register_kinds()
