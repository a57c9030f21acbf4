"""The office sets the taxes that are withheld: a new row from a day on, with the law it comes from."""

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction

from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.audit_log.recording import Subject, record
from shop.domain.people.actor import Actor

from .models import TaxRate


class RateInThePast(Exception):
    """What was withheld already was withheld by the law as it was known."""


class RateBegun(Exception):
    """A rate in force is followed by a newer one, never taken back."""


@dataclass(frozen=True)
class RateWanted:
    """A rate as somebody asks for it."""

    legal_form: str
    activity: str
    vat_percent: Decimal
    income_tax_percent: Decimal
    starts_on: date
    source: str


@transaction.atomic
def add_rate(*, wanted: RateWanted, actor: Actor, now: datetime) -> TaxRate:
    """Set a rate; from its first day on it takes the place of the one before. Raises RateInThePast."""
    if wanted.starts_on < now.astimezone(SHOP_TIME_ZONE).date():
        raise RateInThePast(wanted.starts_on)
    rate = TaxRate.objects.create(**asdict(wanted), created_at=now, created_by_id=actor.user_id)
    record(actor=actor, action="tax.rate_set", subject=_subject(rate), now=now, new=asdict(wanted))
    return rate


@transaction.atomic
def take_rate_back(*, rate_id: int, actor: Actor, now: datetime) -> TaxRate:
    """Take back a rate that has not begun; twice is once. Raises RateBegun."""
    rate = TaxRate.objects.select_for_update().get(pk=rate_id)
    if rate.starts_on <= now.astimezone(SHOP_TIME_ZONE).date():
        raise RateBegun(rate_id)
    if rate.ends_on is None:
        rate.ends_on = rate.starts_on - timedelta(days=1)
        rate.save(update_fields=["ends_on"])
        record(actor=actor, action="tax.rate_taken_back", subject=_subject(rate), now=now, old={"starts_on": rate.starts_on})
    return rate


def _subject(rate: TaxRate) -> Subject:
    return Subject("tax_rate", rate.pk, f"{rate.legal_form}, {rate.activity}")
