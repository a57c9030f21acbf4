"""Two officers decide the same request at the same moment: there is one result, and one of them is told so."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.certificates import act_requests
from shop.domain.certificates.act_requests import RequestClosed, refuse_act
from shop.domain.certificates.models import Certificate, CertificateActRequest, CertificateEvent
from shop.domain.ordering.certificate_stops import approve_and_carry_out
from shop.domain.producers.staff import actor_of
from tests.factories import make_certificate, make_officer
from tests.factories.office import make_act_request

pytestmark = pytest.mark.django_db(transaction=True)

DECISIONS = ("certificate.act_approved", "certificate.act_refused")
ROUNDS = 5


def at_once(*acts):
    """Do everything at the same moment, each over a connection of its own; returns what was refused, None for done."""
    start = Barrier(len(acts))

    def do(act):
        start.wait()
        try:
            act()
        except RequestClosed as refusal:
            return refusal.outcome
        finally:
            connections.close_all()
        return None

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(do, acts))


def approve(request):
    officer = actor_of(user=make_officer())
    return lambda: approve_and_carry_out(request_id=request.pk, actor=officer, now=clock.now())


def refuse(request):
    officer = actor_of(user=make_officer())
    return lambda: refuse_act(request_id=request.pk, reason="Thiếu biên bản", actor=officer, now=clock.now())


def ask_for_two():
    return make_act_request(make_certificate(), make_certificate(), act="suspend")


@pytest.mark.parametrize("many", [1, 2])
def test_two_approvals_are_one(many):
    for _ in range(ROUNDS):
        certificates = [make_certificate() for _ in range(many)]
        request = make_act_request(*certificates, act="revoke")

        assert at_once(approve(request), approve(request)) == [None, None]

        assert CertificateEvent.objects.filter(certificate__in=certificates).count() == many
        assert AuditEntry.objects.filter(action__in=DECISIONS, object_id=request.pk).count() == 1


def test_an_approval_and_a_refusal_leave_one_of_them():
    for _ in range(ROUNDS):
        tea = make_certificate()
        request = make_act_request(tea)

        answers = at_once(approve(request), refuse(request))

        outcome = CertificateActRequest.objects.get(pk=request.pk).outcome
        is_revoked = Certificate.objects.get(pk=tea.pk).stored_state == "revoked"
        assert (outcome, is_revoked, answers) in [
            ("approved", True, [None, "approved"]),
            ("refused", False, ["refused", None]),
        ]


def test_without_the_lock_two_officers_have_both_decided(monkeypatch):
    both_have_read = Barrier(2)

    def read_without_lock(request_id, _actor):
        request = CertificateActRequest.objects.get(pk=request_id)
        both_have_read.wait(timeout=20)
        return request

    monkeypatch.setattr(act_requests, "_lock_request", read_without_lock)
    request = ask_for_two()

    at_once(approve(request), approve(request))

    assert AuditEntry.objects.filter(action__in=DECISIONS, object_id=request.pk).count() == 2
