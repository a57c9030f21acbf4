from django.apps import AppConfig


class OfficeDeskConfig(AppConfig):
    name = "shop.web.office_desk"
    label = "office_desk"

    def ready(self):
        from .rooms import ROOMS  # noqa: PLC0415 -- rooms count rows of models, which are there only now
        from .workplace import furnish  # noqa: PLC0415 -- once every app is loaded

        furnish(ROOMS)
