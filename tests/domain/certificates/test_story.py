"""The story of one certificate: deeds, requests that wait, relatives."""

from datetime import date, timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.act_requests import withdraw_act
from shop.domain.certificates.models import Certificate, CertificateEvent
from shop.domain.certificates.story import deeds_of, relatives_of, waiting_requests
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_listing, make_officer, make_producer
from tests.factories.office import make_act_request

pytestmark = pytest.mark.django_db


def happened(certificate, action, *, actor=None, at=None, **detail):
    return CertificateEvent.objects.create(
        certificate=certificate, action=action, at=at or clock.now(), actor_id=actor and actor.pk, detail=detail
    )


def test_deeds_of_tell_who_did_what_newest_first():
    tea, lan = make_certificate(), make_officer(first_name="Lan", last_name="Trần")
    first = happened(tea, "imported", file="danh-sach.xlsx")
    second = happened(
        tea,
        "suspended",
        actor=lan,
        reason="Nhãn sai",
        decision_number="9/QĐ",
        effective_on="2026-08-05",
        is_safety_matter=True,
        old={"stored_state": "active", "stop_reason": ""},
        new={
            "stored_state": "suspended",
            "stop_reason": "Nhãn sai",
            "stop_decision": "9/QĐ",
            "extension_reason": "x",
            "stars": 3,
        },
    )
    happened(make_certificate(), "imported")

    suspended, imported = deeds_of(tea)

    assert (suspended.action, suspended.at, suspended.by, suspended.second) == ("suspended", second.at, str(lan), "")
    assert (suspended.reason, suspended.decision_number, suspended.effective_on) == ("Nhãn sai", "9/QĐ", date(2026, 8, 5))
    assert (suspended.is_safety_matter, suspended.file) == (True, "")
    assert set(suspended.changes) == {("stored_state", "active", "suspended"), ("stars", None, 3)}
    assert (imported.action, imported.at, imported.by, imported.file) == ("imported", first.at, "", "danh-sach.xlsx")
    assert (imported.reason, imported.decision_number, imported.effective_on, imported.changes) == ("", "", None, ())
    assert imported.is_safety_matter is False


def test_of_two_officers_the_one_who_asked_comes_first():
    tea, lan, hoa = make_certificate(), make_officer(first_name="Lan"), make_officer(first_name="Hoa")
    happened(tea, "revoked", actor=hoa, requested_by=lan.pk)

    (deed,) = deeds_of(tea)

    assert (deed.by, deed.second) == (str(lan), str(hoa))


def test_deeds_of_one_moment_keep_their_order():
    tea, at = make_certificate(), clock.now()
    for action in ("imported", "completed"):
        happened(tea, action, at=at)
    happened(tea, "suspended", at=at - timedelta(days=1))

    assert [deed.action for deed in deeds_of(tea)] == ["completed", "imported", "suspended"]


def test_waiting_requests_are_those_that_concern_it():
    tea, other, officer = make_certificate(), make_certificate(), make_officer()
    alone = make_act_request(tea, officer=officer)
    together = make_act_request(tea, other, act="suspend", officer=officer)
    make_act_request(other, officer=officer)
    gone = make_act_request(tea, other, act="lift", officer=officer)
    withdraw_act(request_id=gone.pk, actor=actor_of(user=officer), now=clock.now())

    assert list(waiting_requests(tea)) == [alone, together]


def test_relatives_of_are_the_other_recognitions_of_its_product():
    producer, day = make_producer(), clock.today()
    tea = make_certificate(producer=producer)
    older = make_certificate(producer=producer, issued_on=day - timedelta(days=900))
    newer = make_certificate(producer=producer, issued_on=day - timedelta(days=3))
    make_certificate(producer=producer, product_name="Cà phê")
    make_certificate()

    assert relatives_of(tea) == [newer, older]


def test_relatives_of_a_product_or_of_a_replacement_may_bear_another_name():
    product, day = make_listing("Chè").product, clock.today()
    tea = make_certificate(product=product)
    renamed = make_certificate(product=product, product_name="Chè búp", issued_on=day - timedelta(days=3))
    before = make_certificate(product_name="Chè cũ", issued_on=day - timedelta(days=900), superseded_by=tea, superseded_on=day)
    after = make_certificate(product_name="Chè mới", issued_on=day - timedelta(days=1))
    Certificate.objects.filter(pk=tea.pk).update(superseded_by=after, superseded_on=day)
    tea.refresh_from_db()

    assert [one for one in relatives_of(tea) if one.product_name != "Chè"] == [after, renamed, before]


def test_relatives_of_a_row_that_waits_for_its_producer_bear_its_name():
    tea, same, other = (make_certificate(producer=make_producer(name)) for name in ("HTX A", "HTX A", "HTX B"))
    known = make_certificate(producer=make_producer("HTX B"))
    Certificate.objects.filter(pk__in=[tea.pk, same.pk, other.pk]).update(producer=None)
    tea.refresh_from_db()

    assert (relatives_of(tea), known in relatives_of(tea)) == ([same], False)
