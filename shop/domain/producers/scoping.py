"""Whose is it? The one way a producer's desk reaches rows: `Model.objects.for_actor(actor)`."""

from dataclasses import dataclass
from typing import Self

from django.db import models

from shop.domain.people.actor import Actor

OWNER = "producer_owner"
ORDERS = "producer_orders"
LISTINGS = "producer_listings"
MONEY = "producer_money"


@dataclass(frozen=True)
class Tenant:
    """How a model belongs to a producer, and which roles there may touch its rows."""

    path: str
    roles: tuple[str, ...]


class TenantQuerySet(models.QuerySet):
    """Rows of a model that names its `tenant`; anything not reached through `for_actor` is everybody's."""

    def for_actor(self, actor: Actor, *roles: str) -> Self:
        """Rows of the producers where `actor` holds one of `roles` (the model's own when none is named); else none."""
        tenant: Tenant = self.model.tenant
        return self.filter(**{f"{tenant.path}__in": actor.producer_ids(*(roles or tenant.roles))})
