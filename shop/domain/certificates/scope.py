"""Which certificates an officer answers for: the whole country, a province or a commune."""

from django.db.models import Q

from shop.domain.people.models import Officer


class NotAnOfficer(Exception):
    """Only people of the OCOP office act on certificates."""


def officer_of(*, user_id: int | None) -> Officer:
    """Return the officer behind an account; raises NotAnOfficer."""
    officer = Officer.objects.filter(pk=user_id, user__is_active=True).first()
    if officer is None:
        raise NotAnOfficer(user_id)
    return officer


def within_scope(*, officer: Officer, prefix: str = "") -> Q:
    """Return the SQL condition of the certificates this officer may see and change."""
    if officer.scope == Officer.Scope.PROVINCE:
        return Q(**{f"{prefix}province_id": officer.province_id})
    if officer.scope == Officer.Scope.COMMUNE:
        return Q(**{f"{prefix}commune_id": officer.commune_id})
    return Q()
