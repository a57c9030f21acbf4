from django.apps import AppConfig


class AccountPagesConfig(AppConfig):
    name = "shop.web.account"
    label = "account_pages"
