from django.apps import AppConfig


class OfficeDeskConfig(AppConfig):
    name = "shop.web.office_desk"
    label = "office_desk"
