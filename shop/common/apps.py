"""Common tools that know no shop: money, dates, text, phones, tax codes, and the country's places."""

from django.apps import AppConfig


class CommonConfig(AppConfig):
    """Gives the shared templates a message catalogue and the format tags a home."""

    name = "shop.common"
    label = "common"
    verbose_name = "Common tools"
