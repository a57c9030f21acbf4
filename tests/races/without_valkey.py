"""Settings of a server whose Valkey nobody runs."""

from shop.settings.test import *  # noqa: F403  the same server but for one address

# Port 1 is nobody's.
REDIS_URL = CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
CACHES = {"default": {**CACHES["default"], "LOCATION": REDIS_URL}}  # noqa: F405
