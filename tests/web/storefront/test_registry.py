"""The registry in public: everything as what it is, whatever state it is in."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.models import UnprovenEntry
from tests.factories import make_certificate, make_decision

pytestmark = pytest.mark.django_db


def page_of(client, query=""):
    response = client.get(f"/so-dang-ky/{query}")
    assert response.status_code == 200
    return response.content.decode()


def test_registry_shows_lapsed_certificates_too(client):
    make_certificate(product_name="Chè mới")
    make_certificate(product_name="Chè cũ", issued_on=clock.today() - timedelta(days=1200))

    page = page_of(client)

    assert ("Chè mới" in page, "Chè cũ" in page, "1 giấy còn hiệu lực hôm nay, 1 giấy đã hết" in page) == (True, True, True)


def test_registry_filters_by_state_and_text(client):
    make_certificate(product_name="Chè mới")
    make_certificate(product_name="Chè cũ", issued_on=clock.today() - timedelta(days=1200))

    lapsed = page_of(client, "?trang-thai=het-hieu-luc")
    searched = page_of(client, "?q=che+moi")

    assert ("Chè mới" in lapsed, "Chè cũ" in lapsed) == (False, True)
    assert ("Chè mới" in searched, "Chè cũ" in searched) == (True, False)


def test_registry_marks_samples(client):
    make_certificate(product_name="Bình hoa", decision=make_decision(is_sample=True))

    page = page_of(client)

    assert ("mẫu</span>" in page, "1 giấy mẫu không tính vào đây" in page) == (True, True)


def test_registry_keeps_the_unproven_apart_and_starless(client):
    UnprovenEntry.objects.create(
        product_name="Sâm Ngọc Linh", folded_name="sam ngoc linh", source="báo", source_file="a.csv", source_row=3
    )

    everything, unproven = page_of(client), page_of(client, "?trang-thai=chua-chung-minh")

    assert ("Sâm Ngọc Linh" in everything, "Sâm Ngọc Linh" in unproven) == (False, True)
    assert 'class="bdg' not in unproven


@pytest.mark.parametrize("query", ["?trang-thai=x", "?q=%00", "?q=" + "x" * 3000, "?trang=x"])
def test_registry_bears_nonsense(client, query):
    make_certificate()

    page_of(client, query)


def test_registry_takes_as_many_queries_for_one_as_for_three(client, django_assert_max_num_queries):
    page_of(client)
    counts = []
    for how_many in (1, 2):
        for _number in range(how_many):
            make_certificate()
        with django_assert_max_num_queries(8) as queries:
            page_of(client)
        counts.append(len(queries))

    assert counts[0] == counts[1]
