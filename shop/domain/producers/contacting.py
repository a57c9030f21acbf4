"""Where a producer is reached when an order comes in or a certificate runs out."""

from dataclasses import dataclass

from shop.oscar_forks.partner.models import Partner

from .models import Membership

# One reader, so that a message is read once: the owner before the staff, anybody before nobody.
ROLES_IN_ORDER = (Membership.Role.OWNER, Membership.Role.ORDERS, Membership.Role.LISTINGS, Membership.Role.MONEY)


@dataclass(frozen=True)
class Contact:
    """One way (or two) to one reader, and the language read there."""

    email: str
    phone: str
    language: str


def contact_of(*, producer: Partner) -> Contact | None:
    """Return the producer's own e-mail or phone, else that of its owner, else of whoever works there; None for nobody."""
    profile = getattr(producer, "profile", None)
    if profile and (profile.email or profile.phone):
        return Contact(email=profile.email, phone=profile.phone, language=profile.language)
    members = Membership.objects.filter(producer=producer, user__is_active=True).select_related("user").order_by("pk")
    by_role = sorted(members, key=lambda member: ROLES_IN_ORDER.index(member.role))
    if not by_role:
        return None
    user = by_role[0].user
    return Contact(email=user.email or "", phone=user.phone or "", language=user.language)
