"""Bank transfer, made easy by a VietQR code: whether the money is there is told by the bank's feed or statement."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Sum

from shop.common.vietqr import vietqr_payload
from shop.domain.ledger import accounts
from shop.domain.payments.models import BankTransfer, Payment, Refund
from shop.domain.payments.provider import OrderFacts, PaymentFact, PaymentRefusal, RefundFact

METHOD = "vietqr"
# Interbank transfers at once end here; above it people pay by other ways.
LARGEST_VND = 499_999_999


class BankTransferByVietQR:
    """Nobody can be asked whether money came: the bank tells (`ordering.transfers`). It goes back by hand."""

    method = METHOD
    is_paid_before_packing = True
    # Money is received first and then given to its order, so it is taken from what belongs to nobody yet.
    clearing_account = accounts.UNALLOCATED

    def refuse_order(self, *, order: OrderFacts) -> PaymentRefusal | None:
        if not (settings.VIETQR_BANK_BIN and settings.VIETQR_ACCOUNT and settings.VIETQR_ACCOUNT_NAME):
            return PaymentRefusal.NOT_CONFIGURED
        if order.total_vnd > LARGEST_VND:
            return PaymentRefusal.OVER_LIMIT
        return None

    def hold_until(self, *, now: datetime) -> datetime | None:
        return now + timedelta(hours=settings.HOLD_TRANSFER_HOURS)

    def begin(self, *, payment_id: int, now: datetime) -> None:
        """The reference is the order's number without its dash: short enough for every bank, and the same for each attempt."""
        payment = Payment.objects.select_related("order").get(pk=payment_id)
        Payment.objects.filter(pk=payment_id).update(
            provider_ref=reference_of(payment), status=Payment.Status.REQUIRES_ACTION, checked_at=now
        )

    def settle(self, *, payment_id: int, close: bool) -> PaymentFact | None:  # noqa: ARG002 -- nobody else knows
        return None

    def refund(self, *, refund_id: int) -> RefundFact:  # noqa: ARG002 -- whichever it is, a person sends it
        return RefundFact(Refund.Status.MANUAL)


def reference_of(payment: Payment) -> str:
    """Return what the buyer writes into the transfer."""
    return payment.order.number.replace("-", "")


def came_vnd_of(payment: Payment) -> int:
    """Return what came by transfer for an attempt and is still here."""
    still_here = payment.transfers.filter(state=BankTransfer.State.MATCHED)
    return still_here.aggregate(sum=Sum("amount_vnd", default=0))["sum"]


def payload_of(payment: Payment, *, amount_vnd: int) -> str:
    """Return the text of the code that pays so much of this attempt."""
    return vietqr_payload(
        bank_bin=settings.VIETQR_BANK_BIN,
        account=settings.VIETQR_ACCOUNT,
        amount_vnd=amount_vnd,
        purpose=reference_of(payment),
    )
