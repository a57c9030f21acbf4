"""Vouchers, and orders that use them."""

import uuid
from datetime import timedelta

from shop.common import clock
from shop.domain.ordering.placing import place_order
from shop.domain.ordering.previewing import preview_order
from shop.domain.people.actor import SYSTEM
from shop.domain.vouchers.making import VoucherWanted
from shop.domain.vouchers.making import make_voucher as _make
from shop.domain.vouchers.models import Voucher

from .ordering import make_basket, make_request


def make_voucher(code="CHAO2026", **changes):
    """50,000 đồng off everything for a month, given by the shop, for anybody and any number of times."""
    today = clock.today()
    values = {"name": "Chào khách mới", "starts_on": today, "ends_on": today + timedelta(days=30), "amount_vnd": 50_000}
    if "percent" in changes:
        del values["amount_vnd"]
    voucher = _make(wanted=VoucherWanted(code=code, **(values | changes)), actor=SYSTEM, now=clock.now())
    return Voucher.objects.get(pk=voucher.pk)


def make_producers_voucher(producer, code="NHAVUON", **changes):
    """50,000 đồng off a producer's goods, given by itself."""
    own = {"funder": Voucher.Funder.PRODUCER, "scope": Voucher.Scope.PRODUCER, "producer_id": producer.pk}
    return make_voucher(code, **(own | changes))


def order_with(code, *lines, owner=None, now=None, **request_changes):
    """A placed order that uses a code; raises what placing raises."""
    now = now or clock.now()
    basket = make_basket(*lines, owner=owner)
    request = make_request(user_id=owner.pk if owner else None, voucher_code=code, **request_changes)
    preview = preview_order(
        basket_id=basket.pk,
        commune_code=request.commune_code,
        services=request.services,
        asking=request.asking,
        today=now.date(),
    )
    return place_order(attempt_key=uuid.uuid4(), basket_id=basket.pk, request=request, preview_hash=preview.hash, now=now).order
