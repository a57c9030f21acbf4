"""What providers report, done: the walk through the inbox. Each provider's news has a file of its own (`HEARERS`)."""

import logging
from collections.abc import Callable, Mapping
from datetime import datetime

from shop.domain.notifications.bell import ring_bell
from shop.domain.payments import bank_feed, inbox
from shop.domain.payments.alerting import raise_alert
from shop.domain.payments.inbox import Report
from shop.domain.payments.models import MoneyAlert, WebhookEvent
from shop.domain.payments.provider import ProviderUnreachable

from . import bank_news, stripe_news
from .unknown_news import NotKnownYet

logger = logging.getLogger(__name__)

HEAR_TASK = "shop.domain.ordering.tasks.hear_reports"
# Told an event, they make the order and its money what the provider now says; False when it is none of our business.
HEARERS: Mapping[str, Callable[[WebhookEvent, datetime], bool]] = {
    stripe_news.PROVIDER: stripe_news.hear,
    bank_feed.PROVIDER: bank_news.hear,
}


def receive_report(*, report: Report, now: datetime) -> None:
    """Write a report down and ask a worker to do it."""
    inbox.write_down(report=report, now=now)
    ring_bell(HEAR_TASK)


def hear_next(*, now: datetime) -> bool:
    """Do the event that has waited longest; False when none is due."""
    claim = inbox.claim_next(now=now)
    if claim is None:
        return False
    event = claim.event
    try:
        is_ours = HEARERS[event.provider](event, now)
    except NotKnownYet as reason:
        if not inbox.put_off(claim=claim, reason=f"{inbox.UNKNOWN}{reason}", now=now):
            _raise_alarm(event, str(reason), now)
    except ProviderUnreachable as reason:
        inbox.put_off(claim=claim, reason=str(reason) or "no answer", now=now)
    except Exception as error:  # one event that nobody foresaw must not keep the others waiting
        logger.exception("Event %s could not be done", event)
        if not inbox.put_off(claim=claim, reason=f"{type(error).__name__}: {error}", now=now):
            _raise_alarm(event, type(error).__name__, now)
    else:
        inbox.finish(claim=claim, now=now, state=WebhookEvent.State.DONE if is_ours else WebhookEvent.State.IGNORED)
    return True


def _raise_alarm(event: WebhookEvent, reason: str, now: datetime) -> None:
    kind = MoneyAlert.Kind.UNKNOWN_OBJECT
    raise_alert(key=f"event:{event.pk}:{kind}", kind=kind, now=now, type=event.type, object=event.object_id, reason=reason)
