from django.apps import AppConfig


class CallbacksConfig(AppConfig):
    name = "shop.web.callbacks"
    label = "callbacks"
