"""What waits in this room: people who claimed a producer."""

from django.db.models import QuerySet
from django.http import HttpRequest

from shop.domain.people.reach import within_reach
from shop.domain.producers.models import ProducerProfile


def producers_here(request: HttpRequest) -> QuerySet[ProducerProfile]:
    """Every producer the reader answers for."""
    return ProducerProfile.objects.filter(within_reach(actor=request.actor))


def count_pending(request: HttpRequest) -> int:
    """Count those that were claimed and wait for the office."""
    return producers_here(request).filter(status=ProducerProfile.Status.PENDING).count()
