"""The office decides: how much goes back at once, who pays for it, and what that does to the producer's balance."""

import pytest

from shop.common import clock
from shop.domain.ledger.earnings import balances_of_producer
from shop.domain.ledger.models import Entry
from shop.domain.ordering.closing import close_due_parcels
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.refunding import OwnRefund, approve_refund
from shop.domain.ordering.return_deciding import GoodsAreThere, WrongAmount
from shop.domain.ordering.return_moves import ReturnNotOpen, WordsMissing
from shop.domain.ordering.returning import accept_return, contest_return
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_officer
from tests.factories.ledger import make_rule
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid
from tests.factories.payouts import deliver
from tests.factories.returns import decide, make_delivered, make_disputed, make_sent_back

pytestmark = pytest.mark.django_db


@pytest.fixture
def parcel():
    make_rule(10)
    return make_delivered((make_listing(price_vnd=200_000, stock=10), 3))


def commission_back():
    return Entry.objects.get(account="commission", transaction__kind="refund").amount_vnd


def held(parcel):
    return balances_of_producer(producer_id=parcel.producer_id).held_vnd


def test_all_of_it_goes_back_at_once_and_the_producer_pays(parcel):
    before = held(parcel)
    disputed = make_disputed(parcel)

    found = decide(disputed)

    refund = Refund.objects.get()
    assert (found.state, found.verdict, found.given_vnd) == ("refunded", "full", disputed.amount_vnd)
    assert (refund.amount_vnd, refund.reason, refund.status) == (disputed.amount_vnd, "dispute_decided", "approved")
    assert held(parcel) == before - disputed.amount_vnd + commission_back()
    assert broken_invariants() == []


def test_where_the_shop_pays_the_producer_keeps_its_part(parcel):
    before = held(parcel)
    decide(make_disputed(parcel), is_borne_by_shop=True)

    assert held(parcel) == before
    borne = Entry.objects.get(account="discount_platform")
    assert (borne.transaction.kind, borne.amount_vnd) == ("refund_borne", Refund.objects.get().amount_vnd - commission_back())
    assert broken_invariants() == []


def test_what_the_shop_bore_is_cleared_with_the_parcel(parcel):
    before = held(parcel)
    decide(make_disputed(parcel), is_borne_by_shop=True)
    Refund.objects.update(status="succeeded")
    Parcel.objects.update(delivered_at=clock.now().replace(year=2020))

    assert close_due_parcels(now=clock.now()) == 1
    assert balances_of_producer(producer_id=parcel.producer_id).payable_vnd == before


def test_a_part_goes_back(parcel):
    decide(make_disputed(parcel), "part", amount_vnd=50_000)

    assert Refund.objects.get().amount_vnd == 50_000
    assert broken_invariants() == []


@pytest.mark.parametrize("amount_vnd", [None, 0, -1, 10_000_000])
def test_a_part_is_more_than_nothing_and_less_than_all(parcel, amount_vnd):
    with pytest.raises(WrongAmount):
        decide(make_disputed(parcel), "part", amount_vnd=amount_vnd)

    assert not Refund.objects.exists()


def test_nothing_goes_back_and_the_money_may_be_cleared(parcel):
    found = decide(make_disputed(parcel), "none")
    Parcel.objects.update(delivered_at=clock.now().replace(year=2020))

    assert (found.state, Refund.objects.count()) == ("rejected", 0)
    assert close_due_parcels(now=clock.now()) == 1


def test_an_officer_says_why(parcel):
    with pytest.raises(WordsMissing):
        decide(make_disputed(parcel), words=" ")


def test_it_is_decided_once(parcel):
    disputed = make_disputed(parcel)
    decide(disputed)

    with pytest.raises(ReturnNotOpen):
        decide(disputed, "none")


def contested(parcel, units):
    sent = make_sent_back(parcel, units=units)
    return contest_return(return_id=sent.pk, words="Hộp rỗng", actor=SYSTEM, now=clock.now())


@pytest.mark.parametrize(("verdict", "status"), [("full", "returned"), ("none", "delivered")])
def test_a_whole_parcel_that_was_contested_ends_as_the_office_decides(parcel, verdict, status):
    decide(contested(parcel, 3), verdict)

    assert Parcel.objects.get().status == status
    assert broken_invariants() == []


def test_what_was_sent_back_is_not_sent_back_again(parcel):
    found = contested(parcel, 1)

    with pytest.raises(GoodsAreThere):
        decide(found, "goods_back")
    with pytest.raises(ReturnNotOpen):
        accept_return(return_id=found.pk, actor=SYSTEM, now=clock.now())


def test_a_large_sum_waits_for_another_officer(monkeypatch):
    offer_prepaid(monkeypatch)
    order = make_prepaid_order((make_listing(price_vnd=3_000_000, stock=10), 2))
    payment = order.payments.get()
    apply_fact(payment_id=payment.pk, fact=money_for(payment), now=clock.now())
    deliver(order, days_ago=0)
    parcel = order.parcels.get()
    officer, second = actor_of(user=make_officer()), actor_of(user=make_officer())
    decide(make_disputed(parcel, units=2), actor=officer)

    refund = Refund.objects.get()
    assert (refund.amount_vnd > 5_000_000, refund.status) == (True, "requested")
    with pytest.raises(OwnRefund):
        approve_refund(refund_id=refund.pk, actor=officer, now=clock.now())
    assert approve_refund(refund_id=refund.pk, actor=second, now=clock.now()).status == "approved"
