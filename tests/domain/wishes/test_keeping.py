"""The wish list: each product once, nobody else's, and what was never shown cannot be wished for."""

from unittest import mock

import pytest

from shop.common import clock
from shop.domain.wishes import keeping
from shop.domain.wishes.keeping import NotOnDisplay, TooManyWishes, drop_wish, keep_wish, kept_among
from shop.domain.wishes.reading import read_wish, wish_lines
from tests.factories import make_listing, make_user

pytestmark = pytest.mark.django_db


def test_a_product_is_kept_once_and_by_its_owner_only():
    buyer, other, product_id = make_user().pk, make_user().pk, make_listing().product_id

    assert [keep_wish(user_id=buyer, product_id=product_id) for _ in range(2)] == [True, False]
    assert kept_among(user_id=buyer, product_ids=[product_id]) == {product_id}
    drop_wish(user_id=other, product_id=product_id)
    assert wish_lines(user_id=buyer).count() == 1
    drop_wish(user_id=buyer, product_id=product_id)
    assert wish_lines(user_id=buyer).count() == 0


@pytest.mark.parametrize("fields", [{"state": "draft"}, {"criteria_set": 14}])
def test_what_nobody_has_seen_cannot_be_wished_for(fields):
    with pytest.raises(NotOnDisplay):
        keep_wish(user_id=make_user().pk, product_id=make_listing(**fields).product_id)


def test_a_list_has_an_end():
    buyer = make_user().pk
    keep_wish(user_id=buyer, product_id=make_listing().product_id)

    with mock.patch.object(keeping, "MOST_WISHES", 1), pytest.raises(TooManyWishes):
        keep_wish(user_id=buyer, product_id=make_listing().product_id)


def test_the_list_says_how_things_stand_today():
    buyer, listing = make_user().pk, make_listing(price_vnd=185_000, stock=3)
    keep_wish(user_id=buyer, product_id=listing.product_id)
    type(listing.certificate).objects.update(stored_state="revoked", stopped_on=clock.today())

    wish = read_wish(wish_lines(user_id=buyer).get(), today=clock.today())

    assert (wish.is_purchasable, wish.certificate.is_valid, wish.price_vnd) == (False, False, 185_000)
