"""A producer's public page: what it sells, what it was recognised for, and never where its people live."""

from datetime import timedelta

import pytest
from django.core.cache import cache

from shop.common import clock
from tests.factories import make_certificate, make_listing, make_producer

pytestmark = pytest.mark.django_db


def page_of(client, producer, prefix=""):
    response = client.get(f"{prefix}/nha-san-xuat/{producer.profile.slug}/")
    assert response.status_code == 200
    return response.content.decode()


def test_producer_shows_what_it_sells_and_every_certificate(client):
    tea_house = make_producer("HTX Hảo Đạt")
    make_listing("Chè búp", producer=tea_house)
    make_certificate(producer=tea_house, product_name="Chè cũ", issued_on=clock.today() - timedelta(days=1200))
    make_listing("Mật ong")

    page = page_of(client, tea_house)

    assert [name in page for name in ("HTX Hảo Đạt", "Chè búp", "Chè cũ", "Mật ong")] == [True, True, True, False]


def test_unclaimed_producer_says_so(client):
    producer = make_producer(status="unclaimed")
    make_certificate(producer=producer)

    assert "chủ thể chưa nhận gian hàng" in page_of(client, producer)
    assert "has not claimed this shop" in page_of(client, producer, "/en")


def test_remark_about_a_producer_stands_once_and_not_beside_every_heading(client):
    producer = make_producer(status="unclaimed")
    make_certificate(producer=producer)

    assert page_of(client, producer).count("chủ thể chưa nhận gian hàng") == 1


@pytest.mark.parametrize("status", ["unclaimed", "suspended", "terminated"])
def test_producer_that_is_not_active_sells_nothing(client, status):
    producer = make_producer(status=status)
    make_listing("Chè búp", producer=producer)

    assert 'class="card' not in page_of(client, producer)


def test_unknown_producer_is_not_found(client):
    assert client.get("/nha-san-xuat/khong-co/").status_code == 404


def test_producer_takes_as_many_queries_for_one_as_for_three(client, django_assert_max_num_queries):
    tea_house = make_producer()
    counts = []
    for how_many in (1, 2):
        for place in range(how_many):
            make_listing(f"Chè {how_many} {place}", producer=tea_house)
        cache.clear()
        with django_assert_max_num_queries(10) as queries:
            page_of(client, tea_house)
        counts.append(len(queries))

    assert counts[0] == counts[1]
