"""What keeps an erasure waiting, and what refuses it."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Payment, Refund
from shop.domain.people.models import User
from shop.domain.producers.staff import actor_of
from shop.domain.returns.queries import open_returns
from shop.oscar_forks.order.models import Order

from .person import Person

P = Parcel.Status
ENDED = (P.CLOSED, P.DECLINED, P.CANCELLED, P.RETURNED, P.LOST)
# As long as goods may come back, somebody has to know whose they are.
RETURN_WINDOW = timedelta(days=7)
MONEY_MOVING = (Payment.Status.REQUIRES_ACTION, Payment.Status.PROCESSING, Payment.Status.DISPUTED)


class HoldsRole(Exception):
    """Who works here answers for what they did: the role is given back first. `roles` are those held."""

    def __init__(self, roles: frozenset[str]) -> None:
        self.roles = roles
        super().__init__(", ".join(sorted(roles)))


def check_roles(*, user: User) -> None:
    """Raise HoldsRole for anybody but a shopper."""
    roles = actor_of(user=user).roles - {"consumer", "anonymous"}
    if roles or user.is_superuser:
        raise HoldsRole(frozenset(roles) or frozenset({"staff"}))


def open_orders(*, person: Person, now: datetime) -> QuerySet[Order]:
    """Return the person's orders that are not over: a parcel is on its way or comes back, or money is moving."""
    over = Q(status__in=ENDED) | Q(status=P.DELIVERED, delivered_at__lte=now - RETURN_WINDOW)
    running = Parcel.objects.exclude(over).values("order")
    paying = Payment.objects.filter(status__in=MONEY_MOVING).values("order")
    coming_back = open_returns().values("parcel__order")
    owed = Refund.objects.filter(called_off_at=None).exclude(status=Refund.Status.SUCCEEDED).values("order")
    unfinished = Q(pk__in=running) | Q(pk__in=paying) | Q(pk__in=coming_back) | Q(pk__in=owed)
    return Order.objects.filter(unfinished, pk__in=person.order_ids).order_by("pk")


def ends_at(*, person: Person) -> datetime | None:
    """Return when the last return window closes, if every parcel that is not over has been delivered; else None."""
    parcels = Parcel.objects.filter(order__in=person.order_ids).exclude(status__in=ENDED)
    delivered = [parcel.delivered_at for parcel in parcels]
    known = [moment for moment in delivered if moment is not None]
    return max(known) + RETURN_WINDOW if known and len(known) == len(delivered) else None
