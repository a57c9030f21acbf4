import uuid
from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ledger.accounts import DISCOUNT_PLATFORM
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.cancelling import cancel_order, cancel_parcel
from shop.domain.ordering.expiring import expire_due_orders
from shop.domain.ordering.paying import apply_fact
from shop.domain.ordering.phone_codes import phone_code
from shop.domain.ordering.placing import PreviewChanged, place_order
from shop.domain.ordering.previewing import preview_order
from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.provider import PaymentFact
from shop.domain.people.actor import NOBODY, SYSTEM
from shop.domain.returns.reckoning import goods_of
from shop.domain.vouchers.judging import Refusal, VoucherRefused
from shop.domain.vouchers.models import Redemption
from shop.domain.vouchers.using import Buyer, give_back, hold_voucher, take_again
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order
from tests.factories import make_basket, make_listing, make_producer, make_request, make_user
from tests.factories.payments import METHOD, offer_prepaid
from tests.factories.vouchers import make_producers_voucher, make_voucher, order_with

pytestmark = pytest.mark.django_db


@pytest.fixture
def tea():
    return make_listing("Chè", price_vnd=200_000)


@pytest.fixture
def honey():
    return make_listing("Mật ong", price_vnd=100_000, producer=make_producer("HTX Ong"))


def refusal_of(*arguments, **more):
    with pytest.raises(VoucherRefused) as refused:
        order_with(*arguments, **more)
    return refused.value.refusal


def test_an_order_is_reduced_parcel_by_parcel(tea, honey):
    voucher = make_voucher(amount_vnd=50_000)

    order = order_with("chao 2026", (tea, 1), (honey, 1))

    parcels = list(order.parcels.order_by("pk"))
    assert [parcel.discount_vnd for parcel in parcels] == [33_333, 16_667]
    assert [parcel.total_vnd for parcel in parcels] == [
        parcel.goods_vnd + parcel.shipping_vnd - parcel.discount_vnd for parcel in parcels
    ]
    assert order.total_incl_tax == sum(parcel.total_vnd for parcel in parcels)
    assert order.payments.get().amount_vnd == order.total_incl_tax
    given = Redemption.objects.get()
    assert (given.voucher, given.order, given.discount_vnd, given.is_live) == (voucher, order, 50_000, True)
    assert [(p.split.producer_discount_vnd, p.split.platform_discount_vnd) for p in parcels] == [(0, 33_333), (0, 16_667)]
    assert [p.split.producer_vnd for p in parcels] == [p.goods_vnd + p.shipping_vnd for p in parcels]
    assert broken_invariants() == []


@pytest.mark.parametrize("code", ["KHONGCO", "CHAO\x002026", "%"])
def test_a_code_nobody_made_orders_nothing(tea, code):
    assert refusal_of(code, (tea, 1)) == Refusal.UNKNOWN
    assert not Order.objects.exists()


def test_a_producer_bears_its_own_voucher(tea, honey):
    make_producers_voucher(honey.producer, amount_vnd=30_000)

    order = order_with("NHAVUON", (tea, 1), (honey, 1))

    first, second = order.parcels.order_by("pk")
    assert (first.discount_vnd, second.discount_vnd) == (0, 30_000)
    assert (second.split.producer_discount_vnd, second.split.platform_discount_vnd) == (30_000, 0)
    assert second.split.producer_vnd == 70_000 + second.shipping_vnd
    assert broken_invariants() == []


def test_a_price_that_was_not_on_the_page_is_not_asked_for(tea):
    make_voucher()
    basket, now = make_basket((tea, 1)), clock.now()
    request = make_request(voucher_code="CHAO2026")
    without = preview_order(basket_id=basket.pk, commune_code=request.commune_code, today=now.date())

    with pytest.raises(PreviewChanged) as changed:
        place_order(attempt_key=uuid.uuid4(), basket_id=basket.pk, request=request, preview_hash=without.hash, now=now)

    assert changed.value.preview.discount_vnd == 50_000
    assert not Order.objects.exists()


def test_a_cancelled_order_gives_its_use_back(tea, honey):
    make_voucher(limit_total=1)
    order = order_with("CHAO2026", (tea, 1), (honey, 1))
    first, second = order.parcels.order_by("pk")

    cancel_parcel(parcel_id=first.pk, reason="", actor=NOBODY, now=clock.now())
    assert refusal_of("CHAO2026", (tea, 1)) == Refusal.USED_UP  # a part of the order still comes, reduced

    cancel_parcel(parcel_id=second.pk, reason="", actor=NOBODY, now=clock.now())
    assert order_with("CHAO2026", (tea, 1)).parcels.get().discount_vnd == 50_000
    assert broken_invariants() == []


def test_a_part_that_is_cancelled_leaves_the_rest_as_it_was(tea, honey):
    make_voucher(minimum_goods_vnd=300_000)
    order = order_with("CHAO2026", (tea, 1), (honey, 1))
    first, second = order.parcels.order_by("pk")

    cancel_parcel(parcel_id=second.pk, reason="", actor=NOBODY, now=clock.now())

    assert order.payments.get().amount_vnd == first.total_vnd == 200_000 + first.shipping_vnd - 33_333


@pytest.fixture
def late_order(tea, monkeypatch):
    """An order whose hold ended before its money came, and when it comes."""
    offer_prepaid(monkeypatch)
    make_voucher(limit_total=1)
    now = clock.now()
    order = order_with("CHAO2026", (tea, 1), payment_method=METHOD, now=now)
    later = now + timedelta(days=3)
    assert expire_due_orders(now=later) == 1
    return order, later


def pay(order, now):
    payment = order.payments.get()
    apply_fact(payment_id=payment.pk, fact=PaymentFact(Payment.Status.SUCCEEDED, payment.amount_vnd, payment.amount_vnd), now=now)


