"""What stands on a new order, its address, its parcels and lines: everything as it was on the page."""

from datetime import timedelta
from decimal import Decimal
from uuid import uuid4

import pytest

from shop.common import clock
from shop.domain.ordering import writing
from shop.domain.ordering.placing import place_order
from shop.domain.ordering.previewing import preview_order
from shop.domain.ordering.writing import NoFreeNumber
from shop.domain.parcels.models import ParcelEvent
from tests.factories import make_basket, make_commune, make_listing, make_order, make_request, make_user
from tests.factories.payments import HOLD, METHOD, offer_prepaid
from tests.factories.vouchers import make_voucher, order_with

pytestmark = pytest.mark.django_db
NOW = clock.now()


@pytest.fixture
def tea():
    return make_listing("Chè", price_vnd=108_000, weight_grams=600, title_en="Tea")


def written(order):
    order.refresh_from_db()
    return (order.status, order.payment_method, order.hold_until, order.network_key)


def test_cash_is_asked_of_the_producer_at_once_and_money_before_it_is_waited_for(tea, monkeypatch):
    offer_prepaid(monkeypatch)
    cash = make_order((tea, 2), now=NOW, network_key="ab12cd34ef56ab78")
    prepaid = make_order((tea, 2), now=NOW, network_key="ab12cd34ef56ab78", payment_method=METHOD)

    assert written(cash) == ("confirmed", "cod", None, "")
    assert written(prepaid) == ("awaiting_payment", METHOD, NOW + HOLD, "ab12cd34ef56ab78")
    assert [(one.status, one.confirm_by) for one in (cash.parcels.get(), prepaid.parcels.get())] == [
        ("to_confirm", NOW + timedelta(hours=48)),
        ("pending", None),
    ]


def test_an_order_keeps_who_ordered_what_and_where_it_goes(tea):
    owner, commune = make_user(), make_commune()
    order = make_order((tea, 2), owner=owner, now=NOW, language="en", note="Gọi trước")
    terms = preview_order(basket_id=None, today=NOW.date()).terms

    assert (order.user, order.guest_email, order.buyer_name, order.buyer_phone) == (
        owner,
        "chau@example.vn",
        "Lê Minh Châu",
        "+84912345678",
    )
    assert (order.language, order.currency, order.date_placed, order.declared_adult_at) == ("en", "VND", NOW, None)
    assert (order.accepted_terms, len(order.link_seed) > 10) == (dict(terms), True)
    address = order.shipping_address
    assert (address.first_name, address.line1, address.notes) == ("Lê Minh Châu", "Số 12 ngõ 165 Dương Quảng Hàm", "Gọi trước")
    assert (address.line4, address.state, address.commune) == (commune.full_name, commune.province.name, commune)
    assert (address.phone_number, address.country_id) == ("+84912345678", "VN")


def test_an_order_s_sums_and_the_taxes_inside_them(tea):
    order = make_order((tea, 2), now=NOW)
    parcel = order.parcels.get()
    carriage = Decimal(parcel.shipping_vnd)
    tax = round(carriage / 11)

    assert (parcel.goods_vnd, parcel.discount_vnd, parcel.total_vnd) == (216_000, 0, 216_000 + carriage)
    assert (order.total_incl_tax, order.shipping_incl_tax) == (216_000 + carriage, carriage)
    assert (order.total_excl_tax, order.shipping_excl_tax) == (200_000 + carriage - tax, carriage - tax)
    assert (parcel.weight_grams, parcel.created_at, parcel.deliver_from > NOW.date()) == (1_200, NOW, True)
    assert parcel.deliver_from <= parcel.deliver_until
    payment = order.payments.get()
    assert (payment.amount_vnd, payment.created_at, payment.method) == (order.total_incl_tax, NOW, "cod")
    event = ParcelEvent.objects.get(parcel=parcel)
    assert (event.at, event.actor_id, event.to_status, event.from_status) == (NOW, None, "to_confirm", "")


def test_a_discount_takes_its_part_of_the_tax_along(tea):
    make_voucher("TET2026", amount_vnd=108_000)
    order = order_with("TET2026", (tea, 2))
    carriage = order.shipping_incl_tax - order.shipping_excl_tax

    assert order.total_incl_tax - order.total_excl_tax - carriage == 8_000
    assert order.parcels.get().total_vnd == 108_000 + order.shipping_incl_tax


def test_a_line_keeps_what_was_sold_under_which_certificate(tea):
    line, record = make_order((tea, 2)).lines.get(), tea.stock_records.get()

    assert (line.partner, line.partner_name, line.partner_sku) == (tea.producer, tea.producer.name, record.partner_sku)
    assert (line.stockrecord, line.product, line.title, line.title_en) == (record, tea.product, "Chè", "Tea")
    assert (line.upc, line.unit, line.quantity, line.num_allocated) == (tea.product.upc, "gói 500 g", 2, 2)
    assert (line.unit_price_incl_tax, line.unit_price_excl_tax) == (108_000, 100_000)
    assert (line.line_price_incl_tax, line.line_price_excl_tax) == (216_000, 200_000)
    assert (line.line_price_before_discounts_incl_tax, line.line_price_before_discounts_excl_tax) == (216_000, 200_000)
    assert (line.tax_code, line.certificate, line.stars) == ("8", tea.certificate, tea.certificate.stars)
    assert line.certificate_code == tea.certificate.code


def test_alcohol_keeps_when_its_buyer_declared_to_be_of_age(tea, monkeypatch):
    offer_prepaid(monkeypatch)
    wine, now = make_listing("Rượu", criteria_set=14), clock.now()
    request = make_request(payment_method=METHOD, declares_adult=True)
    orders = []
    for listing in (wine, tea):
        basket = make_basket((listing, 1))
        preview = preview_order(basket_id=basket.pk, commune_code=request.commune_code, today=now.date(), is_adult=True)
        placed = place_order(attempt_key=uuid4(), basket_id=basket.pk, request=request, preview_hash=preview.hash, now=now)
        orders.append(placed.order)

    assert [order.declared_adult_at for order in orders] == [now, None]


def test_a_number_that_is_taken_is_drawn_again_five_times_at_most(tea, monkeypatch):
    taken = make_order((tea, 1)).number
    drawn = iter([taken, taken, "OC-FREE2345", *[taken] * 5])
    monkeypatch.setattr(writing, "make_order_number", lambda: next(drawn))

    assert make_order((tea, 1)).number == "OC-FREE2345"
    with pytest.raises(NoFreeNumber):
        make_order((tea, 1))
