"""Who works for which producer, and as what."""

from collections import defaultdict

from shop.domain.people.actor import NOBODY, Actor
from shop.domain.people.models import User
from shop.domain.people.roles import roles_of

from .models import Membership


def actor_of(*, user: User | None) -> Actor:
    """The person behind a request, with every role held anywhere; nobody for a visitor or a closed account."""
    if user is None or user.pk is None or not user.is_active:
        return NOBODY
    producers = roles_by_producer(user_id=user.pk)
    return Actor(
        user_id=user.pk,
        roles=roles_of(user=user).union(*producers.values()),
        producers=producers,
        label=user.get_short_name() or str(user),
    )


def roles_by_producer(*, user_id: int) -> dict[int, frozenset[str]]:
    """Roles a person holds at each producer, for example `{3: frozenset({"producer_owner"})}`."""
    held = defaultdict(set)
    for producer_id, role in Membership.objects.filter(user_id=user_id).values_list("producer_id", "role"):
        held[producer_id].add(role)
    return {producer_id: frozenset(roles) for producer_id, roles in held.items()}
