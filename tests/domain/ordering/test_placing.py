import uuid
from decimal import Decimal

import pytest
from django.db import transaction

from shop.common import clock
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering import placing
from shop.domain.ordering.locking import ShopBusy
from shop.domain.ordering.models import CheckoutAttempt
from shop.domain.ordering.placing import (
    AttemptOfAnotherBasket,
    BasketClosed,
    PreviewChanged,
    UnknownPaymentMethod,
    place_order,
)
from shop.domain.ordering.previewing import preview_order
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment
from shop.domain.payments.provider import PaymentRefused
from shop.domain.stock.models import StockMovement
from shop.domain.vouchers.judging import VoucherRefused
from shop.oscar_forks.basket.models import Basket
from shop.oscar_forks.order.models import Order
from tests.factories import (
    make_basket,
    make_certificate,
    make_listing,
    make_order,
    make_producer,
    make_request,
    make_user,
)
from tests.factories.pages import publish_page
from tests.factories.vouchers import make_voucher, order_with

pytestmark = pytest.mark.django_db


def place(basket, *, key=None, request=None, preview_hash=None):
    now = clock.now()
    request = request or make_request()
    preview = preview_order(basket_id=basket.pk, commune_code=request.commune_code, services=request.services, today=now.date())
    return place_order(
        attempt_key=key or uuid.uuid4(),
        basket_id=basket.pk,
        request=request,
        preview_hash=preview_hash or preview.hash,
        now=now,
    )


def test_a_guest_whose_phone_nobody_answered_uses_no_voucher_of_one_per_buyer():
    make_voucher("MOTLAN", limit_per_buyer=1)
    make_voucher("NHIEULAN")

    with pytest.raises(VoucherRefused) as refused:
        order_with("MOTLAN", (make_listing(), 1))
    assert (refused.value.refusal, Order.objects.count()) == ("phone_unconfirmed", 0)
    assert order_with("NHIEULAN", (make_listing(), 1)).parcels.get().discount_vnd == 50_000
    assert order_with("MOTLAN", (make_listing(), 1), owner=make_user()).parcels.get().discount_vnd == 50_000


def test_place_order_makes_one_parcel_per_producer():
    tea = make_listing("Chè Tân Cương", price_vnd=185_000)
    honey = make_listing("Mật ong bạc hà", price_vnd=290_000, producer=make_producer("HTX Ong Tuấn Dũng"))

    order = make_order((tea, 2), (honey, 1))

    parcels = list(order.parcels.order_by("pk"))
    assert [parcel.producer.name for parcel in parcels] == ["HTX Chè Tân Cương", "HTX Ong Tuấn Dũng"]
    assert [parcel.number for parcel in parcels] == [f"{order.number}-1", f"{order.number}-2"]
    assert {parcel.shipping_service for parcel in parcels} == {"tieu_chuan"}
    assert [parcel.status for parcel in parcels] == [Parcel.Status.TO_CONFIRM, Parcel.Status.TO_CONFIRM]
    assert [parcel.goods_vnd for parcel in parcels] == [370_000, 290_000]
    assert order.total_incl_tax == sum(parcel.total_vnd for parcel in parcels)
    assert order.shipping_incl_tax == sum(parcel.shipping_vnd for parcel in parcels)
    assert order.status == Order.Status.CONFIRMED


def test_place_order_freezes_certificate_stars_and_price():
    certificate = make_certificate(stars=5)
    tea = make_listing(certificate=certificate, price_vnd=185_000, unit="gói 500 g")

    order = make_order((tea, 2))

    line = order.lines.get()
    assert (line.certificate, line.certificate_code, line.stars) == (certificate, certificate.code, 5)
    assert (line.unit_price_incl_tax, line.line_price_incl_tax) == (Decimal(185_000), Decimal(370_000))
    assert line.line_price_incl_tax - line.line_price_excl_tax == Decimal(27_407)
    assert (line.title, line.unit, line.quantity) == ("Chè Tân Cương", "gói 500 g", 2)


def test_place_order_promises_stock_and_writes_the_movement():
    tea = make_listing(stock=5)

    order = make_order((tea, 2))

    record = tea.stock_records.get()
    movement = StockMovement.objects.get(kind=StockMovement.Kind.ALLOCATED)
    assert (record.num_in_stock, record.num_allocated) == (5, 2)
    assert (movement.order_line, movement.reserved_change, movement.on_hand_change) == (order.lines.get(), 2, 0)


def test_place_order_opens_a_payment_of_the_total():
    order = make_order((make_listing(), 1))

    payment = order.payments.get()
    assert (payment.method, payment.status, payment.amount_vnd) == ("cod", Payment.Status.CREATED, order.total_incl_tax)


def test_place_order_tells_the_buyer_once_and_each_producer_of_its_own_parcel():
    tea = make_listing("Chè", producer=make_producer("HTX Chè", email="che@example.vn"))
    honey = make_listing("Mật ong", producer=make_producer("HTX Ong", email="ong@example.vn"))

    order = make_order((tea, 1), (honey, 1))

    parcels = {parcel.producer.name: parcel.pk for parcel in order.parcels.all()}
    messages = OutboxMessage.objects.order_by("pk").values_list("recipient", "kind", "payload")
    assert list(messages) == [
        ("chau@example.vn", "order_placed", {"order_id": order.pk}),
        ("che@example.vn", "order_placed_producer", {"parcel_id": parcels["HTX Chè"]}),
        ("ong@example.vn", "order_placed_producer", {"parcel_id": parcels["HTX Ong"]}),
    ]