def test_late_money_wakes_the_order_with_its_voucher(late_order):
    order, later = late_order
    assert not Redemption.objects.get().is_live

    pay(order, later)

    order.refresh_from_db()
    assert (order.status, Redemption.objects.get().is_live) == (Order.Status.PAID, True)
    assert broken_invariants() == []


def test_late_money_goes_back_when_somebody_else_has_the_voucher(late_order, tea):
    order, later = late_order
    order_with("CHAO2026", (tea, 1))

    pay(order, later)

    order.refresh_from_db()
    assert Refund.objects.get().reason == Refund.Reason.LATE_MONEY
    assert tea.stock_records.get().num_allocated == 1
    assert [given.is_live for given in Redemption.objects.order_by("pk")] == [False, True]
    assert broken_invariants() == []


def test_a_guest_says_by_a_code_whose_phone_it_is(tea):
    make_voucher(limit_per_buyer=1)
    assert refusal_of("CHAO2026", (tea, 1)) == Refusal.PHONE_UNCONFIRMED

    basket, now = make_basket((tea, 1)), clock.now()
    request = make_request(voucher_code="CHAO2026")
    code = phone_code(basket_id=basket.pk, phone=request.buyer_phone, now=now)
    request = make_request(voucher_code="CHAO2026", phone_code=code)
    preview = preview_order(basket_id=basket.pk, commune_code=request.commune_code, asking=request.asking, today=now.date())
    place_order(attempt_key=uuid.uuid4(), basket_id=basket.pk, request=request, preview_hash=preview.hash, now=now)

    assert refusal_of("CHAO2026", (tea, 1)) == Refusal.USED_BY_YOU


def test_an_account_uses_it_once_and_again_after_cancelling(tea):
    make_voucher(limit_per_buyer=1)
    user = make_user()
    order = order_with("CHAO2026", (tea, 1), owner=user)
    assert refusal_of("CHAO2026", (tea, 1), owner=user) == Refusal.USED_BY_YOU

    cancel_order(order_id=order.pk, reason="", actor=SYSTEM, now=clock.now())

    assert order_with("CHAO2026", (tea, 1), owner=user).redemption.is_live


def test_what_goes_back_is_what_was_paid(tea, honey, monkeypatch):
    offer_prepaid(monkeypatch)
    make_voucher(amount_vnd=50_000)
    order = order_with("CHAO2026", (tea, 1), (honey, 1), payment_method=METHOD)
    pay(order, clock.now())
    first, second = order.parcels.order_by("pk")

    cancel_parcel(parcel_id=first.pk, reason="", actor=NOBODY, now=clock.now())
    assert Refund.objects.get(parcel=first).amount_vnd == 200_000 + first.shipping_vnd - 33_333
    assert Redemption.objects.get().is_live
    cancel_parcel(parcel_id=second.pk, reason="", actor=NOBODY, now=clock.now())

    order.refresh_from_db()
    assert sum(Refund.objects.values_list("amount_vnd", flat=True)) == order.total_incl_tax
    assert balance_of(DISCOUNT_PLATFORM) == 0
    assert not Redemption.objects.get().is_live
    assert broken_invariants() == []


def test_returned_units_give_back_their_part_of_what_was_paid():
    tea = make_listing("Chè", price_vnd=100_000)
    make_voucher(amount_vnd=100_000)
    parcel = order_with("CHAO2026", (tea, 3)).parcels.get()
    line = parcel.lines.get()

    assert [goods_of(parcel=parcel, quantities={line.pk: units}) for units in (1, 2, 3)] == [66_667, 133_333, 200_000]


def test_goods_bought_for_a_dong_still_give_something_back():
    tea = make_listing("Chè", price_vnd=10_000)
    make_voucher(amount_vnd=50_000)
    parcel = order_with("CHAO2026", (tea, 3)).parcels.get()
    line = parcel.lines.get()

    assert parcel.total_vnd == parcel.shipping_vnd + 1
    assert goods_of(parcel=parcel, quantities={line.pk: 1}) == 1


def test_a_code_is_held_for_whoever_asks_and_its_limits_are_read_behind_the_gate(monkeypatch):
    gates = []
    for name in ("pass_gates", "shut_gates"):
        monkeypatch.setattr(
            f"shop.domain.vouchers.using.{name}", lambda *, kind, ids, name=name: gates.append((name, kind, len(ids)))
        )
    make_voucher("TUDO2026"), make_voucher("TONG2026", limit_total=2), make_voucher("NGUOI2026", limit_per_buyer=1)
    user = make_user(phone="+84987654321", phone_verified=True)

    for code in ("TUDO2026", "TONG2026", "NGUOI2026", "KHONGCO", "%"):
        hold_voucher(code=code, buyer=Buyer(user.pk))

    assert gates == [
        ("pass_gates", "voucher", 1),
        ("shut_gates", "voucher", 1),
        ("pass_gates", "voucher", 1),
        # The account and its phone are one person.
        ("shut_gates", "voucher_buyer", 2),
    ]


def test_a_use_is_taken_again_only_where_it_is_still_free(tea):
    make_voucher(limit_per_buyer=1)
    user = make_user()
    first = order_with("CHAO2026", (tea, 1), owner=user)
    without = order_with("", (tea, 1), owner=user)
    assert (take_again(order=first), take_again(order=without)) == (True, True)
    give_back(order_id=first.pk)
    give_back(order_id=first.pk)
    assert not Redemption.objects.get().is_live

    second = order_with("CHAO2026", (tea, 1), owner=user)
    assert take_again(order=first) is False
    give_back(order_id=second.pk)

    assert take_again(order=first) is True
    assert [one.is_live for one in Redemption.objects.order_by("pk")] == [True, False]
