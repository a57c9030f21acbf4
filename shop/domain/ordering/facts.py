"""What ways to pay decide by, read from an order that is there already."""

from django.db.models import Q

from catalogue_ext.models import ALCOHOL_CRITERIA_SETS
from shop.domain.payments.provider import OrderFacts
from shop.oscar_forks.order.models import Line, Order

from .paying import outstanding_vnd


def facts_of_order(*, order: Order) -> OrderFacts:
    """Return the facts of an order as it stands now."""
    sets = ALCOHOL_CRITERIA_SETS
    is_alcohol = Q(product__criteria_set__in=sets) | Q(product__parent__criteria_set__in=sets)
    return OrderFacts(
        total_vnd=outstanding_vnd(order=order),
        buyer_phone=order.buyer_phone,
        has_alcohol=Line.objects.filter(is_alcohol, order=order).exists(),
    )
