"""Which part of the country the person at this desk answers for, and what may be read there."""

from typing import Any

from django.db.models import BigIntegerField, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from shop.domain.certificates.models import Certificate
from shop.domain.notifications.models import OutboxMessage
from shop.domain.notifications.queries import count_messages
from shop.domain.people.models import Officer

OFFICE = ("officer", "staff")
# A way into somebody's account: staff alone, who need a second factor themselves, read it.
FOR_STAFF_ONLY = ("account_password_reset",)
MENU = (("home", _("Tổng quan"), "home"), ("messages", _("Tin nhắn"), "mail"))


def readable_certificates(request: HttpRequest) -> QuerySet[Certificate]:
    """Every certificate for staff and officers of the whole country, else those of the officer's own place."""
    officer = _officer(request)
    if officer is None or officer.scope == Officer.Scope.ALL:
        return Certificate.objects.all()
    if officer.scope == Officer.Scope.PROVINCE:
        return Certificate.objects.filter(province_id=officer.province_id)
    return Certificate.objects.filter(commune_id=officer.commune_id)


def readable_messages(request: HttpRequest) -> QuerySet[OutboxMessage]:
    """Every message for staff, and nearly every one for officers of the whole country.

    An officer of one place reads what was written about certificates there, and nothing about buyers.
    """
    officer = _officer(request)
    if officer is None:
        return OutboxMessage.objects.all()
    if officer.scope == Officer.Scope.ALL:
        return OutboxMessage.objects.exclude(kind__in=FOR_STAFF_ONLY)
    certificate_id = Cast(KT("payload__certificate_id"), BigIntegerField())
    return OutboxMessage.objects.alias(certificate_id=certificate_id).filter(
        order=None, certificate_id__in=readable_certificates(request).values("pk")
    )


def desk_context(request: HttpRequest, *, room: str, **more: Any) -> dict[str, Any]:
    """What every page of the desk needs, and what this one adds."""
    counts = count_messages(messages=readable_messages(request))
    menu = [
        {
            "url": reverse(f"office_desk:{name}"),
            "text": text,
            "icon_name": icon,
            "count": counts["failed"] if name == "messages" else 0,
            "current": name == room,
        }
        for name, text, icon in MENU
    ]
    return {"menu": menu, "counts": counts, "officer": _officer(request), **more}


def _officer(request: HttpRequest) -> Officer | None:
    """None for staff, who answer for everything."""
    if "staff" in request.actor.roles:
        return None
    return request.user.officer
