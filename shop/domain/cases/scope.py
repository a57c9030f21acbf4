"""Which cases a person of the office may see and handle."""

from django.db.models import Q

from shop.domain.people.actor import Actor
from shop.domain.people.reach import NotOfTheOffice, within_reach


class UnknownCase(Exception):
    """There is no such case, or it lies outside the officer's scope: the answer is the same."""


def reach_of(actor: Actor) -> Q:
    """Return the SQL condition of the cases within reach: all for staff, those of the own place for an officer.

    A case without a place is for staff and for officers of the whole country. Raises UnknownCase for anybody else.
    """
    try:
        return within_reach(actor=actor)
    except NotOfTheOffice as missing:
        raise UnknownCase from missing
