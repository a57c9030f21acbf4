"""Who is in a batch and who is not, and why; one batch at a time, and none while the books are not known to be right."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.payments.models import Payment
from shop.domain.payouts.models import Payout, PayoutBatch
from shop.domain.payouts.owing import Obstacle, assess, owed_producers
from shop.domain.payouts.preparing import (
    BatchNotOpen,
    NobodyToPay,
    PayoutsStopped,
    TooEarly,
    call_off_batch,
    next_payout_day,
    prepare_batch,
)
from shop.domain.producers.staff import actor_of
from shop.domain.returns.models import ReturnRequest
from tests.factories import make_officer, make_producer
from tests.factories.payouts import look_at_books, make_bank_account, make_earning, make_payout

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    look_at_books()
    # An earlier round, with which nothing is done any more.
    make_payout(make_producer("HTX Trước"))
    return actor_of(user=make_officer())


def prepare(officer, *, now=None):
    return prepare_batch(actor=officer, now=now or clock.now())


def obstacle_of(producer):
    return assess(producer_ids=[producer.pk], now=clock.now())[0].obstacle


def test_a_cleared_balance_is_in_the_batch_and_nothing_is_booked_yet(officer):
    parcel = make_earning(make_producer())
    batch = prepare(officer)

    payout = batch.payouts.get()
    assert (payout.producer_id, payout.amount_vnd, payout.status) == (parcel.producer_id, parcel.total_vnd, "prepared")
    assert (batch.payout_count, batch.total_vnd) == (1, parcel.total_vnd)
    assert assess(producer_ids=[parcel.producer_id], now=clock.now())[0].balance_vnd == parcel.total_vnd
    assert obstacle_of(parcel.producer) == Obstacle.OPEN


def test_a_batch_that_waits_is_given_to_whoever_asks(officer):
    make_earning(make_producer())

    assert prepare(officer) == prepare(actor_of(user=make_officer()))
    assert Payout.objects.filter(status="prepared").count() == 1


def send_back(parcel):
    now = clock.now()
    ReturnRequest.objects.create(
        parcel=parcel, form_key=uuid4(), reason="damaged", asked_at=now, answer_by=now, goods_vnd=parcel.goods_vnd
    )


def freeze(parcel):
    parcel.producer.profile.status = "suspended"
    parcel.producer.profile.save()


def change_account(parcel):
    make_bank_account(parcel.producer, days_ago=2)


def dispute(parcel):
    Payment.objects.filter(order=parcel.order_id).update(status="disputed")


def raise_minimum(parcel):
    from django.conf import settings  # noqa: PLC0415 -- put back by the fixture

    settings.PAYOUT_MINIMUM_VND = parcel.total_vnd + 1


@pytest.mark.parametrize(
    ("stop", "obstacle"),
    [
        (freeze, Obstacle.FROZEN),
        (change_account, Obstacle.COOLING),
        (dispute, Obstacle.DISPUTED),
        (send_back, Obstacle.DISPUTED),
        (raise_minimum, Obstacle.BELOW_MINIMUM),
    ],
)
def test_who_may_not_be_paid_is_left_out(stop, obstacle, officer, settings):
    settings.PAYOUT_MINIMUM_VND = 200_000
    parcel = make_earning(make_producer())
    stop(parcel)

    assert obstacle_of(parcel.producer) == obstacle
    with pytest.raises(NobodyToPay):
        prepare(officer)
    assert not PayoutBatch.objects.exclude(status="cancelled").exists()


def test_without_an_account_nobody_is_paid(officer):
    parcel = make_earning(make_producer(), account=False)

    assert owed_producers() == [parcel.producer_id]
    assert obstacle_of(parcel.producer) == Obstacle.NO_ACCOUNT


def test_no_batch_before_the_books_were_looked_at():
    make_earning(make_producer())
    with pytest.raises(PayoutsStopped):
        prepare(actor_of(user=make_officer()))


def test_red_books_stop_it(officer):
    make_earning(make_producer())
    look_at_books(breaks={"an order has lines": 1}, now=clock.now() + timedelta(seconds=1))

    with pytest.raises(PayoutsStopped) as stopped:
        prepare(officer, now=clock.now() + timedelta(seconds=2))
    assert stopped.value.stop == "red"


def test_the_next_round_is_a_week_after_the_last(officer, settings):
    batch = PayoutBatch.objects.create(
        status="settled",
        prepared_by_id=officer.user_id,
        prepared_at=clock.now() - timedelta(days=6),
        approved_by=make_officer(),
        approved_at=clock.now(),
    )
    make_earning(make_producer())

    assert next_payout_day(now=clock.now()) == clock.today() + timedelta(days=1)
    with pytest.raises(TooEarly):
        prepare(officer)
    settings.PAYOUT_EVERY_DAYS = 6
    assert prepare(officer) != batch


def test_a_batch_called_off_leaves_the_balance_and_lets_another_begin(officer):
    parcel = make_earning(make_producer())
    batch = prepare(officer)
    call_off_batch(batch_id=batch.pk, actor=officer, now=clock.now())

    assert batch.payouts.get().status == "dropped"
    assert obstacle_of(parcel.producer) is None
    assert prepare(officer) != batch


def test_what_went_out_is_not_called_off(officer):
    make_earning(make_producer())
    batch = prepare(officer)
    PayoutBatch.objects.filter(pk=batch.pk).update(status="approved", approved_by=make_officer(), approved_at=clock.now())

    with pytest.raises(BatchNotOpen):
        call_off_batch(batch_id=batch.pk, actor=officer, now=clock.now())


def test_the_database_holds_one_open_payout_per_producer_and_one_waiting_batch(officer):
    make_earning(make_producer())
    payout = prepare(officer).payouts.get()

    with pytest.raises(IntegrityError, match="one_open_payout"), transaction.atomic():
        Payout.objects.create(
            batch=payout.batch, producer=payout.producer, bank_account=payout.bank_account, amount_vnd=1, status="sent"
        )
    with pytest.raises(IntegrityError, match="one_payout_batch"), transaction.atomic():
        PayoutBatch.objects.create(prepared_by_id=officer.user_id, prepared_at=clock.now())


def test_preparing_and_calling_off_are_written_down_once(officer):
    parcel = make_earning(make_producer())
    batch = prepare(officer)

    told = AuditEntry.objects.get(action="payout.prepared")
    assert (told.object_type, told.object_id, told.label) == ("payout_batch", str(batch.pk), str(batch.pk))
    assert (told.actor_id, told.detail["new"]) == (officer.user_id, {"payouts": 1, "total_vnd": parcel.total_vnd})
    batch.refresh_from_db()
    assert (batch.prepared_by_id, batch.payout_count, batch.total_vnd) == (officer.user_id, 1, parcel.total_vnd)
    now = clock.now()
    for _press in range(2):
        assert call_off_batch(batch_id=batch.pk, actor=officer, now=now).status == "cancelled"
    batch.refresh_from_db()
    assert (batch.status, batch.closed_at) == ("cancelled", now)
    assert AuditEntry.objects.filter(action="payout.called_off", object_id=str(batch.pk)).count() == 1


def test_a_batch_holds_everybody_who_may_be_paid_and_nobody_else(officer, settings):
    settings.PAYOUT_MINIMUM_VND = 200_000
    paid = [make_earning(make_producer(name), price_vnd=price) for name, price in (("HTX Một", 300_000), ("HTX Hai", 400_000))]
    make_earning(make_producer("HTX Ba"), price_vnd=100_000)
    make_earning(make_producer("HTX Bốn"), account=False)

    batch = prepare(officer)

    assert {(one.producer_id, one.amount_vnd) for one in batch.payouts.all()} == {(p.producer_id, p.total_vnd) for p in paid}
    assert (batch.payout_count, batch.total_vnd) == (2, sum(parcel.total_vnd for parcel in paid))


def test_an_account_pays_from_its_last_second_of_cooling_on_and_the_minimum_is_enough(officer, settings):
    parcel = make_earning(make_producer())
    account = parcel.producer.bank_accounts.get()
    settings.PAYOUT_MINIMUM_VND = parcel.total_vnd

    found = [
        assess(producer_ids=[parcel.producer_id], now=account.usable_from - timedelta(seconds=early))[0].obstacle
        for early in (0, 1)
    ]

    assert found == [None, Obstacle.COOLING]


def test_what_somebody_is_owed_is_named_by_producer(officer):
    own, other = make_earning(make_producer("HTX Một")), make_earning(make_producer("HTX Hai"), price_vnd=900_000)
    dispute(other)
    nobody = make_producer("HTX Ba")

    found = assess(producer_ids=[own.producer_id, nobody.pk], now=clock.now())

    # By name.
    assert [(one.profile.pk, one.balance_vnd, one.disputed_vnd, one.amount_vnd, one.obstacle) for one in found] == [
        (nobody.pk, 0, 0, 0, Obstacle.NOTHING_OWED),
        (own.producer_id, own.total_vnd, 0, own.total_vnd, None),
    ]
    (contested,) = assess(producer_ids=[other.producer_id], now=clock.now())
    assert (contested.balance_vnd, contested.disputed_vnd, contested.amount_vnd) == (other.total_vnd, other.total_vnd, 0)
    assert owed_producers() == sorted([own.producer_id, other.producer_id])


def test_a_payout_of_the_asking_batch_is_no_obstacle_to_itself(officer):
    parcel = make_earning(make_producer())
    payout = prepare(officer).payouts.get()

    own, other = (
        assess(producer_ids=[parcel.producer_id], now=clock.now(), but_for=pks)[0] for pks in ([payout.pk], [payout.pk + 1])
    )

    assert (own.obstacle, other.obstacle) == (None, Obstacle.OPEN)


def test_the_next_round_is_counted_from_the_last_that_went_out(officer, settings):
    now, settings.PAYOUT_EVERY_DAYS = clock.now(), 7
    assert next_payout_day(now=now) == clock.today()
    for status, days_ago in (("settled", 30), ("approved", 20), ("cancelled", 1)):
        PayoutBatch.objects.create(
            status=status,
            prepared_by_id=officer.user_id,
            prepared_at=now - timedelta(days=days_ago),
            approved_by=make_officer(),
            approved_at=now,
        )

    assert next_payout_day(now=now - timedelta(days=15)) == clock.today() - timedelta(days=13)
    assert next_payout_day(now=now) == clock.today()
