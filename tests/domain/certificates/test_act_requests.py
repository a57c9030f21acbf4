from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates.act_requests import (
    EndMissing,
    NotTheRequester,
    RequestClosed,
    UnknownRequest,
    approve_bulk_act,
    approve_revocation,
    carry_out_item,
    needs_second_officer,
    refuse_act,
    request_act,
    requests_within,
    unfinished_items,
    withdraw_act,
)
from shop.domain.certificates.acting_alone import begin_alone
from shop.domain.certificates.acts import (
    EffectiveInFuture,
    Ground,
    IllegalAct,
    ReasonMissing,
    SecondOfficerMissing,
    UnknownCertificate,
)
from shop.domain.certificates.models import ActRequestItem, Certificate, CertificateActRequest
from shop.domain.certificates.scope import NotAnOfficer
from shop.domain.people.models import Officer
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_commune, make_officer, make_province, make_staff
from tests.factories.office import make_act_request

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer()


@pytest.fixture
def colleague():
    return actor_of(user=make_officer())


def approve(request, actor):
    call = approve_revocation if request.action == "revoke" else approve_bulk_act
    return call(request_id=request.pk, actor=actor, now=clock.now())


def refuse(request, actor, reason="Thiếu biên bản"):
    return refuse_act(request_id=request.pk, reason=reason, actor=actor, now=clock.now())


def withdraw(request, actor):
    return withdraw_act(request_id=request.pk, actor=actor, now=clock.now())


def carry_out(request):
    for item in unfinished_items(request_id=request.pk):
        carry_out_item(item_id=item.pk, now=clock.now())


def outcome_of(request):
    return CertificateActRequest.objects.get(pk=request.pk).outcome


@pytest.mark.parametrize(
    ("act", "many", "needed"),
    [("revoke", 1, True), ("suspend", 1, False), ("suspend", 2, True), ("lift", 2, True), ("extend", 3, True)],
)
def test_revocations_and_bulk_acts_over_a_twentieth_need_a_second_officer(officer, act, many, needed):
    ids = [make_certificate().pk for _ in range(10)]

    assert needs_second_officer(act=act, certificate_ids=ids[:many], officer=officer.officer, today=clock.today()) is needed


def test_five_percent_of_the_valid_ones_is_not_yet_over(officer):
    ids = [make_certificate().pk for _ in range(40)]
    make_certificate(stored_state="suspended", stopped_on=clock.today())
    ask = {"act": "suspend", "officer": officer.officer, "today": clock.today()}

    assert needs_second_officer(certificate_ids=ids[:2], **ask) is False
    assert needs_second_officer(certificate_ids=ids[:3], **ask) is True


def test_the_share_is_of_the_officers_own_place():
    province, other = make_province("19"), make_province("68")
    own = [make_certificate(province=province).pk for _ in range(3)]
    for _ in range(60):
        make_certificate(province=other)
    officer = make_officer(scope="province", province=province).officer

    assert needs_second_officer(act="suspend", certificate_ids=own[:2], officer=officer, today=clock.today()) is True


def test_a_refusal_keeps_who_when_and_why_and_changes_nothing(officer, colleague):
    tea = make_certificate()
    request = make_act_request(tea, officer=officer)

    refuse(request, colleague)

    request.refresh_from_db()
    tea.refresh_from_db()
    assert (request.outcome, request.closed_by_id, request.closing_reason) == ("refused", colleague.user_id, "Thiếu biên bản")
    assert tea.stored_state == "active"
    assert refuse(request, colleague).closed_at == request.closed_at
    with pytest.raises(RequestClosed):
        approve(request, colleague)


def test_a_refusal_says_why(officer, colleague):
    with pytest.raises(ReasonMissing):
        refuse(make_act_request(officer=officer), colleague, reason=" ")


def test_whoever_asked_withdraws_and_nobody_else(officer, colleague):
    request = make_act_request(officer=officer)
    with pytest.raises(NotTheRequester):
        withdraw(request, colleague)

    withdraw(request, actor_of(user=officer))

    assert outcome_of(request) == "withdrawn"
    with pytest.raises(RequestClosed):
        approve(request, colleague)


