"""COPY writes the rows that bulk_create writes."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, connection
from django.db.models import Model

from catalogue_ext.models import Product
from shop.common import clock
from shop.common.copying import copy_in
from shop.domain.certificates.models import Certificate, CertificateEvent, ImportRow, ImportRun
from shop.domain.listings.models import Listing
from shop.domain.producers.models import ProducerProfile
from shop.oscar_forks.partner.models import Partner
from tests.factories import make_certificate, make_decision, make_listing, make_province

pytestmark = pytest.mark.django_db
HARD = 'Chè "Tân\tCương"\n\\N {a,b} \x01'


def stored(model: type[Model]) -> list[dict]:
    """All columns of all rows, less key and times of writing."""
    names = [each.attname for each in model._meta.concrete_fields if not each.primary_key]
    stamped = {"date_created", "date_updated", "created_at", "updated_at"}
    return [
        {key: value for key, value in row.items() if key not in stamped} for row in model.objects.order_by("pk").values(*names)
    ]


def certificates(decision, code):
    return [
        Certificate(
            decision=decision,
            code=f"{code}-{number}",
            product_name=HARD,
            folded_name=f"{code}-{number}",
            producer_name="HTX",
            folded_producer_name="htx",
            province=make_province("19"),
            stars=4,
            score=score,
            issued_on=date(2026, 11, 1),
            valid_until=date(2029, 11, 1),
        )
        for number, score in enumerate((None, Decimal("92.5")))
    ]


def test_rows_are_those_of_bulk_create():
    decision, now = make_decision(), clock.now()
    run = ImportRun.objects.create(file_name="a.xlsx", sha256="0", report={}, uploaded_at=clock.now())
    one = make_certificate()
    rows = [
        lambda code: certificates(decision, code),
        lambda _: [CertificateEvent(certificate=one, at=now, action="imported", detail={"file": HARD, "n": [1, None]})],
        lambda code: [
            ImportRow(run=run, sheet=code, row=7, position=1, rank=1, action="new", cells={"a": HARD}, problems=[{"b": 1}])
        ],
        lambda _: [Product(title=HARD, slug="che", structure=Product.STANDALONE, upc="")],
        lambda code: [Partner(name=HARD, code=code)],
    ]
    for make in rows:
        model = type(make("A")[0])
        before = stored(model)
        model.objects.bulk_create(make("A"))
        expected = stored(model)[len(before) :]
        copied = copy_in(make("B"))
        found = stored(model)[len(before) + len(expected) :]

        differing = {"code", "sheet", "folded_name"}
        assert [strip(row, differing) for row in found] == [strip(row, differing) for row in expected]
        assert list(model.objects.order_by("-pk")[: len(copied)]) == copied[::-1]
        assert {(each._state.adding, each._state.db) for each in copied} == {(False, "default")}


def strip(row, names):
    return {key: value for key, value in row.items() if key not in names}


def test_stamps_are_of_now_and_the_next_key_is_free():
    listing = make_listing()
    product = Product.objects.create(title="Chè", slug="che")
    began = clock.now()

    [copied] = copy_in([Listing(product=product, producer_id=listing.producer_id, certificate=make_certificate())])

    copied = Listing.objects.get(pk=copied.pk)
    assert copied.updated_at >= began
    assert Partner.objects.create(name="HTX", code="htx-sau").pk > copy_in([Partner(name="HTX", code="htx-truoc")])[0].pk - 2
    assert make_listing("Chè sau").pk > copied.pk


def test_a_key_that_is_another_s_is_kept():
    partner = Partner.objects.create(name="HTX", code="htx")

    copied = copy_in([ProducerProfile(producer=partner, slug="htx", folded_name="htx")])

    assert [each.pk for each in copied] == [partner.pk]
    assert ProducerProfile.objects.get(producer=partner).slug == "htx"


def test_nothing_is_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert copy_in([]) == []


@pytest.mark.django_db(transaction=True)
def test_what_contradicts_is_refused_whole():
    with pytest.raises(IntegrityError, match="code"):
        copy_in([Partner(name="HTX", code="a"), Partner(name="HTX", code="b"), Partner(name="HTX", code="a")])

    assert not Partner.objects.exists()
    assert not connection.in_atomic_block
