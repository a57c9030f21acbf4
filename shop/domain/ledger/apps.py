from django.apps import AppConfig


class LedgerConfig(AppConfig):
    name = "shop.domain.ledger"
    label = "ledger"