@pytest.mark.parametrize("many", [1, 2])
def test_nobody_approves_or_refuses_their_own_request(officer, many):
    request = make_act_request(*[make_certificate() for _ in range(many)], officer=officer)
    for decide in (approve, refuse):
        with pytest.raises(SecondOfficerMissing):
            decide(request, actor_of(user=officer))


def test_a_withdrawn_revocation_can_be_asked_for_again(officer, colleague):
    tea = make_certificate()
    withdraw(make_act_request(tea, officer=officer), actor_of(user=officer))

    approve(make_act_request(tea, officer=officer), colleague)

    tea.refresh_from_db()
    assert tea.stored_state == "revoked"


def test_the_database_refuses_rows_signed_by_who_asked(officer):
    request = make_act_request(make_certificate(), make_certificate(), act="revoke", officer=officer)
    own = {"approved_by": officer, "approved_at": clock.now(), "outcome": "approved"}
    with pytest.raises(IntegrityError, match="nobody_approves_an_act_they_asked_for"), transaction.atomic():
        CertificateActRequest.objects.filter(pk=request.pk).update(**own)
    refused = {"closed_by": officer, "closed_at": clock.now(), "outcome": "refused", "closing_reason": "không"}
    with pytest.raises(IntegrityError, match="an_act_is_refused_by_a_colleague"), transaction.atomic():
        CertificateActRequest.objects.filter(pk=request.pk).update(**refused)


def test_staff_and_dismissed_officers_approve_nothing(officer):
    request, dismissed = make_act_request(officer=officer), make_officer(is_active=False)
    for user in (make_staff(), dismissed):
        with pytest.raises(NotAnOfficer):
            approve(request, actor_of(user=user))
    assert outcome_of(request) == "waiting"


def test_an_officer_sees_a_bulk_act_only_with_all_of_its_certificates_in_reach(officer):
    thai_nguyen, lam_dong = make_province("19"), make_province("68")
    both = make_act_request(
        make_certificate(province=thai_nguyen), make_certificate(province=lam_dong), act="suspend", officer=officer
    )
    own = make_act_request(make_certificate(province=thai_nguyen), make_certificate(province=thai_nguyen), officer=officer)
    local = make_officer(scope="province", province=thai_nguyen)

    assert list(CertificateActRequest.objects.filter(requests_within(officer=local.officer))) == [own]
    with pytest.raises(UnknownRequest):
        approve(both, actor_of(user=local))
    assert approve(own, actor_of(user=local)) is True


def test_an_officer_of_a_commune_sees_no_bulk_act_of_the_whole_province(officer):
    commune = make_commune()
    make_act_request(make_certificate(), make_certificate(), officer=officer)
    local = make_officer(scope=Officer.Scope.COMMUNE, commune=commune)

    assert not CertificateActRequest.objects.filter(requests_within(officer=local.officer)).exists()


def test_asking_outside_ones_place_is_refused_whole(officer):
    local = make_officer(scope="province", province=make_province("19"))
    other = make_certificate(province=make_province("68"))
    with pytest.raises(UnknownCertificate):
        make_act_request(make_certificate(province=make_province("19")), other, act="suspend", officer=local)


def test_pressing_twice_asks_once(officer):
    certificates = [make_certificate(), make_certificate()]

    first, again = (make_act_request(*certificates, act="suspend", officer=officer) for _ in range(2))

    assert first == again
    assert ActRequestItem.objects.count() == 2


def test_an_approved_bulk_act_goes_through_its_certificates_and_names_both_officers(officer, colleague):
    certificates = [make_certificate(), make_certificate()]
    request = make_act_request(*certificates, act="revoke", officer=officer)
    assert not unfinished_items().exists()

    assert approve(request, colleague) is True
    assert approve(request, colleague) is False
    carry_out(request)
    carry_out(request)

    items = ActRequestItem.objects.select_related("event", "certificate")
    assert [item.certificate.stored_state for item in items] == ["revoked", "revoked"]
    assert {(item.event.actor_id, item.event.detail["requested_by"]) for item in items} == {(colleague.user_id, officer.pk)}
    assert not unfinished_items().exists()


