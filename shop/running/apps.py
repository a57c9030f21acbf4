from django.apps import AppConfig
from django.core import checks

from shop.running.checks import check_rows, check_settings


class RunningConfig(AppConfig):
    name = "shop.running"
    label = "running"

    def ready(self):
        checks.register(check_settings)
        checks.register(check_rows, checks.Tags.database)
