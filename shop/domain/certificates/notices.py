"""What producers are told of their certificates: ends that come near, and decisions of the office.

Notices come 180, 120, 60, 30 and 7 days before the end: a renewal dossier is filed 180 to 120 days before it
(Decision 26/2026, art. 7.6).
"""

from datetime import date, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.domain.notifications.kinds import NothingToTell, register_kind
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.outbox import tell
from shop.domain.notifications.rendering import absolute_url
from shop.domain.producers.contacting import contact_of
from shop.domain.producers.models import ProducerProfile

from .models import Certificate, CertificateEvent
from .state import view_of

EXPIRING = "certificate_expiring"
EXPIRED = "certificate_expired"
SUSPENDED = "certificate_suspended"
LIFTED = "certificate_lifted"
REVOKED = "certificate_revoked"

NOTICE_DAYS = (180, 120, 60, 30, 7)
# Told of an end a scheduler slept through, but not of ends from before the certificate was imported.
EXPIRED_NOTICE_WITHIN = timedelta(days=7)
# Longer than any mark is the nearest one; the outbox's unique key remembers for ever.
KEYS_REMEMBERED_FOR = timedelta(days=100)
RENEWAL_FILED_FROM_DAYS = 180
RENEWAL_FILED_UNTIL_DAYS = 120


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(EXPIRING, title=_("Giấy chứng nhận sắp hết hạn"), build_context=certificate_letter)
    register_kind(EXPIRED, title=_("Giấy chứng nhận đã hết hạn"), build_context=certificate_letter)
    register_kind(SUSPENDED, title=_("Giấy chứng nhận bị tạm dừng"), build_context=certificate_letter)
    register_kind(LIFTED, title=_("Giấy chứng nhận có hiệu lực lại"), build_context=certificate_letter)
    register_kind(REVOKED, title=_("Giấy chứng nhận bị thu hồi"), build_context=certificate_letter)


def post_due_notices(*, today: date, now: datetime) -> int:
    """Post the notices that are due on `today`; run again, or run late, it posts what is missing and nothing twice.

    Returns how many were posted.
    """
    due = {_notice_key(certificate, today): certificate for certificate in _ending_certificates(today)}
    told = {
        key.rpartition(":")[0]
        for key in OutboxMessage.objects.filter(
            kind__in=(EXPIRING, EXPIRED), created_at__gt=now - KEYS_REMEMBERED_FOR
        ).values_list("key", flat=True)
    }
    posted = 0
    for key, certificate in due.items():
        if key in told:
            continue
        kind = EXPIRED if _ends_on(certificate) < today else EXPIRING
        with transaction.atomic():
            posted += _tell_producer(certificate, kind=kind, key=key, now=now)
    return posted


def tell_certificate_changed(*, certificate: Certificate, event: CertificateEvent, kind: str, now: datetime) -> bool:
    """Tell the producer of a suspension, its end or a revocation, in the transaction that wrote `event`."""
    return _tell_producer(certificate, kind=kind, key=f"certificate:{certificate.pk}:event:{event.pk}", now=now)


def certificate_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:
    """The certificate as it stands on the day the message is sent."""
    certificate = (
        Certificate.objects.select_related("decision", "province", "producer").filter(pk=payload["certificate_id"]).first()
    )
    if certificate is None:
        raise NothingToTell(payload)
    view = view_of(certificate, today=today)
    return {
        "certificate": view,
        "star_signs": "★" * view.stars + "☆" * (5 - view.stars),
        "is_void": not view.is_valid,
        "stop_reason": certificate.stop_reason,
        "stop_decision": certificate.stop_decision,
        "check_url": absolute_url(reverse("storefront:verify", args=[certificate.code])),
        "file_from": view.valid_until - timedelta(days=RENEWAL_FILED_FROM_DAYS),
        "file_until": view.valid_until - timedelta(days=RENEWAL_FILED_UNTIL_DAYS),
        "can_file_in_time": today <= view.valid_until - timedelta(days=RENEWAL_FILED_UNTIL_DAYS),
    }


def _ending_certificates(today: date) -> list[Certificate]:
    return list(
        Certificate.objects.annotate(ends_on=Coalesce(F("extended_until"), F("valid_until")))
        .filter(
            stored_state=Certificate.State.ACTIVE,
            superseded_by=None,
            producer__profile__status=ProducerProfile.Status.ACTIVE,
            ends_on__range=(today - EXPIRED_NOTICE_WITHIN, today + timedelta(days=max(NOTICE_DAYS))),
        )
        .select_related("producer")
        .order_by("pk")
    )


def _notice_key(certificate: Certificate, today: date) -> str:
    """Name the event: this end, and the nearest mark that is passed. An extension makes it another event."""
    ends_on = _ends_on(certificate)
    days_left = (ends_on - today).days
    mark = "expired" if days_left < 0 else min(days for days in NOTICE_DAYS if days_left <= days)
    return f"certificate:{certificate.pk}:ends:{ends_on}:{mark}"


def _ends_on(certificate: Certificate) -> date:
    return certificate.extended_until or certificate.valid_until


def _tell_producer(certificate: Certificate, *, kind: str, key: str, now: datetime) -> bool:
    contact = contact_of(producer=certificate.producer) if certificate.producer else None
    if contact is None:
        return False
    return tell(
        key=key,
        kind=kind,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        payload={"certificate_id": certificate.pk},
        now=now,
    )
