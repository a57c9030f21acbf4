from django.apps import AppConfig
from django.core import checks

from shop.common import clock
from shop.running.checks import check_rows, check_settings


class RunningConfig(AppConfig):
    name = "shop.running"
    label = "running"

    def ready(self):
        # A moved clock starts with its process, not with the first visitor.
        clock.now()
        checks.register(check_settings)
        checks.register(check_rows, checks.Tags.database)
