"""Producers read for public pages; nothing private (address, phone, e-mail) leaves here."""

from collections.abc import Iterable

from .models import ProducerProfile


class NoSuchProducer(Exception):
    """No producer has this address."""


def find_producer(*, slug: str) -> ProducerProfile:
    """Return the profile a public page is about; raises NoSuchProducer."""
    profile = (
        ProducerProfile.objects.select_related("producer", "province", "commune")
        .defer("address_as_certified", "phone", "email")
        .filter(slug=slug)
        .first()
    )
    if profile is None:
        raise NoSuchProducer(slug)
    return profile


def name_producers(*, ids: Iterable[int]) -> list[tuple[int, str]]:
    """Return numbers and names, by name."""
    wanted = list(ids)
    if not wanted:
        return []
    named = ProducerProfile.objects.filter(producer__in=wanted).order_by("folded_name")
    return list(named.values_list("producer_id", "producer__name"))
