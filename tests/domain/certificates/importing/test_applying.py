"""An import writes its own decision and touches no other."""

from datetime import date

import pytest

from shop.domain.certificates.models import Certificate, Decision
from tests.factories import make_certificate, make_decision
from tests.factories.imports import HONEY, TEA, make_applied_import

pytestmark = pytest.mark.django_db


def test_other_decisions_keep_the_file_they_came_from():
    empty = make_decision(source="cu.xlsx")
    used = make_certificate().decision
    Decision.objects.filter(pk=used.pk).update(source="cu.xlsx")

    make_applied_import(HONEY, TEA)

    assert set(Decision.objects.filter(pk__in=[empty.pk, used.pk]).values_list("source", flat=True)) == {"cu.xlsx"}
    made = Decision.objects.get(number="12/QĐ-UBND")
    assert (made.authority, made.signed_on, made.is_sample) == ("UBND tỉnh Lâm Đồng", date(2026, 8, 5), False)
    assert made.source.endswith(".xlsx")
    found = Certificate.objects.filter(decision=made).order_by("pk").values_list("product_name", "stars", "score")
    assert list(found) == [("Mật ong", 3, 55), ("Trà Ô long", 4, 78)]


def test_a_decision_whose_certificates_are_gone_is_found_in_the_file_that_brings_it_again():
    words = {"number": "12/QĐ-UBND", "authority": "UBND tỉnh Lâm Đồng", "signed_on": date(2026, 8, 5)}
    forgotten = make_decision(source="cu.xlsx", **words)

    make_applied_import(HONEY)

    forgotten.refresh_from_db()
    assert (forgotten.source == "cu.xlsx", forgotten.certificates.count()) == (False, 1)
