"""What ways to pay decide by, read from an order that is there already."""

from catalogue_ext.models import is_alcohol
from shop.domain.payments.provider import OrderFacts
from shop.oscar_forks.order.models import Line, Order

from .paying import outstanding_vnd


def facts_of_order(*, order: Order) -> OrderFacts:
    """Return the facts of an order as it stands now."""
    return OrderFacts(
        total_vnd=outstanding_vnd(order=order),
        buyer_phone=order.buyer_phone,
        has_alcohol=Line.objects.filter(is_alcohol("product__") | is_alcohol("product__parent__"), order=order).exists(),
    )
