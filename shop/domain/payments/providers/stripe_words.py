"""What Stripe is told of an order: its number and the amount, nothing about who buys what.

Everything comes from the attempt's row, so that asking again says the same.
"""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import override

from shop.domain.payments.models import Payment
from shop.domain.payments.return_page import return_page

CURRENCY = "vnd"


def session_words(*, payment: Payment, ends_at: datetime) -> Any:
    """Return the parameters of a Checkout Session; đồng have no fractions, so the amount is the amount."""
    order = payment.order
    page = return_page(order=order)
    metadata = {"payment_id": str(payment.pk), "order_number": order.number}
    with override(order.language):
        name = _("Đơn hàng %(number)s") % {"number": order.number}
    return {
        "mode": "payment",
        "payment_method_types": ["card"],
        "line_items": [
            {
                "quantity": 1,
                "price_data": {"currency": CURRENCY, "unit_amount": payment.amount_vnd, "product_data": {"name": name}},
            }
        ],
        "client_reference_id": order.number,
        "locale": "vi" if order.language == "vi" else "en",
        "success_url": f"{page}?xong",
        "cancel_url": page,
        "expires_at": int(ends_at.timestamp()),
        "metadata": metadata,
        "payment_intent_data": {"metadata": metadata, "description": name},
    }