def test_what_cannot_be_done_to_one_certificate_stops_no_other(officer, colleague):
    gone = make_certificate(stored_state="revoked", stopped_on=clock.today(), stop_reason="cũ")
    stopped = make_certificate(stored_state="suspended", stopped_on=clock.today(), stop_reason="cũ")
    request = make_act_request(gone, stopped, make_certificate(), act="suspend", officer=officer)
    approve(request, colleague)

    carry_out(request)

    told = [(item.refusal, item.event_id is not None) for item in ActRequestItem.objects.order_by("pk")]
    assert told == [("IllegalAct", False), ("", False), ("", True)]


def test_an_extension_of_many_says_until_when(officer, colleague):
    certificates = [make_certificate(), make_certificate()]
    with pytest.raises(EndMissing):
        make_act_request(*certificates, act="extend", officer=officer)
    until = certificates[0].valid_until + timedelta(days=30)
    request = make_act_request(*certificates, act="extend", officer=officer, until=until)
    approve(request, colleague)

    carry_out(request)

    certificates[0].refresh_from_db()
    assert certificates[0].extended_until == until


def test_nothing_is_carried_out_without_an_approval(officer):
    request = make_act_request(make_certificate(), make_certificate(), act="suspend", officer=officer)
    with pytest.raises(RequestClosed):
        carry_out_item(item_id=request.items.first().pk, now=clock.now())


def test_a_certificate_revoked_meanwhile_is_not_revoked_once_more(officer, colleague):
    tea, other = make_certificate(), make_certificate()
    single = make_act_request(tea, officer=officer)
    bulk = make_act_request(tea, other, officer=officer)
    approve(bulk, colleague)
    carry_out(bulk)

    with pytest.raises(IllegalAct):
        approve(single, colleague)
    assert outcome_of(single) == "waiting"


def test_asking_and_deciding_stand_in_the_audit_log(officer, colleague):
    province = make_province("19")
    request = make_act_request(make_certificate(province=province), officer=officer)
    refuse(request, colleague)

    told = AuditEntry.objects.filter(object_type="act_request").order_by("pk")
    assert [entry.action for entry in told] == ["certificate.act_requested", "certificate.act_refused"]
    assert {entry.province_code for entry in told} == {"19"}
    assert told[1].reason == "Thiếu biên bản"


def test_a_reason_is_needed_to_ask(officer):
    ground = Ground("  ", clock.today())
    ids = [make_certificate().pk, make_certificate().pk]
    with pytest.raises(ReasonMissing):
        request_act(act="suspend", certificate_ids=ids, ground=ground, actor=actor_of(user=officer), now=clock.now())


def request_of(officer, *certificates, act="suspend", reason="Giả mạo hồ sơ", effective_on=None, until=None, **ground):
    return request_act(
        act=act,
        certificate_ids=[one.pk for one in certificates],
        ground=Ground(reason, effective_on or clock.today(), **ground),
        actor=actor_of(user=officer),
        now=clock.now(),
        until=until,
    )


def told(request):
    return list(AuditEntry.objects.filter(object_type="act_request", object_id=str(request.pk)).order_by("pk"))


def test_what_is_asked_for_is_written_whole(officer):
    pair = [make_certificate(), make_certificate()]
    until = clock.today() + timedelta(days=2000)

    # A day that only an extension knows stands in no other act.
    many = request_of(officer, *pair, pair[0], reason=" Sai nhãn ", decision_number=" 9/QĐ ", is_safety_matter=True, until=until)
    one = request_of(officer, pair[0], act="revoke", reason=" Sai nhãn ", decision_number=" 9/QĐ ")
    longer = request_of(officer, *pair, act="extend", until=until)

    for request in (many, one, longer):
        request.refresh_from_db()
    assert (many.action, many.payload, many.certificate) == ("bulk", {"act": "suspend"}, None)
    assert (one.action, one.payload, one.certificate) == ("revoke", {}, pair[0])
    assert longer.payload == {"act": "extend", "until": until.isoformat()}
    for request in (many, one):
        assert (request.reason, request.decision_number, request.effective_on) == ("Sai nhãn", "9/QĐ", clock.today())
        assert (request.requested_by_id, request.requested_at is None) == (officer.pk, False)
    assert (many.is_safety_matter, one.is_safety_matter) == (True, False)
    assert sorted(item.certificate_id for item in many.items.all()) == [one.pk for one in pair]


