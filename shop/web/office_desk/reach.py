"""Which part of the country the person at this desk answers for, and what may be read there."""

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import HttpRequest

from shop.domain.audit_log.models import AuditEntry
from shop.domain.audit_log.queries import entries_within
from shop.domain.certificates.act_requests import requests_within
from shop.domain.certificates.models import Certificate, CertificateActRequest
from shop.domain.certificates.scope import within_scope
from shop.domain.notifications.models import OutboxMessage
from shop.domain.people.models import Officer

OFFICE = ("officer", "staff")
# A way into somebody's account: staff alone, who need a second factor themselves, read it.
FOR_STAFF_ONLY = ("account_password_reset", "account_reset_code", "account_code")


def officer_at(request: HttpRequest) -> Officer | None:
    """The officer at this desk; None for staff, who answer for everything."""
    if "staff" in request.actor.roles:
        return None
    return request.user.officer


def readable_certificates(request: HttpRequest) -> QuerySet[Certificate]:
    """Every certificate for staff and officers of the whole country, else those of the officer's own place."""
    officer = officer_at(request)
    return Certificate.objects.all() if officer is None else Certificate.objects.filter(within_scope(officer=officer))


def readable_messages(request: HttpRequest) -> QuerySet[OutboxMessage]:
    """Every message for staff, and nearly every one for officers of the whole country.

    An officer of one place reads what was written about certificates there, and nothing about buyers.
    """
    officer = officer_at(request)
    if officer is None:
        return OutboxMessage.objects.all()
    if officer.scope == Officer.Scope.ALL:
        return OutboxMessage.objects.exclude(kind__in=FOR_STAFF_ONLY)
    certificate_id = Cast(KT("payload__certificate_id"), BigIntegerField())
    return OutboxMessage.objects.alias(certificate_id=certificate_id).filter(
        order=None, certificate_id__in=readable_certificates(request).values("pk")
    )


def readable_requests(request: HttpRequest) -> QuerySet[CertificateActRequest]:
    """Acts that needed a second officer: every one for staff, else those all of whose certificates are one's own."""
    officer = officer_at(request)
    asked = CertificateActRequest.objects.exclude(outcome=CertificateActRequest.Outcome.ALONE)
    return asked if officer is None else asked.filter(requests_within(officer=officer))


def readable_entries(request: HttpRequest) -> QuerySet[AuditEntry]:
    """Every line of the audit log for staff and officers of the whole country, else those of the officer's own place."""
    return entries_within(officer=officer_at(request))
