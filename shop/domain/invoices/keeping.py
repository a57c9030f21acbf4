"""Invoice buyers of an account: several, one of them the default."""

from datetime import datetime

from django.db import transaction

from shop.domain.people.models import User

from .details import InvoiceDetails
from .models import InvoiceBuyer

MOST_BUYERS = 20


class TooManyBuyers(Exception):
    """An account keeps at most twenty."""


class NoSuchBuyer(Exception):
    """The person keeps none under this number."""


class TaxCodeTaken(Exception):
    """The person keeps another one with this tax code."""


@transaction.atomic
def keep_buyer(*, user_id: int, details: InvoiceDetails, now: datetime) -> InvoiceBuyer:
    """Keep a buyer; one with the same tax code is brought up to date instead. The first one is the default."""
    kept = _lock_buyers(user_id)
    for buyer in kept:
        if buyer.tax_code == details.tax_code:
            return _write(buyer, details)
    if len(kept) >= MOST_BUYERS:
        raise TooManyBuyers(user_id)
    return InvoiceBuyer.objects.create(user_id=user_id, is_default=not kept, created_at=now, **details.as_values())


@transaction.atomic
def change_buyer(*, user_id: int, buyer_id: int, details: InvoiceDetails) -> InvoiceBuyer:
    """Correct a kept buyer; orders keep what was frozen. Raises NoSuchBuyer or TaxCodeTaken."""
    kept = _lock_buyers(user_id)
    if any(other.tax_code == details.tax_code and other.pk != buyer_id for other in kept):
        raise TaxCodeTaken(details.tax_code)
    return _write(_find(kept, buyer_id), details)


@transaction.atomic
def prefer_buyer(*, user_id: int, buyer_id: int) -> None:
    """Offer this one first from now on."""
    buyer = _find(_lock_buyers(user_id), buyer_id)
    InvoiceBuyer.objects.filter(user_id=user_id).exclude(pk=buyer.pk).update(is_default=False)
    InvoiceBuyer.objects.filter(pk=buyer.pk).update(is_default=True)


@transaction.atomic
def drop_buyer(*, user_id: int, buyer_id: int) -> None:
    """Forget a kept buyer; the oldest of the others becomes the default. One that is gone already changes nothing."""
    kept = _lock_buyers(user_id)
    InvoiceBuyer.objects.filter(user_id=user_id, pk=buyer_id).delete()
    rest = [buyer for buyer in kept if buyer.pk != buyer_id]
    if rest and not any(buyer.is_default for buyer in rest):
        InvoiceBuyer.objects.filter(pk=rest[0].pk).update(is_default=True)


def buyers_of(*, user_id: int) -> list[InvoiceBuyer]:
    """Return what a person keeps, the default first."""
    return list(InvoiceBuyer.objects.filter(user_id=user_id).order_by("-is_default", "pk"))


def _lock_buyers(user_id: int) -> list[InvoiceBuyer]:
    # The person's row, so that two first buyers kept at the same moment do not both become the default.
    User.objects.select_for_update(no_key=True).get(pk=user_id)
    return list(InvoiceBuyer.objects.filter(user_id=user_id).order_by("pk"))


def _find(kept: list[InvoiceBuyer], buyer_id: int) -> InvoiceBuyer:
    for buyer in kept:
        if buyer.pk == buyer_id:
            return buyer
    raise NoSuchBuyer(buyer_id)


def _write(buyer: InvoiceBuyer, details: InvoiceDetails) -> InvoiceBuyer:
    for name, value in details.as_values().items():
        setattr(buyer, name, value)
    buyer.save(update_fields=list(details.as_values()))
    return buyer
