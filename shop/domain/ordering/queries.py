"""Reading orders for the people who made them."""

from django.db.models import Prefetch, Q, QuerySet

from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.returns.models import ReturnRequest
from shop.oscar_forks.order.models import Line, Order


def parcels_of(*, order: Order) -> QuerySet[Parcel]:
    """Return the parcels of an order with lines, events, returns and producers, in the order of their numbers."""
    return (
        Parcel.objects.filter(order=order)
        .select_related("producer__profile", "ship_to__commune__province")
        .prefetch_related(
            Prefetch("lines", Line.objects.select_related("product__parent", "certificate__decision").order_by("pk")),
            Prefetch("events", ParcelEvent.objects.order_by("-at", "-pk")),
            Prefetch("returns", ReturnRequest.objects.prefetch_related("lines").order_by("pk")),
        )
        .order_by("pk")
    )


def orders_of(*, user_id: int, most: int) -> QuerySet[Order]:
    """Return the latest orders somebody placed while logged in, newest first."""
    return Order.objects.filter(user_id=user_id).order_by("-date_placed", "-pk")[:most]


def find_own_orders(*, user_id: int, words: str) -> QuerySet[Order]:
    """Return a person's orders with their parcels, newest first; `words` looks in numbers, products and producers."""
    orders = Order.objects.filter(user_id=user_id)
    if words:
        named = Line.objects.filter(Q(title__icontains=words) | Q(title_en__icontains=words) | Q(partner_name__icontains=words))
        orders = orders.filter(Q(number__icontains=words) | Q(pk__in=named.values("order")))
    parcels = Parcel.objects.select_related("producer__profile").order_by("pk")
    return orders.prefetch_related(Prefetch("parcels", parcels), "parcels__lines").order_by("-date_placed", "-pk")
