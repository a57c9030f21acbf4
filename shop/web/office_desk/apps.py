from django.apps import AppConfig


class OfficeDeskConfig(AppConfig):
    name = "shop.web.office_desk"
    label = "office_desk"

    def ready(self):
        from shop.common import clock  # noqa: PLC0415 -- once every app is loaded
        from shop.domain.ledger.commission import promised_percent  # noqa: PLC0415 -- its models are there only now
        from shop.domain.pages.placeholders import provide_number  # noqa: PLC0415 -- its models are there only now

        from .rooms import ROOMS  # noqa: PLC0415 -- rooms count rows of models, which are there only now
        from .workplace import furnish  # noqa: PLC0415 -- once every app is loaded

        furnish(ROOMS)
        # The page of fees says what the rules say; the books stand above the pages, and only here is a clock.
        provide_number("commission_percent", lambda: promised_percent(day=clock.today()))