def test_asking_and_deciding_are_told_with_what_they_are_about(officer, colleague):
    province = make_province("19")
    pair = [make_certificate(province=province), make_certificate(province=province)]
    bulk, single = request_of(officer, *pair), request_of(officer, pair[0], act="revoke")
    far = request_of(officer, pair[0], make_certificate(province=make_province("68")), act="lift")
    approve(bulk, colleague)
    refuse(single, colleague)
    withdraw(far, actor_of(user=officer))

    asked, approved = told(bulk)
    assert (asked.action, asked.actor_id, asked.label, asked.province_code) == ("certificate.act_requested", officer.pk, "", "19")
    assert (asked.detail["act"], asked.detail["certificates"], asked.detail["requested_by"]) == ("suspend", 2, officer.pk)
    assert (approved.action, approved.actor_id) == ("certificate.act_approved", colleague.user_id)
    assert asked.reason == approved.reason == "Giả mạo hồ sơ"
    asked, refused = told(single)
    assert (asked.label, asked.detail["act"], asked.detail["certificates"]) == (pair[0].code, "revoke", 1)
    assert (refused.action, refused.reason) == ("certificate.act_refused", "Thiếu biên bản")
    asked, withdrawn = told(far)
    # Over several places it is for the whole country's eyes.
    assert (asked.province_code, withdrawn.action, withdrawn.reason) == ("", "certificate.act_withdrawn", "")


def test_the_place_of_a_request_is_that_of_all_its_certificates(officer):
    commune = make_commune()
    inside, outside = make_certificate(commune=commune), make_certificate()
    Certificate.objects.filter(pk=outside.pk).update(province=None)

    assert [told(request_of(officer, one, act="revoke"))[0].commune_code for one in (inside, outside)] == [commune.code, ""]
    assert told(request_of(officer, outside, act="suspend"))[0].province_code == ""
    assert told(request_of(officer, inside, outside))[0].commune_code == ""


def test_a_request_that_differs_in_anything_is_another(officer):
    one, two, three = (make_certificate() for _ in range(3))
    until = clock.today() + timedelta(days=2000)
    first = request_of(officer, one, two)

    others = [
        request_of(officer, one, three),
        request_of(officer, one, two, three),
        request_of(officer, one, two, act="lift"),
        request_of(officer, one, two, act="extend", until=until),
        request_of(officer, one, two, act="extend", until=until + timedelta(days=1)),
        request_of(officer, one, two, reason="Khác"),
        request_of(officer, one, two, decision_number="9/QĐ"),
        request_of(officer, one, two, is_safety_matter=True),
        request_of(officer, one, two, effective_on=clock.today() - timedelta(days=1)),
        request_of(make_officer(), one, two),
    ]

    assert len({request.pk for request in (first, *others)}) == 11
    assert request_of(officer, two, one, reason=" Giả mạo hồ sơ ") == first
    withdraw(first, actor_of(user=officer))
    assert request_of(officer, one, two) != first


def test_asking_is_refused_where_nothing_can_come_of_it(officer):
    tea = make_certificate()
    with pytest.raises(EffectiveInFuture):
        request_of(officer, tea, make_certificate(), effective_on=clock.today() + timedelta(days=1))
    with pytest.raises(UnknownCertificate):
        request_of(officer)
    with pytest.raises(NotAnOfficer):
        request_of(make_staff(), tea, make_certificate())
    gone = make_certificate(stored_state="revoked", stopped_on=clock.today(), stop_reason="cũ")
    with pytest.raises(IllegalAct) as refusal:
        request_of(officer, gone, act="revoke")
    assert (refusal.value.certificate, refusal.value.action) == (gone, "revoked")


