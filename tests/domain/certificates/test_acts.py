from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.act_requests import approve_revocation, request_revocation
from shop.domain.certificates.acts import (
    EffectiveInFuture,
    Ground,
    IllegalAct,
    NotALaterEnd,
    NotFewerStars,
    ReasonMissing,
    SecondOfficerMissing,
    UnknownCertificate,
    downgrade_certificate,
    extend_certificate,
    lift_suspension,
    revoke_certificate,
    subject_of,
    suspend_certificate,
)
from shop.domain.certificates.models import CertificateActRequest, CertificateEvent
from shop.domain.certificates.scope import NotAnOfficer
from shop.domain.notifications.models import OutboxMessage
from shop.domain.people.models import Officer
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_commune, make_listing, make_officer, make_order, make_province, make_user

pytestmark = pytest.mark.django_db


def ground(**changes):
    return Ground(**({"reason": "Nhãn sai hạn dùng", "effective_on": clock.today(), "decision_number": "12/QĐ-VP"} | changes))


@pytest.fixture
def officer():
    return actor_of(user=make_officer())


@pytest.fixture
def colleague():
    return actor_of(user=make_officer())


@pytest.fixture
def tea():
    return make_certificate()


def suspend(certificate, actor, **changes):
    return suspend_certificate(certificate_id=certificate.pk, ground=ground(**changes), actor=actor, now=clock.now())


def lift(certificate, actor):
    return lift_suspension(certificate_id=certificate.pk, ground=ground(), actor=actor, now=clock.now())


def revoke(certificate, officer, colleague, **changes):
    now = clock.now()
    request = request_revocation(certificate_id=certificate.pk, ground=ground(**changes), actor=officer, now=now)
    return approve_revocation(request_id=request.pk, actor=colleague, now=now)


def test_suspending_writes_state_reason_and_who(tea, officer):
    event = suspend(tea, officer, is_safety_matter=True)

    tea.refresh_from_db()
    assert (tea.stored_state, tea.stopped_on, tea.stop_reason) == ("suspended", clock.today(), "Nhãn sai hạn dùng")
    assert (tea.stop_decision, tea.is_safety_matter) == ("12/QĐ-VP", True)
    assert (event.action, event.actor_id) == ("suspended", officer.user_id)
    assert (event.detail["old"]["stored_state"], event.detail["new"]["stored_state"]) == ("active", "suspended")


def test_suspending_tells_the_producer(tea, officer):
    event = suspend(tea, officer)

    message = OutboxMessage.objects.get()
    assert (message.key, message.kind) == (f"certificate:{tea.pk}:event:{event.pk}:email", "certificate_suspended")


def test_suspending_twice_changes_nothing(tea, officer):
    suspend(tea, officer)

    assert suspend(tea, officer, reason="Lý do khác") is None
    assert CertificateEvent.objects.count() == 1


def test_lifting_gives_the_star_back(tea, officer):
    suspend(tea, officer)

    event = lift(tea, officer)

    tea.refresh_from_db()
    assert (tea.stored_state, tea.stopped_on, tea.stop_reason, tea.stop_decision) == ("active", None, "", "")
    assert event.action == "lifted"
    assert lift(tea, officer) is None


def test_a_revocation_takes_two_officers(tea, officer, colleague):
    event = revoke(tea, officer, colleague)

    tea.refresh_from_db()
    request = CertificateActRequest.objects.get()
    assert tea.stored_state == "revoked"
    assert (event.actor_id, event.detail["requested_by"]) == (colleague.user_id, officer.user_id)
    assert (request.requested_by_id, request.approved_by_id, request.event) == (officer.user_id, colleague.user_id, event)


def test_nobody_approves_their_own_request(tea, officer):
    with pytest.raises(SecondOfficerMissing):
        revoke(tea, officer, officer)

    tea.refresh_from_db()
    assert tea.stored_state == "active"


def test_the_database_refuses_an_own_approval(tea, officer, colleague):
    revoke(tea, officer, colleague)

    with pytest.raises(IntegrityError, match="nobody_approves_an_act_they_asked_for"), transaction.atomic():
        CertificateActRequest.objects.update(approved_by=officer.user_id)


