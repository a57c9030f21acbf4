from threading import Event, Thread

import pytest
from django.db import OperationalError, connections, transaction

from shop.domain.ordering import locking
from shop.domain.ordering.locking import ShopBusy, busy_instead_of_waiting, lock_basket
from tests.factories import make_basket


@pytest.fixture
def held_basket(transactional_db, monkeypatch):
    """A basket whose row somebody else keeps locked; the wait for it is short."""
    monkeypatch.setattr(locking, "LONGEST_WAIT", "100ms")
    basket = make_basket()
    held, done = Event(), Event()

    def hold():
        with transaction.atomic():
            lock_basket(basket_id=basket.pk)
            held.set()
            done.wait(timeout=10)
        connections.close_all()

    holder = Thread(target=hold)
    holder.start()
    held.wait(timeout=10)
    yield basket
    done.set()
    holder.join()


def test_a_lock_that_somebody_keeps_says_busy(held_basket):
    with pytest.raises(ShopBusy), busy_instead_of_waiting():
        lock_basket(basket_id=held_basket.pk)


def test_other_failures_of_the_database_are_not_called_busy(transactional_db):
    with pytest.raises(OperationalError), busy_instead_of_waiting():
        raise OperationalError
