from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ledger import postings
from shop.domain.ledger.earnings import Balances, balances_of_producer, sum_earnings
from shop.domain.parcels.models import Parcel
from tests.factories import make_listing, make_order
from tests.factories.ledger import capture_order, make_rule

pytestmark = pytest.mark.django_db


def test_earnings_are_summed_by_day_as_they_were_frozen_and_without_what_was_declined():
    make_rule(10)
    listing, today = make_listing(price_vnd=100_000), clock.today()
    kept = make_order((listing, 2)).parcels.get()
    declined, older = (make_order((listing, 1)).parcels.get() for _ in range(2))
    Parcel.objects.filter(pk=declined.pk).update(status="declined")
    Parcel.objects.filter(pk=older.pk).update(created_at=clock.now() - timedelta(days=3))

    since = {"today": today, "week": today - timedelta(days=6)}
    of_today = 180_000 + kept.shipping_vnd

    assert sum_earnings(parcels=Parcel.objects.none(), since=since) == {"today": 0, "week": 0}
    assert sum_earnings(parcels=Parcel.objects.all(), since=since) == {
        "today": of_today,
        "week": of_today + 90_000 + older.shipping_vnd,
    }


def test_a_producer_reads_what_is_held_owed_and_in_its_hands():
    listing = make_listing(price_vnd=100_000)
    first, second = make_order((listing, 1)), make_order((listing, 1))
    capture_order(first)
    postings.clear(parcel_id=first.parcels.get().pk, now=clock.now())
    held = second.parcels.get()
    postings.deliver_cash(
        parcel_id=held.pk, payment_id=second.payments.get().pk, holder=postings.CashHolder.PRODUCER, now=clock.now()
    )

    assert balances_of_producer(producer_id=listing.producer_id) == Balances(
        held_vnd=held.total_vnd, payable_vnd=first.parcels.get().total_vnd, cash_vnd=held.total_vnd
    )