def test_approving_again_changes_nothing(tea, officer, colleague):
    revoke(tea, officer, colleague)
    request = CertificateActRequest.objects.get()

    assert approve_revocation(request_id=request.pk, actor=colleague, now=clock.now()) is None
    assert CertificateEvent.objects.count() == 1


def test_asking_again_returns_the_request_that_waits(tea, officer, colleague):
    now = clock.now()
    first = request_revocation(certificate_id=tea.pk, ground=ground(), actor=officer, now=now)

    assert request_revocation(certificate_id=tea.pk, ground=ground(), actor=colleague, now=now) == first


def test_a_revocation_is_final(tea, officer, colleague):
    revoke(tea, officer, colleague)

    for act in (lift, suspend):
        with pytest.raises(IllegalAct):
            act(tea, officer)
    with pytest.raises(IllegalAct):
        request_revocation(certificate_id=tea.pk, ground=ground(), actor=officer, now=clock.now())


def test_an_extension_is_later_and_keeps_its_reason(tea, officer):
    until = tea.valid_until + timedelta(days=180)
    now = clock.now()

    event = extend_certificate(certificate_id=tea.pk, until=until, ground=ground(), actor=officer, now=now)

    tea.refresh_from_db()
    assert (tea.extended_until, tea.extension_reason) == (until, "Nhãn sai hạn dùng")
    assert event.detail["new"]["extended_until"] == until.isoformat()
    assert extend_certificate(certificate_id=tea.pk, until=until, ground=ground(), actor=officer, now=now) is None
    with pytest.raises(NotALaterEnd):
        extend_certificate(certificate_id=tea.pk, until=tea.valid_until, ground=ground(), actor=officer, now=now)


def test_a_downgrade_leaves_three_stars_or_more(tea, officer):
    now = clock.now()
    downgrade_certificate(certificate_id=tea.pk, stars=3, ground=ground(), actor=officer, now=now)

    tea.refresh_from_db()
    assert tea.stars == 3
    for stars in (2, 4):
        with pytest.raises(NotFewerStars):
            downgrade_certificate(certificate_id=tea.pk, stars=stars, ground=ground(), actor=officer, now=now)


def test_acts_want_a_reason_and_a_day_that_has_come(tea, officer):
    with pytest.raises(ReasonMissing):
        suspend(tea, officer, reason="  ")
    with pytest.raises(EffectiveInFuture):
        suspend(tea, officer, effective_on=clock.today() + timedelta(days=1))


def test_only_officers_act(tea):
    with pytest.raises(NotAnOfficer):
        suspend(tea, actor_of(user=make_user()))


@pytest.mark.parametrize(("code", "is_theirs"), [("19", True), ("01", False)])
def test_an_officer_of_a_province_acts_there_only(tea, code, is_theirs):
    actor = actor_of(user=make_officer(scope=Officer.Scope.PROVINCE, province=make_province(code)))

    if is_theirs:
        assert suspend(tea, actor) is not None
    else:
        with pytest.raises(UnknownCertificate):
            suspend(tea, actor)


def test_an_officer_of_a_commune_acts_there_only(tea):
    actor = actor_of(user=make_officer(scope=Officer.Scope.COMMUNE, commune=make_commune()))

    with pytest.raises(UnknownCertificate):
        suspend(tea, actor)


def test_an_act_remembers_the_last_line_sold_before_it(tea, officer):
    order = make_order((make_listing(certificate=tea), 1))
    make_order((make_listing("Mật ong"), 1))

    event = suspend(tea, officer)

    assert event.detail["last_line_sold"] == order.lines.get().pk


def moved_on(certificate, by=None):
    by = by or make_certificate()
    type(certificate).objects.filter(pk=certificate.pk).update(superseded_by=by, superseded_on=clock.today())
    return certificate


def extend(certificate, actor, until):
    return extend_certificate(certificate_id=certificate.pk, until=until, ground=ground(), actor=actor, now=clock.now())


def downgrade(certificate, actor, stars):
    return downgrade_certificate(certificate_id=certificate.pk, stars=stars, ground=ground(), actor=actor, now=clock.now())


def test_a_certificate_that_is_over_for_good_is_neither_extended_nor_downgraded(tea, officer, colleague):
    replaced = moved_on(make_certificate())
    revoke(tea, officer, colleague)
    for certificate in (tea, replaced):
        with pytest.raises(IllegalAct):
            extend(certificate, officer, tea.valid_until + timedelta(days=30))
        with pytest.raises(IllegalAct):
            downgrade(certificate, officer, 3)


