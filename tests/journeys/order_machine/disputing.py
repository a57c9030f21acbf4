"""Buyers ask their banks for the money back: it is taken at once, and comes back or stays away; the machine counts along."""

from dataclasses import dataclass

from django.db.models import Sum
from hypothesis import strategies as st
from hypothesis.stateful import rule

from shop.domain.ledger.accounts import DISPUTED, GATEWAY_CLEARING, GATEWAY_FEE
from shop.domain.ledger.posting import balance_of
from shop.domain.ordering.disputing import apply_dispute
from shop.domain.payments.models import Payment, Refund
from shop.domain.payments.provider import DisputeFact

from .stage import WHICH, Stage, pick

S = Payment.Status
TAKEN = {S.DISPUTED, S.DISPUTE_LOST}
SAYS = (S.DISPUTED, S.DISPUTE_WON, S.DISPUTE_LOST)


@dataclass
class Dispute:
    """What a bank took of a card payment, and how it stands."""

    payment_id: int
    amount_vnd: int
    status: str = S.DISPUTED


class Disputing(Stage):
    """Disputes of money that came by card: of paid, refunded and paid-out orders, two of one payment, news late and twice."""

    def open_paper(self):
        super().open_paper()
        self.disputes: dict[str, Dispute] = {}

    @rule(which=WHICH, number=st.integers(0, 1), percent=st.sampled_from((100, 30)), says=st.sampled_from(SAYS))
    def hear_of_a_dispute(self, which, number, percent, says):
        """One that is new, or one that is known; what it once ended as it stays, whatever is told later."""
        payment = pick(list(Payment.objects.filter(method="card", captured_vnd__gt=0).order_by("pk")), which)
        if payment is None:
            return
        name = f"dp_{payment.pk}_{number}"
        known = self.disputes.get(name)
        left_vnd = payment.captured_vnd - self.taken_of(payment.pk)
        amount_vnd = known.amount_vnd if known else left_vnd * percent // 100
        if amount_vnd:
            status = known.status if known and known.status != S.DISPUTED else says
            self._hear(payment, name, Dispute(payment.pk, amount_vnd, status), told=says if says == S.DISPUTED else status)

    def _hear(self, payment, name, dispute, *, told):
        fact = DisputeFact(name, dispute.amount_vnd, "vnd", told)
        if self.act(apply_dispute, payment_id=payment.pk, dispute=fact, now=self.now) is None:
            return
        self.disputes[name] = dispute
        self.world.card.contested = {one.payment_id for one in self.disputes.values() if one.status in TAKEN}

    def taken_of(self, payment_id, *statuses):
        """What banks took of a payment and did not give back."""
        mine = [one for one in self.disputes.values() if one.payment_id == payment_id]
        return sum(one.amount_vnd for one in mine if one.status in (statuses or TAKEN))

    def lost_by_the_shop(self, payment):
        """What went back beyond what came, because no parcel was left to bear it."""
        owed = payment.refunds.filter(called_off_at=None).exclude(status="requested", parcel__isnull=False)
        return max(0, sum_of(owed) + self.taken_of(payment.pk, S.DISPUTE_LOST) - payment.captured_vnd)

    def check_paper(self):
        """The bank has what was taken; parcels bear what was lost, and the shop only what they no longer hold."""
        super().check_paper()
        every = self.disputes.values()
        open_vnd = sum(one.amount_vnd for one in every if one.status == S.DISPUTED)
        taken_vnd = open_vnd + sum(one.amount_vnd for one in every if one.status == S.DISPUTE_LOST)
        card = Payment.objects.filter(method="card")
        captured = card.aggregate(sum=Sum("captured_vnd", default=0))["sum"]
        sent = Refund.objects.filter(payment__in=card, status="succeeded", provider_ref__startswith="re_")
        given = sent.aggregate(sum=Sum("amount_vnd", default=0))["sum"]
        assert balance_of(GATEWAY_CLEARING) == captured - given - taken_vnd
        assert balance_of(DISPUTED) == open_vnd
        paid = card.filter(captured_vnd__gt=0)
        assert balance_of(GATEWAY_FEE) == sum(self.lost_by_the_shop(payment) for payment in paid)
        for payment in paid:
            promised = payment.refunds.filter(called_off_at=None)
            out_vnd = sum_of(promised.filter(status__in=["submitted", "succeeded"]))
            lost_vnd = self.taken_of(payment.pk, S.DISPUTE_LOST)
            assert sum_of(promised) <= max(out_vnd, payment.captured_vnd - lost_vnd), "goes back twice"
            assert payment.disputed_vnd == self.taken_of(payment.pk)
            mine = {one.status for one in every if one.payment_id == payment.pk}
            stands = next((status for status in (S.DISPUTED, S.DISPUTE_LOST, S.DISPUTE_WON) if status in mine), None)
            assert stands is None or payment.status == stands


def sum_of(refunds):
    return refunds.aggregate(sum=Sum("amount_vnd", default=0))["sum"]
