"""Messages in the outbox, about a certificate: the kind that needs least around it."""

from itertools import count

from django.db import transaction

from shop.common import clock
from shop.domain.certificates.notices import EXPIRING
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.outbox import post

from .certificates import make_certificate

_numbers = count(1)


def make_message(*, certificate=None, key=None, kind=EXPIRING, channel="email", recipient=None, language="vi", now=None):
    """A waiting message, posted the way the shop posts them."""
    number = next(_numbers)
    key = key or f"certificate:test:{number}"
    certificate = certificate or make_certificate()
    with transaction.atomic():
        post(
            key=key,
            kind=kind,
            channel=channel,
            recipient=recipient or f"chu-the-{number}@example.vn",
            language=language,
            payload={"certificate_id": certificate.pk},
            now=now or clock.now(),
        )
    return OutboxMessage.objects.get(key=key)
