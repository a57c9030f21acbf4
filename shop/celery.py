"""The Celery application: the worker that answers the bell and the scheduler that sweeps."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.base")

app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# In git and not in a table: there is nothing here for staff to change.
app.conf.beat_schedule = {
    "send messages no bell announced": {
        "task": "shop.domain.notifications.tasks.sweep_outbox",
        "schedule": 30,
    },
}
