import uuid
from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ledger.models import Entry
from shop.domain.ordering import returning
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.return_deciding import Decision, decide_return
from shop.domain.ordering.returning import (
    NotReturnable,
    ReturnNotOpen,
    Wanted,
    WordsMissing,
    WrongUnits,
    accept_return,
    answer_refusal,
    ask_return,
    contest_return,
    dispute_return,
    receive_return,
    refuse_return,
    send_back,
    withdraw_return,
)
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.domain.people.actor import SYSTEM
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing
from tests.factories.payments import make_prepaid_order, money_for, offer_prepaid

pytestmark = pytest.mark.django_db
NOW = clock.now()
ACT = {"actor": SYSTEM, "now": NOW}


@pytest.fixture
def tea(monkeypatch):
    offer_prepaid(monkeypatch)
    return make_listing("Chè Tân Cương", price_vnd=185_000, stock=10)


@pytest.fixture
def parcel(tea):
    """Three packs, paid and delivered today."""
    order = make_prepaid_order((tea, 3), now=NOW)
    payment = Payment.objects.get(order=order)
    apply_fact(payment_id=payment.pk, fact=money_for(payment), now=NOW)
    found = order.parcels.get()
    confirm_parcel(parcel_id=found.pk, **ACT)
    ship_parcel(parcel_id=found.pk, carrier="GHN", tracking_number="LK99AQ", **ACT)
    return deliver_parcel(parcel_id=found.pk, **ACT)


def ask(parcel, units=1, *, reason="other", key=None, now=NOW):
    wanted = Wanted({parcel.lines.get().pk: units}, reason, "Gói bị rách")
    return ask_return(parcel_id=parcel.pk, form_key=key or uuid.uuid4(), wanted=wanted, actor=SYSTEM, now=now)


def bring_back(asked, *, restocked=0):
    accept_return(return_id=asked.pk, **ACT)
    send_back(return_id=asked.pk, tracking_number="VT1", **ACT)
    return receive_return(return_id=asked.pk, restocked={asked.lines.get().line_id: restocked}, **ACT)


def test_a_return_of_one_pack_gives_its_price_and_restocks_what_can_be_sold(tea, parcel):
    asked = bring_back(ask(parcel), restocked=1)

    refund = Refund.objects.get()
    assert (refund.key, refund.amount_vnd, refund.parcel, refund.reason) == (f"return:{asked.pk}", 185_000, parcel, "returned")
    assert (asked.state, Parcel.objects.get().status) == ("refunded", "delivered")
    assert tea.stock_records.get().num_in_stock == 10 - 3 + 1
    assert broken_invariants() == []


def test_a_whole_parcel_comes_back_with_its_shipping_and_the_books_are_even(tea, parcel):
    asked = ask(parcel, 3)
    accept_return(return_id=asked.pk, **ACT)
    send_back(return_id=asked.pk, tracking_number="VT1", **ACT)
    on_its_way = Parcel.objects.get().status
    receive_return(return_id=asked.pk, restocked={}, **ACT)

    assert Refund.objects.get().amount_vnd == parcel.total_vnd
    assert (on_its_way, Parcel.objects.get().status) == ("returning", "returned")
    assert tea.stock_records.get().num_in_stock == 7
    held = [
        amount for account, amount in Entry.objects.values_list("account", "amount_vnd") if account.startswith("producer_held")
    ]
    assert (len(held) > 1, sum(held)) == (True, 0)
    assert broken_invariants() == []


def test_shipping_goes_back_once_when_the_producer_is_to_blame(parcel):
    first = ask(parcel, 1, reason="damaged")
    bring_back(first)
    second = bring_back(ask(parcel, 2, reason="damaged"))

    assert (first.shipping_vnd, second.shipping_vnd) == (parcel.shipping_vnd, 0)
    assert sum(Refund.objects.values_list("amount_vnd", flat=True)) == parcel.total_vnd


def test_the_same_form_twice_is_one_request_and_another_waits_for_it(parcel):
    key = uuid.uuid4()

    assert ask(parcel, key=key) == ask(parcel, key=key)
    with pytest.raises(NotReturnable):
        ask(parcel)


@pytest.mark.parametrize("units", [0, 4, -1])
def test_wrong_units(parcel, units):
    with pytest.raises(WrongUnits):
        ask(parcel, units)


def test_units_that_came_back_do_not_come_back_again(parcel):
    bring_back(ask(parcel, 2))

    with pytest.raises(WrongUnits):
        ask(parcel, 2)


def test_the_window_ends_with_its_last_second(parcel):
    with pytest.raises(NotReturnable):
        ask(parcel, now=NOW + timedelta(days=7, seconds=1))

    assert ask(parcel, now=NOW + timedelta(days=7)).state == "asked"


