"""An erasure waits for a return and for money that is still owed, however long ago the parcel was delivered."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from shop.common import clock
from shop.domain.ordering.returning import withdraw_return
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM
from shop.domain.personal_data.obstacles import open_orders
from tests.factories import make_listing
from tests.factories.returns import make_delivered, make_received, make_return

pytestmark = pytest.mark.django_db
LATER = timedelta(days=30)


def is_open(parcel):
    return open_orders(person=SimpleNamespace(order_ids=[parcel.order_id]), now=clock.now() + LATER).exists()


@pytest.fixture
def parcel():
    return make_delivered((make_listing(stock=9), 2))


def test_a_return_keeps_an_order_open_until_it_is_over(parcel):
    found = make_return(parcel)
    assert is_open(parcel)

    withdraw_return(return_id=found.pk, actor=SYSTEM, now=clock.now())
    assert not is_open(parcel)


def test_money_that_is_owed_keeps_an_order_open_until_it_is_there(parcel):
    make_received(parcel)
    assert is_open(parcel)

    Refund.objects.update(status="succeeded")
    assert not is_open(parcel)
