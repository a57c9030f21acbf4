from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.parcels.recipients import recipient_known, recipient_of
from tests.factories import make_listing, make_order

pytestmark = pytest.mark.django_db


def _recipient(status, *, ended_days_ago=None):
    now = clock.now()
    parcel = make_order((make_listing(), 1)).parcels.get()
    Parcel.objects.filter(pk=parcel.pk).update(status=status, shipped_at=now)
    if ended_days_ago is not None:
        ParcelEvent.objects.create(parcel=parcel, to_status=status, at=now - timedelta(days=ended_days_ago))
    return recipient_of(Parcel.objects.annotate(recipient_is_known=recipient_known(now=now)).get(pk=parcel.pk))


@pytest.mark.parametrize("status", ["to_confirm", "packing", "on_hold", "shipped", "delivered", "returning"])
def test_a_parcel_under_way_says_whom_it_goes_to(status):
    recipient = _recipient(status)

    assert recipient.name == "Lê Minh Châu"
    assert recipient.phone == "+84912345678"
    assert recipient.street == "Số 12 ngõ 165 Dương Quảng Hàm"
    assert recipient.place.endswith("Hà Nội")


@pytest.mark.parametrize("status", ["pending", "declined", "cancelled"])
def test_a_parcel_that_is_not_sent_says_nothing(status):
    assert _recipient(status) is None


@pytest.mark.parametrize(("days", "is_known"), [(1, True), (29, True), (31, False)])
def test_the_recipient_is_forgotten_thirty_days_after_the_end(days, is_known):
    assert (_recipient("closed", ended_days_ago=days) is not None) == is_known