def test_a_refusal_is_disputed_and_the_office_decides_for_the_buyer(parcel):
    asked = ask(parcel)
    refuse_return(return_id=asked.pk, refusal="Gói đã mở", **ACT)
    disputed = dispute_return(return_id=asked.pk, dispute="Gói rách từ khi nhận", **ACT)
    decided = decide_return(return_id=asked.pk, decision=Decision("goods_back", "Ảnh cho thấy rách"), **ACT)

    assert disputed.decide_by == NOW + timedelta(days=5)
    assert (decided.state, Refund.objects.count()) == ("accepted", 0)


def test_the_office_decides_for_the_producer_and_nothing_goes_back(parcel):
    asked = ask(parcel)
    refuse_return(return_id=asked.pk, refusal="Gói đã mở", **ACT)
    dispute_return(return_id=asked.pk, dispute="Gói rách từ khi nhận", **ACT)
    decide_return(return_id=asked.pk, decision=Decision("none", "Ảnh không cho thấy"), **ACT)

    with pytest.raises(ReturnNotOpen):
        accept_return(return_id=asked.pk, **ACT)


def test_a_silent_producer_can_be_disputed_only_after_its_time(parcel):
    asked = ask(parcel)

    with pytest.raises(ReturnNotOpen):
        dispute_return(return_id=asked.pk, dispute="Không ai trả lời", **ACT)

    later = asked.answer_by + timedelta(seconds=1)
    assert dispute_return(return_id=asked.pk, dispute="Không ai trả lời", actor=SYSTEM, now=later).state == "disputed"


def test_whoever_refuses_says_why(parcel):
    with pytest.raises(WordsMissing):
        refuse_return(return_id=ask(parcel).pk, refusal="  ", **ACT)


def test_a_refusal_is_answered_twice_and_then_only_the_office_is_left(parcel):
    asked = ask(parcel)
    for _ in range(2):
        refuse_return(return_id=asked.pk, refusal="Gói đã mở", **ACT)
        assert answer_refusal(return_id=asked.pk, words="Rách sẵn", actor=SYSTEM, now=NOW).state == "asked"
    refuse_return(return_id=asked.pk, refusal="Vẫn không", **ACT)

    with pytest.raises(ReturnNotOpen):
        answer_refusal(return_id=asked.pk, words="Rách sẵn", **ACT)
    assert [step.words for step in asked.steps.filter(side="buyer")] == ["Gói bị rách", "Rách sẵn", "Rách sẵn"]


def test_what_did_not_come_back_is_for_the_office_and_not_withdrawn(parcel):
    asked = ask(parcel)
    accept_return(return_id=asked.pk, **ACT)
    send_back(return_id=asked.pk, tracking_number="VT1", **ACT)

    contested = contest_return(return_id=asked.pk, words=" Hộp rỗng ", **ACT)
    assert (contested.state, contested.refusal, contested.disputed_at) == ("disputed", "Hộp rỗng", NOW)
    assert contested.decide_by == NOW + timedelta(days=5)
    with pytest.raises(ReturnNotOpen):
        withdraw_return(return_id=asked.pk, **ACT)


def test_a_withdrawn_request_leaves_room_for_another(parcel):
    withdraw_return(return_id=ask(parcel).pk, **ACT)

    assert ask(parcel, 3).amount_vnd == parcel.total_vnd


def test_received_twice_refunds_and_restocks_once(tea, parcel):
    asked = bring_back(ask(parcel), restocked=1)

    with pytest.raises(ReturnNotOpen):
        receive_return(return_id=asked.pk, restocked={asked.lines.get().line_id: 1}, **ACT)

    assert (Refund.objects.count(), tea.stock_records.get().num_in_stock) == (1, 8)


def test_more_than_came_back_is_not_put_on_the_shelf(parcel):
    asked = ask(parcel)
    accept_return(return_id=asked.pk, **ACT)
    send_back(return_id=asked.pk, tracking_number="VT1", **ACT)

    with pytest.raises(WrongUnits):
        receive_return(return_id=asked.pk, restocked={asked.lines.get().line_id: 2}, **ACT)


def test_every_step_is_in_the_log(parcel):
    bring_back(ask(parcel))

    states = [entry.detail["new"]["state"] for entry in AuditEntry.objects.filter(object_type="return").order_by("pk")]
    assert states == ["asked", "accepted", "sent_back", "refunded"]
    entry, profile = AuditEntry.objects.filter(object_type="return").latest("pk"), parcel.producer.profile
    assert (entry.label, entry.producer_id) == (parcel.number, parcel.producer_id)
    assert (entry.province_code, entry.commune_code) == (profile.province_id, profile.commune_id or "")
    assert timedelta(hours=48) == returning.ANSWER_WITHIN