def test_place_order_submits_the_basket_and_closes_the_attempt():
    basket = make_basket((make_listing(), 1))
    key = uuid.uuid4()

    placed = place(basket, key=key)

    basket.refresh_from_db()
    attempt = CheckoutAttempt.objects.get(key=key)
    assert basket.status == Basket.SUBMITTED
    assert (attempt.state, attempt.order) == (CheckoutAttempt.State.PLACED, placed.order)


def test_place_order_twice_returns_the_same_order():
    basket = make_basket((make_listing(stock=5), 1))
    key = uuid.uuid4()
    first = place(basket, key=key)

    same_key = place(basket, key=key)
    another_tab = place(basket)

    assert (same_key.order, another_tab.order) == (first.order, first.order)
    assert [first.is_new, same_key.is_new, another_tab.is_new] == [True, False, False]
    assert Order.objects.count() == 1


def test_place_order_asks_again_when_a_price_moved():
    tea = make_listing(price_vnd=185_000)
    basket = make_basket((tea, 1))
    request = make_request()
    shown = preview_order(basket_id=basket.pk, commune_code=request.commune_code, services={}, today=clock.today())
    tea.stock_records.update(price=190_000)

    with pytest.raises(PreviewChanged) as refused:
        place(basket, request=request, preview_hash=shown.hash)

    assert refused.value.preview.lines[0].unit_vnd == 190_000
    assert (Order.objects.count(), CheckoutAttempt.objects.count()) == (0, 0)


def test_an_order_keeps_the_terms_it_was_placed_under():
    publish_page("doi-tra")
    order = make_order((make_listing(), 1))
    publish_page("quy-che")

    order.refresh_from_db()
    assert order.accepted_terms == {"quy-che": 1, "doi-tra": 2, "quyen-rieng-tu": 1}


def test_terms_that_nobody_saw_bind_nobody():
    basket = make_basket((make_listing(), 1))
    request = make_request()
    shown = preview_order(basket_id=basket.pk, commune_code=request.commune_code, services={}, today=clock.today())
    publish_page("cookie")
    publish_page("quy-che", days_ahead=1)
    again = preview_order(basket_id=basket.pk, commune_code=request.commune_code, services={}, today=clock.today())
    assert shown.hash == again.hash
    publish_page("quyen-rieng-tu")

    with pytest.raises(PreviewChanged):
        place(basket, request=request, preview_hash=shown.hash)


@pytest.mark.parametrize(
    "stop",
    [
        lambda listing: type(listing).objects.filter(pk=listing.pk).update(state="hidden"),
        lambda listing: (
            type(listing.certificate)
            .objects.filter(pk=listing.certificate_id)
            .update(stored_state="suspended", stopped_on=clock.today())
        ),
        lambda listing: type(listing.producer.profile).objects.filter(producer=listing.producer).update(status="suspended"),
    ],
    ids=["hidden", "certificate_suspended", "producer_suspended"],
)
def test_place_order_refuses_what_stopped_being_purchasable(stop):
    tea = make_listing()
    basket = make_basket((tea, 1))
    stop(tea)

    with pytest.raises(PreviewChanged):
        place(basket)

    assert Order.objects.count() == 0
    assert tea.stock_records.get().num_allocated == 0


def test_place_order_writes_nothing_when_one_of_two_is_sold_out():
    tea, honey = make_listing("Chè", stock=5), make_listing("Mật ong", stock=1)
    basket = make_basket((tea, 1), (honey, 2))

    with pytest.raises(PreviewChanged):
        place(basket)

    assert tea.stock_records.get().num_allocated == 0
    assert OutboxMessage.objects.count() == 0


def test_place_order_refuses_cash_above_the_limit(settings):
    settings.COD_LIMIT_VND = 300_000
    basket = make_basket((make_listing(price_vnd=300_000), 1))

    with pytest.raises(PaymentRefused):
        place(basket)


def test_place_order_of_an_empty_basket_is_refused():
    with pytest.raises(BasketClosed):
        place(make_basket())


def test_place_order_with_a_key_of_another_basket_is_refused():
    key = uuid.uuid4()
    place(make_basket((make_listing(), 1)), key=key)

    with pytest.raises(AttemptOfAnotherBasket):
        place(make_basket((make_listing(), 1)), key=key)


def test_place_order_with_an_unknown_payment_method_is_refused():
    with pytest.raises(UnknownPaymentMethod):
        place(make_basket((make_listing(), 1)), request=make_request(payment_method="gold"))


@pytest.mark.django_db(transaction=True)
def test_place_order_refuses_to_run_inside_another_transaction():
    basket = make_basket((make_listing(), 1))

    with transaction.atomic(), pytest.raises(RuntimeError):
        place(basket)


def test_place_order_tries_once_more_when_the_shop_is_busy(monkeypatch):
    basket = make_basket((make_listing(), 1))
    calls = []

    def busy_at_first(press, *, once=placing._place_once):
        calls.append(press)
        if len(calls) == 1:
            raise ShopBusy
        return once(press)

    monkeypatch.setattr(placing, "_place_once", busy_at_first)

    assert place(basket).is_new is True
    assert len(calls) == 2


def test_place_order_gives_up_when_the_shop_stays_busy(monkeypatch):
    basket = make_basket((make_listing(), 1))

    def busy(_press):
        raise ShopBusy

    monkeypatch.setattr(placing, "_place_once", busy)

    with pytest.raises(ShopBusy):
        place(basket)
