"""When one officer is not enough for a list."""

import pytest

from shop.domain.certificates.annexes.annex import Annex
from shop.domain.certificates.annexes.entries import Entry
from shop.domain.certificates.importing.planning import Action, Plan, PlannedRow, Shrunken
from shop.domain.certificates.importing.second_officer import needs_of
from shop.domain.certificates.models import ImportRun
from tests.factories import make_certificate, make_producer, make_province

pytestmark = pytest.mark.django_db


def needs(*rows, shrunken=(), province_id=None):
    planned = [
        PlannedRow(Entry(sheet="", row=1), action, certificate, previous=previous) for action, certificate, previous in rows
    ]
    return needs_of(ImportRun(province_id=province_id), Plan(Annex(), planned, [], shrunken=list(shrunken)))


def test_a_list_may_leave_out_every_twentieth_certificate_of_a_decision():
    fits, not_any_more = Shrunken("12/QĐ-UBND", missing=1, known=20), Shrunken("13/QĐ-UBND", missing=2, known=39)

    assert needs(shrunken=[fits, not_any_more]) == [{"code": "list_shrinks", "number": "13/QĐ-UBND", "missing": 2, "known": 39}]


def test_a_list_may_change_every_twentieth_certificate_of_the_area():
    producer = make_producer()
    known = [make_certificate(producer=producer) for _ in range(41)]
    changed = [(Action.CHANGED, one, None) for one in known]

    assert needs(*changed[:2]) == []
    assert needs(*changed[:3]) == [{"code": "many_change", "changed": 3, "known": 41}]
    # Rows that stay as they are change nothing, and one certificate counts once.
    assert needs(*changed[:2], changed[0], (Action.UNCHANGED, known[5], None), (Action.NEW, None, None)) == []
    # A newer one in its place changes a certificate as well, unless it was replaced before.
    renewal = (Action.NEW, None, known[7])
    assert needs(*changed[:2], renewal) == [{"code": "many_change", "changed": 3, "known": 41}]
    known[7].superseded_by_id = known[8].pk
    assert needs(*changed[:2], renewal) == []


def test_the_area_is_the_importers_own_and_one_certificate_is_never_much():
    far, near = (make_certificate(province=make_province(code)) for code in ("38", "68"))
    again = make_certificate(province=make_province("68"))
    for _ in range(38):
        make_certificate(producer=far.producer, province=make_province("38"))
    two = [(Action.CHANGED, near, None), (Action.CHANGED, again, None)]

    assert needs(*two) == []
    assert needs(*two, province_id="68") == [{"code": "many_change", "changed": 2, "known": 2}]
    assert needs(two[0], province_id="68") == []
