"""Which cases a person of the office may see and handle."""

from django.db.models import Q

from shop.domain.certificates.scope import NotAnOfficer, officer_of, within_scope
from shop.domain.people.actor import Actor


class UnknownCase(Exception):
    """There is no such case, or it lies outside the officer's scope: the answer is the same."""


def reach_of(actor: Actor) -> Q:
    """Return the SQL condition of the cases within reach: all for staff, those of the own place for an officer.

    A case without a place is for staff and for officers of the whole country. Raises UnknownCase for anybody else.
    """
    if "staff" in actor.roles:
        return Q()
    try:
        return within_scope(officer=officer_of(user_id=actor.user_id))
    except NotAnOfficer as missing:
        raise UnknownCase from missing
