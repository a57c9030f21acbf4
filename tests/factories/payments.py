"""A way to pay for tests: prepaid, obedient, and it remembers what it was asked."""

from datetime import timedelta

from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.provider import OrderFacts, PaymentFact, PaymentRefusal, ProviderUnreachable, RefundFact
from shop.domain.payments.registry import PROVIDERS

from .ordering import make_order

METHOD = "prepaid"
HOLD = timedelta(minutes=33)


class PrepaidForTests:
    """Answers what a test tells it to: `paid` payments succeed when they are asked about, `is_down` answers nothing."""

    method = METHOD
    is_paid_before_packing = True
    clearing_account = "gateway_clearing"

    def __init__(self):
        self.paid = set()
        self.is_down = False
        self.refund_answer = Refund.Status.SUCCEEDED
        self.begun = []
        self.refunded = []

    def refuse_order(self, *, order: OrderFacts) -> PaymentRefusal | None:  # noqa: ARG002 -- takes all
        return None

    def hold_until(self, *, now):
        return now + HOLD

    def begin(self, *, payment_id, now):  # noqa: ARG002 -- as providers are called
        self._answer()
        self.begun.append(payment_id)
        Payment.objects.filter(pk=payment_id).update(provider_ref=f"cs_{payment_id}", status=Payment.Status.REQUIRES_ACTION)

    def settle(self, *, payment_id, close):
        self._answer()
        payment = Payment.objects.get(pk=payment_id)
        if payment_id in self.paid:
            return money_for(payment)
        return PaymentFact(Payment.Status.CANCELLED if close else Payment.Status(payment.status))

    def refund(self, *, refund_id):
        self._answer()
        self.refunded.append(refund_id)
        return RefundFact(self.refund_answer, provider_ref=f"re_{refund_id}")

    def _answer(self):
        if self.is_down:
            raise ProviderUnreachable


def offer_prepaid(monkeypatch):
    """Let the shop take prepaid orders for the length of a test; returns the provider."""
    provider = PrepaidForTests()
    monkeypatch.setitem(PROVIDERS, METHOD, provider)
    return provider


def make_prepaid_order(*lines, **changes):
    """An order that waits for its money. Call `offer_prepaid` first."""
    return make_order(*lines, payment_method=METHOD, **changes)


def money_for(payment, *, captured=None, currency="vnd"):
    """What a provider says when all of a payment is there."""
    amount = payment.amount_vnd if captured is None else captured
    return PaymentFact(
        Payment.Status.SUCCEEDED,
        amount=amount,
        captured=amount,
        currency=currency,
        provider_ref=f"cs_{payment.pk}",
        intent_ref=f"pi_{payment.pk}",
    )
