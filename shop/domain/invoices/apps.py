from django.apps import AppConfig


class InvoicesConfig(AppConfig):
    name = "shop.domain.invoices"
    label = "invoices"
