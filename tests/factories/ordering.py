"""Baskets, and orders placed the way the shop places them."""

import uuid

from shop.common import clock
from shop.domain.ordering.placing import place_order
from shop.domain.ordering.previewing import preview_order
from shop.domain.ordering.requesting import OrderRequest
from shop.oscar_forks.basket.models import Basket

from .places import make_commune

BUYER_PHONE = "+84912345678"


def make_basket(*lines, owner=None):
    """A basket of (listing or stock record, quantity) pairs at today's prices."""
    basket = Basket.objects.create(owner=owner)
    for sellable, quantity in lines:
        record = sellable if hasattr(sellable, "partner_sku") else sellable.stock_records.get()
        basket.lines.create(
            line_reference=f"{record.product_id}_{record.pk}",
            product=record.product,
            stockrecord=record,
            quantity=quantity,
            price_currency="VND",
            price_incl_tax=record.price,
        )
    return basket


def make_request(**changes):
    """What a guest in Cầu Giấy asks for: cash on delivery, standard shipping."""
    values = {
        "buyer_name": "Lê Minh Châu",
        "buyer_phone": BUYER_PHONE,
        "buyer_email": "chau@example.vn",
        "user_id": None,
        "language": "vi",
        "commune_code": make_commune().code,
        "street": "Số 12 ngõ 165 Dương Quảng Hàm",
        "note": "",
        "services": {},
        "payment_method": "cod",
    }
    return OrderRequest(**(values | changes))


def make_order(*lines, owner=None, now=None, **request_changes):
    """A placed order of (listing or stock record, quantity) pairs, cash on delivery."""
    now = now or clock.now()
    basket = make_basket(*lines, owner=owner)
    request = make_request(user_id=owner.pk if owner else None, **request_changes)
    preview = preview_order(basket_id=basket.pk, commune_code=request.commune_code, services=request.services, today=now.date())
    return place_order(attempt_key=uuid.uuid4(), basket_id=basket.pk, request=request, preview_hash=preview.hash, now=now).order
