from django.apps import AppConfig


class PagesConfig(AppConfig):
    name = "shop.domain.pages"
    label = "pages"