def test_a_decision_is_one_of_its_kind_and_keeps_who_and_when(officer, colleague):
    bulk, single = make_act_request(make_certificate(), make_certificate(), officer=officer), make_act_request(officer=officer)
    with pytest.raises(UnknownRequest):
        approve_revocation(request_id=bulk.pk, actor=colleague, now=clock.now())
    with pytest.raises(UnknownRequest):
        approve_bulk_act(request_id=single.pk, actor=colleague, now=clock.now())
    with pytest.raises(UnknownRequest):
        approve_bulk_act(request_id=bulk.pk + 100, actor=colleague, now=clock.now())
    now = clock.now()

    approve_bulk_act(request_id=bulk.pk, actor=colleague, now=now)
    event = approve_revocation(request_id=single.pk, actor=colleague, now=now)

    for request in (bulk, single):
        request.refresh_from_db()
        assert (request.outcome, request.approved_by_id, request.approved_at) == ("approved", colleague.user_id, now)
    assert (bulk.event, single.event, event.action) == (None, event, "revoked")
    assert event.detail["requested_by"] == officer.pk
    for decide in (refuse, withdraw):
        with pytest.raises((RequestClosed, NotTheRequester)):
            decide(bulk, colleague)
    with pytest.raises(RequestClosed, match="approved"):
        withdraw(bulk, actor_of(user=officer))


def test_a_request_that_was_taken_back_keeps_who_when_and_why(officer, colleague):
    request, now = make_act_request(officer=officer), clock.now()

    withdraw_act(request_id=request.pk, reason=" Nhầm ", actor=actor_of(user=officer), now=now)
    withdraw_act(request_id=request.pk, reason="Lại", actor=actor_of(user=officer), now=clock.now())

    request.refresh_from_db()
    assert (request.outcome, request.closing_reason) == ("withdrawn", "Nhầm")
    assert (request.closed_by_id, request.closed_at) == (officer.pk, now)
    with pytest.raises(RequestClosed, match="withdrawn"):
        refuse(request, colleague)
    assert len(told(request)) == 2


def test_a_bulk_act_is_signed_by_whoever_approved_it(officer, colleague):
    until = clock.today() + timedelta(days=2000)
    stopped = make_certificate(stored_state="suspended", stopped_on=clock.today(), stop_reason="cũ")
    valid = make_certificate()
    for act, certificate in (("lift", stopped), ("extend", valid)):
        request = request_of(officer, certificate, make_certificate(), act=act, until=until, decision_number="9/QĐ")
        approve(request, colleague)
        carry_out(request)
        item = request.items.select_related("event").get(certificate=certificate)
        assert (item.event.actor_id, item.event.detail["requested_by"]) == (colleague.user_id, officer.pk)
        assert (item.event.detail["decision_number"], item.event.detail["reason"]) == ("9/QĐ", "Giả mạo hồ sơ")
        assert item.done_at is not None
        assert carry_out_item(item_id=item.pk, now=clock.now()) == item.event

    stopped.refresh_from_db()
    valid.refresh_from_db()
    assert (stopped.stored_state, valid.extended_until) == ("active", until)


def test_what_an_officer_does_alone_names_no_second_one(officer):
    begun = begin_alone(
        act="suspend",
        certificate_ids=[make_certificate().pk],
        ground=Ground("Sai nhãn", clock.today(), is_safety_matter=True),
        actor=actor_of(user=officer),
        now=clock.now(),
    )
    assert list(unfinished_items()) == list(unfinished_items(request_id=begun.pk)) == list(begun.items.all())
    assert list(unfinished_items(request_id=begun.pk + 1)) == []

    carry_out(begun)

    event = begun.items.get().event
    assert (event.actor_id, "requested_by" in event.detail, event.detail["is_safety_matter"]) == (officer.pk, False, True)


def test_refusals_of_certificates_are_kept_by_name(officer, colleague):
    early, lost = make_certificate(), make_certificate()
    request = request_of(officer, early, lost, act="extend", until=clock.today() + timedelta(days=10))
    approve(request, colleague)
    Certificate.objects.filter(pk=lost.pk).update(undone_at=clock.now(), producer=None)

    carry_out(request)

    assert [item.refusal for item in request.items.order_by("pk")] == ["NotALaterEnd", "UnknownCertificate"]
    assert {item.event for item in request.items.all()} == {None}


def test_revocations_are_within_reach_of_the_place_of_their_certificate(officer):
    own, far = (make_certificate(province=make_province(code)) for code in ("19", "68"))
    asked = [make_act_request(one, officer=officer) for one in (own, far)]
    local = make_officer(scope="province", province=make_province("19"))

    assert list(CertificateActRequest.objects.filter(requests_within(officer=local.officer))) == asked[:1]
    assert list(CertificateActRequest.objects.filter(requests_within(officer=officer.officer)).order_by("pk")) == asked
