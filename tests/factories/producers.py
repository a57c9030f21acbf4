"""Producers and the people who work for them."""

from itertools import count

from shop.common.vietnamese import fold, slugify
from shop.domain.producers.models import Membership, ProducerProfile
from shop.oscar_forks.partner.models import Partner

from .people import make_user
from .places import make_province

_numbers = count(1)


def make_producer(name="HTX Chè Tân Cương", *, province=None, status="active", email=None, **profile_fields):
    """An active producer of Thái Nguyên; the profile is at `producer.profile`."""
    number = next(_numbers)
    producer = Partner.objects.create(name=name, code=f"{slugify(name)}-{number}")
    ProducerProfile.objects.create(
        producer=producer,
        slug=f"{slugify(name)}-{number}",
        folded_name=fold(name),
        status=status,
        province=province or make_province("19"),
        email=email or f"chu-the-{number}@example.vn",
        **profile_fields,
    )
    return producer


def make_member(producer, *, role=Membership.Role.OWNER, user=None, **user_fields):
    """A person (new unless given) who holds one role at the producer; returns the user."""
    user = user or make_user(**user_fields)
    Membership.objects.create(user=user, producer=producer, role=role)
    return user
