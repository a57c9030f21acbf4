import pytest

from shop.domain.ordering.merging import merge_baskets
from shop.oscar_forks.basket.models import Basket
from tests.factories import make_basket, make_listing, make_user

pytestmark = pytest.mark.django_db


def test_merge_baskets_twice_moves_once():
    tea, honey = make_listing("Chè"), make_listing("Mật ong")
    guest, account = make_basket((tea, 3), (honey, 1)), make_basket((tea, 2), owner=make_user())

    moved = [merge_baskets(into_id=account.pk, from_id=guest.pk) for _ in range(2)]

    quantities = {line.stockrecord.listing: line.quantity for line in account.lines.all()}
    assert moved == [4, 0]
    assert quantities == {tea: 3, honey: 1}


def test_merge_baskets_leaves_an_ordered_one_alone():
    guest, account = make_basket((make_listing(), 1)), make_basket(owner=make_user())
    Basket.objects.filter(pk=guest.pk).update(status=Basket.SUBMITTED)

    assert merge_baskets(into_id=account.pk, from_id=guest.pk) == 0
    assert guest.lines.count() == 1
