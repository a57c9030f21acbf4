"""`manage.py web`: the web server, one process that keeps WEB_WORKERS others."""

import logging

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connection
from gunicorn.app.base import BaseApplication

from shop.operations.clock_moving import write_clock_move
from shop.running.memory import settle_memory
from shop.running.serving import serving_of


class Web(BaseApplication):
    """gunicorn with our settings; the application is loaded once and its memory shared."""

    def load_config(self):
        bind = f"{settings.BIND_HOST}:{settings.PORT}"
        for name, value in serving_of(bind=bind, workers=settings.WEB_WORKERS).items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)
        self.cfg.set("logconfig_dict", settings.LOGGING)

    def load(self):
        from shop.wsgi import application  # noqa: PLC0415  the server asks for it when it is ready

        settle_memory()
        return application


class Command(BaseCommand):
    help = "Serves the shop on PORT; SIGTERM lets running requests end."
    requires_system_checks = ()

    def handle(self, **options):
        logging.captureWarnings(True)
        if settings.SHOP_CLOCK:
            write_clock_move()
            connection.close()  # the server's processes open their own
        Web().run()
