"""Which of the closed list of roles a person holds by being who they are; those held at a producer come on top."""

from .models import Officer, User


def roles_of(*, user: User) -> frozenset[str]:
    """Roles of an account itself: `consumer` for everybody who has one, `officer` and `staff` where given."""
    if not user.is_active:
        return frozenset({"anonymous"})
    roles = {"consumer"}
    if Officer.objects.filter(user=user).exists():
        roles.add("officer")
    if user.is_staff:
        roles.add("staff")
    return frozenset(roles)
