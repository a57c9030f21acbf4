from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "shop.access"
    label = "access"

    def ready(self) -> None:
        # Needs models, so not at import.
        from .account_messages import register_account_messages  # noqa: PLC0415

        register_account_messages()
