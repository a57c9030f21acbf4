"""SQL that is written once gives what the queryset gives, in each thread and for each value."""

from datetime import date
from threading import Thread

import pytest
from django.db import connection

from catalogue_ext.models import Product
from shop.common.written_once import WrittenOnce
from shop.domain.certificates.models import Certificate
from shop.domain.listings.models import Listing
from tests.factories import make_certificate, make_listing

pytestmark = pytest.mark.django_db


def listings_of(producer_id):
    """Each listing with its product and certificate."""
    loaded = Listing.objects.select_related("product", "certificate")
    return loaded.filter(producer=producer_id).order_by("-pk")


def test_it_returns_what_the_queryset_returns(django_assert_num_queries):
    first, second = make_listing("Chè Tân Cương"), make_listing("Cà phê Cầu Đất")
    make_listing("Chè Shan tuyết", producer=first.producer)
    asked = WrittenOnce(listings_of, prefetch=("product__images",))

    for producer in (first.producer, second.producer):
        expected = list(listings_of(producer.pk))
        with django_assert_num_queries(2):
            found = asked(producer_id=producer.pk)
            shown = [(each.product.title, each.certificate.code, list(each.product.images.all())) for each in found]
        assert [vars_of(each) for each in found] == [vars_of(each) for each in expected]
        assert shown == [(each.product.title, each.certificate.code, []) for each in expected]
    assert asked(producer_id=0) == []


def test_the_function_is_called_once_whatever_is_asked():
    calls = []

    def counted(pk, price):
        calls.append((pk, price))
        return Product.objects.filter(pk__gt=pk, listing__price_from_vnd__lte=price)

    listing = make_listing("Chè Tân Cương", price_vnd=90_000)
    asked = WrittenOnce(counted)

    assert [product.pk for product in asked(pk=0, price=90_000)] == [listing.product_id]
    assert asked(pk=0, price=89_999) == asked(pk=listing.product_id, price=90_000) == []
    assert len(calls) == 1


def test_values_do_not_change_places():
    """The smaller number is the second one here, and the first one there."""
    make_listing("Chè Tân Cương")
    asked = WrittenOnce(lambda least, most: Product.objects.filter(pk__gte=least, pk__lte=most))

    assert asked(least=10**9, most=0) == []
    assert len(asked(least=0, most=10**9)) == Product.objects.count()


def test_a_list_of_numbers_may_have_any_length():
    ids = [make_listing(f"Chè {number}").pk for number in range(3)]
    in_list = WrittenOnce(
        lambda ids, least: Listing.objects.filter(pk__gte=least).extra(where=["listings_listing.id = ANY(%s)"], params=[ids])
    )

    assert sorted(each.pk for each in in_list(ids=ids, least=0)) == ids
    assert [each.pk for each in in_list(ids=ids[:2], least=ids[1])] == [ids[1]]
    assert in_list(ids=[], least=0) == []


def test_days_are_values_too():
    early, late = (make_certificate(product_name=f"Chè {day}", issued_on=date(2026, 11, day)) for day in (1, 28))
    asked = WrittenOnce(lambda since, least, until: Certificate.objects.filter(issued_on__range=(since, until), pk__gte=least))

    assert asked(since=date(2026, 11, 1), least=0, until=date(2026, 11, 27)) == [early]
    assert asked(since=date(2026, 11, 2), least=0, until=date(2026, 11, 28)) == [late]
    assert asked(since=date(2026, 11, 1), least=late.pk + 1, until=date(2026, 11, 28)) == []


@pytest.mark.django_db(transaction=True)
def test_every_thread_asks_over_a_connection_of_its_own():
    listing = make_listing("Chè Tân Cương")
    asked = WrittenOnce(listings_of)
    found = {}

    def ask(name):
        found[name] = [each.pk for each in asked(producer_id=listing.producer_id)]
        connection.close()

    ask("here")
    for number in range(2):
        thread = Thread(target=ask, args=(number,))
        thread.start()
        thread.join()

    assert found == {"here": [listing.pk], 0: [listing.pk], 1: [listing.pk]}


def vars_of(model):
    """Its columns."""
    return {field.attname: getattr(model, field.attname) for field in model._meta.concrete_fields}
