"""Cash on delivery: the courier collects each parcel's total at the door."""

from datetime import datetime

from django.conf import settings

from shop.domain.payments.models import Refund
from shop.domain.payments.provider import OrderFacts, PaymentFact, PaymentRefusal, RefundFact


class CashOnDelivery:
    """`created` until the last parcel is delivered, then `succeeded` with what was collected.

    A COD order is confirmed at once, so there is no hold that ends. Cash goes back by a transfer made by hand.
    """

    method = "cod"
    is_paid_before_packing = False
    clearing_account = "cod_carrier"

    def refuse_order(self, *, order: OrderFacts) -> PaymentRefusal | None:
        if order.has_alcohol:
            return PaymentRefusal.ALCOHOL
        if order.total_vnd > settings.COD_LIMIT_VND:
            return PaymentRefusal.OVER_LIMIT
        if order.total_vnd > settings.COD_PHONE_ABOVE_VND and order.is_first_order and not order.phone_is_confirmed:
            return PaymentRefusal.PHONE_UNCONFIRMED
        return None

    def hold_until(self, *, now: datetime) -> datetime | None:  # noqa: ARG002 -- cash does not wait
        return None

    def begin(self, *, payment_id: int, now: datetime) -> None:
        """Nothing to open: the door is the counter."""

    def settle(self, *, payment_id: int, close: bool) -> PaymentFact | None:  # noqa: ARG002 -- nobody else knows
        return None

    def refund(self, *, refund_id: int) -> RefundFact:  # noqa: ARG002 -- whichever it is, a person sends it
        return RefundFact(Refund.Status.MANUAL)
