"""Cash on delivery: the courier collects each parcel's total at the door."""

from datetime import datetime

from django.conf import settings

from shop.domain.payments.models import Payment
from shop.domain.payments.provider import PaymentRefusal


class CashOnDelivery:
    """`created` until the last parcel is delivered, then `succeeded` with what was collected.

    A COD order is confirmed at once, so the limit on unpaid holds is not about it. Room for the confirmation of a
    phone on a first order above 2,000,000 đ: it becomes one more refusal here.
    """

    method = "cod"
    is_paid_before_packing = False

    def refuse_order(self, *, total_vnd: int, buyer_phone: str) -> PaymentRefusal | None:  # noqa: ARG002 -- see above
        if total_vnd > settings.COD_LIMIT_VND:
            return PaymentRefusal.OVER_LIMIT
        return None

    def open_payment(self, *, order_id: int, amount_vnd: int, now: datetime) -> Payment:
        return Payment.objects.create(order_id=order_id, method=self.method, amount_vnd=amount_vnd, created_at=now)

    def drop_amount(self, *, payment: Payment, amount_vnd: int) -> None:
        payment.amount_vnd -= amount_vnd
        self._settle(payment, is_done=payment.captured_vnd == payment.amount_vnd)

    def note_delivery(self, *, payment: Payment, amount_vnd: int, is_last: bool) -> None:
        payment.captured_vnd += amount_vnd
        self._settle(payment, is_done=is_last)

    def _settle(self, payment: Payment, *, is_done: bool) -> None:
        if payment.amount_vnd == 0:
            payment.status = Payment.Status.CANCELLED
        elif is_done:
            payment.status = Payment.Status.SUCCEEDED
        payment.save(update_fields=["amount_vnd", "captured_vnd", "status"])
