from django.apps import AppConfig


class CertificatesConfig(AppConfig):
    name = "shop.domain.certificates"
    label = "certificates"
