"""Several disputes of one payment, each for itself: what is undecided, what was lost, and what a parcel bore of it."""

import pytest

from shop.common import clock
from shop.domain.ledger import postings
from shop.domain.ledger.posting import balance_of
from shop.domain.ledger.postings.disputing import Standing, is_decided, standing_of
from shop.domain.ledger.reversing import lost_of, reversed_of
from tests.factories import make_listing, make_order, make_producer
from tests.factories.ledger import capture_order

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def order():
    """Two parcels, paid; another order is disputed as well."""
    other = make_order((make_listing("Muối", price_vnd=500_000), 1))
    capture_order(other)
    opened(other, "dp_other", 100_000)
    paid = make_order((make_listing(price_vnd=300_000), 1), (make_listing("Mật ong", producer=make_producer("HTX Ong")), 1))
    capture_order(paid)
    return paid


def opened(order, name, amount_vnd):
    payment_id = order.payments.get().pk
    return postings.open_dispute(dispute_id=name, order_id=order.pk, payment_id=payment_id, amount_vnd=amount_vnd, now=NOW)


def standing(order):
    return standing_of(payment_id=order.payments.get().pk)


def test_each_dispute_counts_as_what_it_is_now(order):
    for name, amount_vnd in (("dp_1", 50_000), ("dp_2", 20_000), ("dp_3", 7_000)):
        opened(order, name, amount_vnd)
    assert standing(order) == Standing(77_000, 0)

    postings.lose_dispute(dispute_id="dp_1", now=NOW)
    postings.win_dispute(dispute_id="dp_2", now=NOW)

    assert standing(order) == Standing(7_000, 50_000)
    assert [is_decided(dispute_id=name) for name in ("dp_1", "dp_2", "dp_3", "dp_9")] == [True, True, False, False]
    assert balance_of("disputed") == 107_000


def test_parcels_bear_a_lost_dispute_in_proportion_and_a_refund_is_none(order):
    opened(order, "dp_1", 50_000)
    postings.lose_dispute(dispute_id="dp_1", now=NOW)
    first, second = order.parcels.order_by("pk")
    lost = [lost_of(parcel_id=parcel.pk) for parcel in (first, second)]
    assert (sum(lost), min(lost) > 0) == (50_000, True)

    postings.refund(refund_id=1, parcel_id=first.pk, amount_vnd=9_000, payment_id=order.payments.get().pk, now=NOW)

    assert [lost_of(parcel_id=parcel.pk) for parcel in (first, second)] == lost
    assert [reversed_of(parcel_id=parcel.pk) for parcel in (first, second)] == [lost[0] + 9_000, lost[1]]


def test_a_beginning_and_an_end_are_told_with_their_order(order):
    payment_id = order.payments.get().pk
    written = [opened(order, name, 1_000) for name in ("dp_1", "dp_2")]
    written.append(postings.lose_dispute(dispute_id="dp_1", now=NOW))
    written.append(postings.win_dispute(dispute_id="dp_2", now=NOW))

    assert [told.kind for told in written] == ["dispute_opened", "dispute_opened", "dispute_lost", "dispute_won"]
    assert {(told.order_id, told.payment_id, told.at) for told in written} == {(order.pk, payment_id, NOW)}
    assert postings.lose_dispute(dispute_id="dp_1", now=NOW) == written[2]
