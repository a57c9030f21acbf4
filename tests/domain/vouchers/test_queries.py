"""Vouchers read for those who made them: uses that count, where each stands, which orders had it."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.vouchers.models import Voucher
from shop.domain.vouchers.queries import Standing, code_of_order, redemptions_of, standing_of, with_uses
from shop.domain.vouchers.using import give_back
from tests.factories import make_listing
from tests.factories.vouchers import make_voucher, order_with

TODAY = clock.today()
DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("fields", "uses", "standing"),
    [
        ({}, 9, Standing.RUNNING),
        ({"starts_on": TODAY + DAY}, 0, Standing.TO_COME),
        ({"starts_on": TODAY, "ends_on": TODAY}, 0, Standing.RUNNING),
        ({"ends_on": TODAY - DAY}, 0, Standing.OVER),
        ({"limit_total": 2}, 1, Standing.RUNNING),
        ({"limit_total": 2}, 2, Standing.USED_UP),
        ({"limit_total": 2, "ends_on": TODAY - DAY}, 2, Standing.OVER),
        ({"stopped_at": clock.now(), "ends_on": TODAY - DAY}, 0, Standing.STOPPED),
    ],
)
def test_standing_of_a_voucher_goes_by_day_and_uses(fields, uses, standing):
    voucher = Voucher(**{"starts_on": TODAY - DAY, "ends_on": TODAY + DAY} | fields)
    voucher.uses = uses

    assert standing_of(voucher, today=TODAY) == standing


@pytest.mark.django_db
def test_uses_that_were_given_back_are_counted_apart():
    used, free = make_voucher("CHAO2026"), make_voucher("TET2026")
    listing = make_listing(stock=9)
    first, second = (order_with("CHAO2026", (listing, 1)) for _ in range(2))
    plain = order_with("", (listing, 1))
    give_back(order_id=first.pk)

    found = {one.code: (one.uses, one.given_vnd, one.ever_used) for one in with_uses(Voucher.objects.all())}

    assert found == {"CHAO2026": (1, 50_000, 2), "TET2026": (0, 0, 0)}
    assert [code_of_order(order_id=order.pk) for order in (first, second, plain)] == ["CHAO2026", "CHAO2026", ""]
    assert [one.order for one in redemptions_of(voucher=used)] == [second, first]
    assert list(redemptions_of(voucher=free)) == []
