"""Producers who are owed money, their bank accounts, and books that were looked at."""

from datetime import timedelta
from itertools import count

from shop.common import clock
from shop.domain.ledger.auditing import keep_audit
from shop.domain.ordering.closing import close_due_parcels
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.parcels.models import Parcel
from shop.domain.payouts.declaring import Declaration, declare_account
from shop.domain.payouts.models import BankAccount, Payout, PayoutBatch
from shop.domain.people.actor import SYSTEM

from .listings import make_listing
from .ordering import make_order
from .people import make_officer

COMPANY_CODE = "0100109106"
PERSON_CODE = "001099012345"
_numbers = count(1)


def make_declaration(**changes):
    """What a company types."""
    values = {
        "bank_bin": "970436",
        "account_number": f"00710009{next(_numbers):05}",
        "holder": "HTX CHE TAN CUONG",
        "legal_form": "company",
        "tax_code": COMPANY_CODE,
    }
    return Declaration(**(values | changes))


def make_bank_account(producer, *, days_ago=30, actor=SYSTEM, **changes) -> BankAccount:
    """An account that was declared long ago and has cooled."""
    now = clock.now() - timedelta(days=days_ago)
    return declare_account(producer_id=producer.pk, declaration=make_declaration(**changes), actor=actor, now=now)


def look_at_books(*, breaks=None, now=None):
    """A look at all invariants that found nothing, or what is given."""
    return keep_audit(breaks=breaks or {}, invariant_count=30, took_ms=5, now=now or clock.now())


def deliver(order, *, days_ago=8, carrier="VNPost"):
    """Every parcel of an order that waits is confirmed, shipped and delivered on one day."""
    now = clock.now() - timedelta(days=days_ago)
    for parcel in Parcel.objects.filter(order=order, status=Parcel.Status.TO_CONFIRM).order_by("pk"):
        confirm_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=now)
        ship_parcel(parcel_id=parcel.pk, carrier=carrier, tracking_number=f"EE{parcel.pk}", actor=SYSTEM, now=now)
        deliver_parcel(parcel_id=parcel.pk, actor=SYSTEM, now=now)


def make_earning(producer, *, price_vnd=500_000, account=True):
    """An order of this producer that was paid in cash, delivered and cleared; returns its parcel."""
    if account:
        make_bank_account(producer)
    order = make_order((make_listing(producer=producer, price_vnd=price_vnd), 1))
    deliver(order)
    close_due_parcels(now=clock.now())
    return order.parcels.get()


def make_payout(producer, *, amount_vnd=300_000):
    """A payout of a batch that was called off: nothing of it is in the books."""
    batch = PayoutBatch.objects.create(status="cancelled", prepared_by=make_officer(), prepared_at=clock.now())
    account = make_bank_account(producer)
    return Payout.objects.create(batch=batch, producer=producer, bank_account=account, amount_vnd=amount_vnd, status="dropped")
