from django.apps import AppConfig


class OrderingConfig(AppConfig):
    name = "shop.domain.ordering"
    label = "ordering"

    def ready(self):
        from shop.domain.payments.return_page import register_return_page  # noqa: PLC0415 -- models exist from here on

        from .letters import register_kinds  # noqa: PLC0415 -- the same
        from .links import pay_page  # noqa: PLC0415 -- the same
        from .return_letters import register_kinds as register_kinds_of_returns  # noqa: PLC0415 -- the same

        register_kinds()
        register_kinds_of_returns()
        register_return_page(pay_page)
