"""Basket, order form and tracking in a real browser, in every state, both languages, phone and desk."""

import pytest
from django.conf import settings
from django.core.signing import Signer

from shop.common import clock
from shop.domain.ordering.cancelling import cancel_parcel
from shop.domain.ordering.fulfilling import confirm_parcel, deliver_parcel, ship_parcel
from shop.domain.ordering.links import tracking_token
from shop.domain.people.actor import SYSTEM
from tests.axe import assert_accessible  # noqa: F401 -- a fixture
from tests.factories import make_basket, make_listing, make_order, make_producer

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def baskets():
    """An ordinary basket and one with everything that can be wrong."""
    tea = make_listing("Chè Tân Cương", producer=make_producer("HTX Chè Tân Cương"))
    honey = make_listing("Mật ong bạc hà", producer=make_producer("HTX Ong Tuấn Dũng"))
    sold_out, few, hidden, moved = (make_listing(title) for title in ("Gạo nếp", "Miến dong", "Măng khô", "Nấm hương"))
    wrong = make_basket((sold_out, 1), (few, 5), (hidden, 1), (moved, 1))
    sold_out.stock_records.update(num_in_stock=0)
    few.stock_records.update(num_in_stock=2)
    moved.stock_records.update(price=99_000)
    type(hidden).objects.filter(pk=hidden.pk).update(state="hidden")
    return [make_basket((tea, 2), (honey, 1)), wrong]


@pytest.fixture
def order():
    """One parcel delivered, one cancelled, one waiting."""
    listings = [make_listing(title, producer=make_producer(f"HTX {title}")) for title in ("Chè", "Mật ong", "Gạo")]
    order = make_order(*((listing, 1) for listing in listings))
    delivered, cancelled, _ = order.parcels.order_by("pk")
    step = {"actor": SYSTEM, "now": clock.now()}
    confirm_parcel(parcel_id=delivered.pk, **step)
    ship_parcel(parcel_id=delivered.pk, carrier="GHN", tracking_number="LK99AQ", **step)
    deliver_parcel(parcel_id=delivered.pk, **step)
    cancel_parcel(parcel_id=cancelled.pk, reason="Đặt nhầm", **step)
    return order


@pytest.fixture(params=[390, 1280])
def page(request, browser):
    """A visitor on a phone, then one at a desk."""
    context = browser.new_context(viewport={"width": request.param, "height": 900})
    yield context.new_page()
    context.close()


def test_buying_pages_are_accessible(live_stack, page, assert_accessible, baskets, order):  # noqa: F811
    address, context = live_stack(), page.context
    secret = f"{order.number}/{tracking_token(order)}/"
    waiting = order.parcels.order_by("pk").last()
    for prefix in ("", "/en"):
        for basket in [None, *baskets]:
            context.clear_cookies()
            if basket is not None:
                value = Signer().sign(basket.pk)
                context.add_cookies([{"name": settings.OSCAR_BASKET_COOKIE_OPEN, "value": value, "url": address}])
            for path in ("/gio-hang/", "/gio-hang/?loi=full", "/thanh-toan/"):
                page.goto(address + prefix + path)
                assert_accessible(page)
        page.goto(f"{address}{prefix}/gio-hang/")
        for path in (f"/thanh-toan/cam-on/{secret}", f"/don-hang/{secret}", f"/don-hang/{secret}huy/{waiting.pk}/"):
            page.goto(address + prefix + path)
            assert_accessible(page)


def test_order_form_with_errors_is_accessible(live_stack, phone_page, assert_accessible, baskets):  # noqa: F811
    address = live_stack()
    value = Signer().sign(baskets[0].pk)
    phone_page.context.add_cookies([{"name": settings.OSCAR_BASKET_COOKIE_OPEN, "value": value, "url": address}])

    phone_page.goto(f"{address}/thanh-toan/")
    phone_page.click("#tom-tat button[value=place]")
    phone_page.wait_for_selector(".errs")

    assert phone_page.locator("#id_phone-e").count() == 1
    assert_accessible(phone_page)
