from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.parcels.earnings import earnings_of, sum_earnings
from shop.domain.parcels.models import Parcel
from tests.factories import make_listing, make_order


def test_commission_is_nothing_while_the_market_opens():
    earnings = earnings_of(goods_vnd=435_000, discount_vnd=35_000)

    assert (earnings.commission_vnd, earnings.net_vnd) == (0, 400_000)


@pytest.mark.django_db
def test_earnings_are_summed_by_day_without_shipping_and_without_what_was_declined():
    listing, today = make_listing(price_vnd=100_000), clock.today()
    make_order((listing, 2))
    declined, older = (make_order((listing, 1)).parcels.get() for _ in range(2))
    Parcel.objects.filter(pk=declined.pk).update(status="declined")
    Parcel.objects.filter(pk=older.pk).update(created_at=clock.now() - timedelta(days=3))

    since = {"today": today, "week": today - timedelta(days=6)}

    assert sum_earnings(parcels=Parcel.objects.all(), since=since) == {"today": 200_000, "week": 300_000}
