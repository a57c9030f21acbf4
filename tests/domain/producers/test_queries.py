"""Producers as the public may know them."""

import pytest

from shop.domain.producers.queries import NoSuchProducer, find_producer, name_producers
from tests.factories import make_producer

pytestmark = pytest.mark.django_db


def test_producer_is_found_without_what_is_private():
    tea_house = make_producer("HTX Hảo Đạt", address_as_certified="Số 7 ngõ 3", phone="+84912345678")

    profile = find_producer(slug=tea_house.profile.slug)

    assert profile.get_deferred_fields() == {"address_as_certified", "phone", "email"}


def test_unknown_producer_is_an_error():
    with pytest.raises(NoSuchProducer):
        find_producer(slug="khong-co")


def test_producers_are_named_in_order_of_their_names():
    honey_farm, tea_house = make_producer("Trại ong"), make_producer("Hảo Đạt")

    assert name_producers(ids=[honey_farm.pk, tea_house.pk]) == [(tea_house.pk, "Hảo Đạt"), (honey_farm.pk, "Trại ong")]


def test_nobody_is_named_without_asking_the_database(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert name_producers(ids=[]) == []
