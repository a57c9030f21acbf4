import pytest
from django.contrib.auth.models import AnonymousUser

from shop.domain.people.actor import NOBODY
from shop.domain.producers.models import Membership
from shop.domain.producers.staff import actor_of, roles_by_producer
from tests.factories import make_member, make_producer, make_user

pytestmark = pytest.mark.django_db


def test_a_visitor_is_nobody():
    assert actor_of(user=AnonymousUser()) == NOBODY


def test_a_closed_account_is_nobody():
    assert actor_of(user=make_user(is_active=False)) == NOBODY


def test_a_person_holds_different_roles_at_different_producers():
    tea_house, honey_farm = make_producer(), make_producer()
    person = make_member(tea_house)
    make_member(honey_farm, role=Membership.Role.LISTINGS, user=person)

    actor = actor_of(user=person)

    assert actor.producers == {tea_house.pk: {"producer_owner"}, honey_farm.pk: {"producer_listings"}}
    assert actor.roles == {"consumer", "producer_owner", "producer_listings"}
    assert actor.producer_ids("producer_owner") == [tea_house.pk]


def test_two_rows_make_two_roles_at_one_producer():
    tea_house = make_producer()
    person = make_member(tea_house, role=Membership.Role.ORDERS)
    make_member(tea_house, role=Membership.Role.MONEY, user=person)

    assert roles_by_producer(user_id=person.pk) == {tea_house.pk: {"producer_orders", "producer_money"}}
