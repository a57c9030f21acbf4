"""What waits in the room of money."""

from django.db.models import QuerySet
from django.http import HttpRequest

from shop.domain.payments.models import MoneyAlert, Refund

from ..pages.country import answers_for_the_country


def open_alerts() -> QuerySet[MoneyAlert]:
    """What needs a person, oldest first."""
    return MoneyAlert.objects.filter(closed_at__isnull=True).select_related("order", "refund").order_by("created_at", "pk")


def waiting_refunds() -> QuerySet[Refund]:
    """Refunds that a second person has not approved yet, oldest first."""
    waiting = Refund.objects.filter(status=Refund.Status.REQUESTED)
    return waiting.select_related("order", "requested_by", "payment").order_by("requested_at", "pk")


def count_money_work(request: HttpRequest) -> int:
    """How much of both there is."""
    if not answers_for_the_country(request):
        return 0
    return open_alerts().count() + waiting_refunds().count()
