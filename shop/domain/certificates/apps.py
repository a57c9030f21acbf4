from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "shop.domain.certificates"
    label = "certificates"

    def ready(self):
        from .notices import register_kinds  # noqa: PLC0415 -- models exist from here on

        register_kinds()
