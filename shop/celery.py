"""The Celery application: the worker that answers the bell and the scheduler that sweeps."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "shop.settings.base")

app = Celery("shop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()

# In git and not in a table: there is nothing here for staff to change.
app.conf.beat_schedule = {
    "send messages no bell announced": {
        "task": "shop.domain.notifications.tasks.sweep_outbox",
        "schedule": 30,
        # With no worker up, sweeps would pile up for nothing: one is as good as a hundred.
        "options": {"expires": 30},
    },
    "tell producers of certificates that end": {
        "task": "shop.domain.certificates.tasks.post_certificate_notices",
        "schedule": crontab(hour=8, minute=5),
    },
    "hold what a dying process left out": {
        "task": "shop.domain.ordering.tasks.finish_certificate_stops",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "go on with approved bulk acts": {
        "task": "shop.domain.ordering.tasks.carry_out_approved_acts",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "finish what a dying process left of a producer's stop": {
        "task": "shop.domain.ordering.tasks.finish_producer_stops",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "go on with lists of certificates": {
        "task": "shop.domain.listings.tasks.work_on_imports",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "give back what nobody paid in time": {
        "task": "shop.domain.ordering.tasks.expire_orders",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "submit refunds no bell announced": {
        "task": "shop.domain.ordering.tasks.submit_refunds",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "do what providers reported": {
        "task": "shop.domain.ordering.tasks.hear_reports",
        "schedule": 30,
        "options": {"expires": 30},
    },
    "find reports that never arrived": {
        "task": "shop.domain.ordering.tasks.find_missed_reports",
        "schedule": crontab(minute=50),
    },
    "ask providers about open payments": {
        "task": "shop.domain.ordering.tasks.reconcile_payments",
        "schedule": 300,
        "options": {"expires": 300},
    },
    "call off parcels held too long": {
        "task": "shop.domain.ordering.tasks.cancel_overdue_holds",
        "schedule": 600,
        "options": {"expires": 600},
    },
    "tell who waits for goods": {
        "task": "shop.domain.wishes.tasks.tell_of_stock",
        "schedule": 60,
        "options": {"expires": 60},
    },
    "forget requests nobody confirmed": {
        "task": "shop.domain.wishes.tasks.forget_unconfirmed_notices",
        "schedule": crontab(minute=25),
    },
    "erase whose last order is over": {
        "task": "shop.domain.personal_data.tasks.erase_due_people",
        "schedule": crontab(minute=40),
    },
    "count as delivered what was sent a week ago": {
        "task": "shop.domain.ordering.tasks.deliver_silent",
        "schedule": crontab(minute=10),
        "options": {"expires": 3600},
    },
    "forget from where old orders came": {
        "task": "shop.domain.ordering.tasks.forget_old_networks",
        "schedule": crontab(hour=3, minute=50),
    },
    "clear after erasures": {
        "task": "shop.domain.personal_data.tasks.sweep_erased_people",
        "schedule": crontab(minute="*/15"),
    },
    "make the open data of the new day": {
        "task": "shop.domain.certificates.proving.tasks.make_open_data",
        "schedule": crontab(hour=0, minute=1),
    },
    # Every hour, so that a scheduler that slept through midnight is late and not wrong for a day.
    "give goods the VAT class of the day": {
        "task": "shop.domain.ledger.tasks.carry_out_vat_changes",
        "schedule": crontab(minute=1),
    },
    "close what the return window has left, and clear its money": {
        "task": "shop.domain.ordering.tasks.close_parcels",
        "schedule": crontab(minute=10),
        "options": {"expires": 3600},
    },
    "look at every invariant of money": {
        "task": "shop.operations.tasks.audit_money",
        "schedule": crontab(hour=2, minute=30),
    },
    "forget who reported cases closed long ago": {
        "task": "shop.domain.cases.tasks.forget_reporters",
        "schedule": crontab(hour=3, minute=40),
    },
    "forget recipients of old messages": {
        "task": "shop.domain.notifications.tasks.blank_sent_messages",
        "schedule": crontab(hour=3, minute=20),
    },
}
