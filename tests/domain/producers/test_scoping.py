import pytest

from shop.domain.listings.models import Listing
from shop.domain.parcels.models import Parcel
from shop.domain.people.actor import NOBODY, SYSTEM
from shop.domain.producers.models import Membership
from shop.domain.producers.staff import actor_of
from shop.oscar_forks.partner.models import Partner, StockRecord
from tests.factories import make_listing, make_member, make_officer, make_order, make_producer, make_staff

pytestmark = pytest.mark.django_db


def test_a_producers_people_reach_their_own_rows_only():
    tea_house, honey_farm = make_producer(), make_producer()
    tea, honey = make_listing(producer=tea_house), make_listing(producer=honey_farm)
    order = make_order((tea, 1), (honey, 1))
    owner = actor_of(user=make_member(tea_house))

    assert list(Listing.objects.for_actor(owner)) == [tea]
    assert list(StockRecord.objects.for_actor(owner)) == [tea.stock_records.get()]
    assert list(Parcel.objects.for_actor(owner)) == [order.parcels.get(producer=tea_house)]
    assert list(Partner.objects.for_actor(owner)) == [tea_house]


def test_a_role_counts_at_the_producer_where_it_is_held():
    tea_house, honey_farm = make_producer(), make_producer()
    make_order((make_listing(producer=tea_house), 1), (make_listing(producer=honey_farm), 1))
    person = make_member(tea_house, role=Membership.Role.ORDERS)
    make_member(honey_farm, role=Membership.Role.LISTINGS, user=person)
    actor = actor_of(user=person)

    assert [parcel.producer_id for parcel in Parcel.objects.for_actor(actor)] == [tea_house.pk]
    assert [listing.producer_id for listing in Listing.objects.for_actor(actor)] == [honey_farm.pk]


def test_named_roles_replace_the_models_own():
    tea_house = make_producer()
    make_order((make_listing(producer=tea_house), 1))
    keeper_of_money = actor_of(user=make_member(tea_house, role=Membership.Role.MONEY))

    assert Parcel.objects.for_actor(keeper_of_money).count() == 0
    assert Parcel.objects.for_actor(keeper_of_money, "producer_money").count() == 1


@pytest.mark.parametrize("make_person", [make_officer, make_staff])
def test_office_and_staff_own_nothing(make_person):
    make_order((make_listing(), 1))

    assert Parcel.objects.for_actor(actor_of(user=make_person())).count() == 0


@pytest.mark.parametrize("actor", [NOBODY, SYSTEM])
def test_nobody_reaches_nothing(actor):
    make_order((make_listing(), 1))

    assert Parcel.objects.for_actor(actor).count() == 0