def test_a_suspended_certificate_may_be_extended_and_downgraded(tea, officer):
    suspend(tea, officer)

    assert extend(tea, officer, tea.valid_until + timedelta(days=30)).action == "extended"
    assert downgrade(tea, officer, 3).detail["old"] == {"stars": 4}
    assert downgrade(tea, officer, 3) is None


def test_a_second_extension_is_later_than_the_first(tea, officer):
    first = tea.valid_until + timedelta(days=30)
    extend(tea, officer, first)

    with pytest.raises(NotALaterEnd) as refusal:
        extend(tea, officer, first - timedelta(days=1))
    assert refusal.value.ends_on == first
    assert extend(tea, officer, first + timedelta(days=1)).detail["old"]["extended_until"] == first.isoformat()
    with pytest.raises(NotALaterEnd):
        extend(make_certificate(), officer, tea.valid_until)


def test_an_act_is_told_in_the_history_and_in_the_audit_log(tea, officer):
    event = suspend(tea, officer, reason=" Nhãn sai ", decision_number=" 9/QĐ ", is_safety_matter=True)

    tea.refresh_from_db()
    assert (tea.stop_reason, tea.stop_decision) == ("Nhãn sai", "9/QĐ")
    assert event.detail["reason"] == "Nhãn sai"
    assert (event.detail["decision_number"], event.detail["effective_on"]) == ("9/QĐ", clock.today().isoformat())
    assert (event.detail["is_safety_matter"], event.detail["last_line_sold"], "requested_by" in event.detail) == (True, 0, False)
    assert event.detail["old"] == {
        "stored_state": "active",
        "stopped_on": None,
        "stop_reason": "",
        "stop_decision": "",
        "is_safety_matter": False,
    }
    assert event.detail["new"]["stopped_on"] == clock.today().isoformat()
    told = AuditEntry.objects.get(action="certificate.suspended")
    assert (told.object_type, told.object_id, told.label, told.actor_id) == (
        "certificate",
        str(tea.pk),
        tea.code,
        officer.user_id,
    )
    assert (told.province_code, told.commune_code, told.producer_id) == (tea.province_id, "", tea.producer_id)
    assert (told.reason, told.detail["old"], told.detail["new"]) == ("Nhãn sai", event.detail["old"], event.detail["new"])
    assert (told.detail["decision_number"], told.detail["effective_on"]) == ("9/QĐ", clock.today().isoformat())


def test_subject_of_a_certificate_without_a_place():
    commune = make_commune()
    here = subject_of(make_certificate(commune=commune))
    nowhere = make_certificate()
    nowhere.province = None

    assert (here.commune_code, subject_of(nowhere).province_code, subject_of(nowhere).commune_code) == (commune.code, "", "")


def test_the_producer_is_told_of_stops_and_of_their_end_and_of_nothing_else(tea, officer, colleague):
    suspend(tea, officer), lift(tea, officer), downgrade(tea, officer, 3)
    extend(tea, officer, tea.valid_until + timedelta(days=30)), revoke(tea, officer, colleague)

    assert list(OutboxMessage.objects.order_by("pk").values_list("kind", flat=True)) == [
        "certificate_suspended",
        "certificate_lifted",
        "certificate_revoked",
    ]


def test_a_revocation_without_a_second_officer_is_none(tea, officer):
    for requested_by in (None, officer.user_id):
        with pytest.raises(SecondOfficerMissing):
            revoke_certificate(certificate_id=tea.pk, ground=ground(requested_by=requested_by), actor=officer, now=clock.now())
    with pytest.raises(UnknownCertificate):
        suspend_certificate(certificate_id=tea.pk + 100, ground=ground(), actor=officer, now=clock.now())


def test_pages_of_the_product_and_of_its_listings_are_shown_anew(officer, monkeypatch):
    shown = []
    monkeypatch.setattr("shop.domain.certificates.acts.show_products_anew", shown.append)
    listing = make_listing()
    certificate, product = listing.certificate, make_listing("Trà").product
    type(certificate).objects.filter(pk=certificate.pk).update(product=product)

    suspend(certificate, officer)

    assert shown == [[product.pk, listing.product_id]]
