from django.apps import AppConfig


class PersonalDataConfig(AppConfig):
    name = "shop.domain.personal_data"
    label = "personal_data"

    def ready(self):
        from .letters import register_kinds  # noqa: PLC0415 -- models exist from here on

        register_kinds()
