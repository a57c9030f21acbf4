"""For which part of the country somebody of the office answers."""

from django.db.models import Q

from .actor import Actor
from .models import Officer


class NotOfTheOffice(Exception):
    """Only officers and staff do this."""


def within_reach(*, actor: Actor, prefix: str = "") -> Q:
    """Return the SQL condition of rows with a province and a commune that `actor` answers for; staff for all of them.

    Raises NotOfTheOffice for anybody else.
    """
    if "staff" in actor.roles:
        return Q()
    officer = Officer.objects.filter(pk=actor.user_id, user__is_active=True).first()
    if officer is None:
        raise NotOfTheOffice(actor.user_id)
    if officer.scope == Officer.Scope.PROVINCE:
        return Q(**{f"{prefix}province_id": officer.province_id})
    if officer.scope == Officer.Scope.COMMUNE:
        return Q(**{f"{prefix}commune_id": officer.commune_id})
    return Q()
