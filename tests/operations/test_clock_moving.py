from datetime import timedelta

import pytest

from shop.common import clock
from shop.operations.clock_moving import write_clock_move
from shop.operations.models import ShopClock

pytestmark = pytest.mark.django_db


def test_a_clock_that_is_not_moved_is_written_as_such(settings):
    settings.SHOP_CLOCK = None

    assert write_clock_move() == timedelta(0)
    assert ShopClock.objects.get().moved_by == timedelta(0)


def test_a_moved_clock_is_written_each_time_anew(settings):
    settings.SHOP_CLOCK = None
    write_clock_move()
    settings.SHOP_CLOCK = (clock.now() + timedelta(days=400)).isoformat()

    write_clock_move()

    assert abs(ShopClock.objects.get().moved_by - timedelta(days=400)) < timedelta(minutes=1)
