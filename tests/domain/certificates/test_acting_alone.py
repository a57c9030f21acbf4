"""Bulk acts that one officer may do alone: small, with a ground, inside the scope, once."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.certificates.act_requests import EndMissing
from shop.domain.certificates.acting_alone import begin_alone
from shop.domain.certificates.acts import EffectiveInFuture, Ground, ReasonMissing, SecondOfficerMissing, UnknownCertificate
from shop.domain.certificates.models import ActRequestItem, CertificateActRequest
from shop.domain.certificates.scope import NotAnOfficer
from shop.domain.people.actor import Actor
from tests.factories import make_certificate, make_officer, make_producer, make_province

pytestmark = pytest.mark.django_db
TODAY, NOW = clock.today(), clock.now()


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def known():
    producer = make_producer()
    return [make_certificate(producer=producer) for _ in range(41)]


def begin(officer, certificates, *, act="suspend", reason=" Nhãn sai ", effective_on=TODAY, until=None, key="", **ground):
    return begin_alone(
        act=act,
        certificate_ids=[one.pk for one in certificates],
        ground=Ground(reason, effective_on, **ground),
        actor=Actor(user_id=officer.pk),
        now=NOW,
        until=until,
        key=key,
    )


def test_a_small_act_is_written_down_as_one_officers(officer, known):
    begun = begin(officer, [known[1], known[0], known[1]], decision_number=" 9/QĐ ", is_safety_matter=True)

    begun = CertificateActRequest.objects.get(pk=begun.pk)
    assert (begun.action, begun.outcome, begun.payload) == ("bulk", "alone", {"act": "suspend"})
    assert (begun.reason, begun.decision_number, begun.effective_on, begun.is_safety_matter) == ("Nhãn sai", "9/QĐ", TODAY, True)
    assert (begun.requested_by_id, begun.requested_at) == (officer.pk, NOW)
    assert list(begun.items.order_by("pk").values_list("certificate", flat=True)) == [known[0].pk, known[1].pk]


def test_an_act_over_more_than_every_twentieth_takes_a_colleague(officer, known):
    with pytest.raises(SecondOfficerMissing):
        begin(officer, known[:3])
    with pytest.raises(SecondOfficerMissing):
        begin(officer, known[:1], act="revoke")
    assert CertificateActRequest.objects.count() == 0


def test_one_form_begins_one_act(officer, known):
    first = begin(officer, known[:1], key="form-1")

    assert first.payload == {"act": "suspend", "key": "form-1"}
    assert begin(officer, known[:1], key="form-1") == first
    assert begin(officer, known[:1], key="form-2") != first
    assert begin(make_officer(), known[:1], key="form-1") != first
    assert begin(officer, known[:1]) != begin(officer, known[:1])
    assert ActRequestItem.objects.count() == 5


def test_an_extension_says_until_when(officer, known):
    until = TODAY + timedelta(days=2000)

    assert begin(officer, known[:1], act="extend", until=until).payload == {"act": "extend", "until": until.isoformat()}
    with pytest.raises(EndMissing):
        begin(officer, known[:1], act="extend")


def test_an_act_needs_certificates_a_ground_and_a_day_that_has_come(officer, known):
    with pytest.raises(UnknownCertificate):
        begin(officer, [])
    with pytest.raises(ReasonMissing):
        begin(officer, known[:1], reason="  ")
    with pytest.raises(EffectiveInFuture):
        begin(officer, known[:1], effective_on=TODAY + timedelta(days=1))
    assert begin(officer, known[:1], effective_on=TODAY - timedelta(days=1)).effective_on < TODAY


def test_an_act_stays_inside_the_officers_place(known):
    local = make_officer(scope="province", province=make_province("68"))
    own = make_certificate(province=make_province("68"))

    assert begin(local, [own]).items.count() == 1
    with pytest.raises(UnknownCertificate):
        begin(local, [own, known[0]])
    with pytest.raises(NotAnOfficer):
        begin(make_producer(), [own])
