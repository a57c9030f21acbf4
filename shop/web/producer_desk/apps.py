from django.apps import AppConfig


class ProducerDeskConfig(AppConfig):
    name = "shop.web.producer_desk"
    label = "producer_desk"
