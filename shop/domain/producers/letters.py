"""What a producer's people are told when the office decides on their producer."""

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.domain.notifications.kinds import NothingToTell, register_kind
from shop.domain.notifications.outbox import tell
from shop.domain.notifications.rendering import absolute_url

from .contacting import Contact, contact_of
from .models import Membership, ProducerEvent

STANDING = "producer_standing"


def register_kinds() -> None:
    """Fill the registry with the kinds of this domain; called once, when Django is ready."""
    register_kind(STANDING, title=_("Quyết định về chủ thể"), build_context=standing_letter)


def tell_people(*, event: ProducerEvent, now: datetime) -> None:
    """Tell every owner; where there is none, whoever reads the producer's mail."""
    owners = Membership.objects.filter(producer=event.producer_id, role=Membership.Role.OWNER, user__is_active=True)
    for owner in owners.select_related("user").order_by("pk"):
        user = owner.user
        _tell(event, f"user:{user.pk}", Contact(user.email or "", user.phone or "", user.language), now)
    if not owners:
        contact = contact_of(producer=event.producer)
        if contact is not None:
            _tell(event, "contact", contact, now)


def standing_letter(payload: dict[str, Any], *, today: date) -> dict[str, Any]:  # noqa: ARG001 -- the registry's shape
    """The act and its reason, for the people of the producer."""
    event = ProducerEvent.objects.select_related("producer").filter(pk=payload["event_id"]).first()
    if event is None:
        raise NothingToTell(payload)
    return {
        "action": event.action,
        "producer_name": event.producer.name,
        "reason": event.reason,
        "desk_url": absolute_url(reverse("producer_desk:home")),
    }


def _tell(event: ProducerEvent, reader: str, contact: Contact, now: datetime) -> None:
    tell(
        key=f"producer:{event.producer_id}:event:{event.pk}:{reader}",
        kind=STANDING,
        email=contact.email,
        phone=contact.phone,
        language=contact.language,
        payload={"event_id": event.pk},
        now=now,
    )
