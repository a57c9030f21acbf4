"""Producers are paid what was cleared: prepared by one officer, let go by another, answered by the bank."""

from hypothesis import strategies as st
from hypothesis.stateful import rule

from shop.domain.ledger.auditing import keep_audit
from shop.domain.ordering.closing import close_due_parcels
from shop.domain.payouts.approving import approve_batch
from shop.domain.payouts.models import Payout
from shop.domain.payouts.preparing import BatchNotOpen, NobodyToPay, TooEarly, prepare_batch
from shop.domain.payouts.settling import Answer, settle_payouts
from shop.operations.invariants import INVARIANTS

from .stage import Stage


class PayingOut(Stage):
    """Batches; what leaves the bank is on `Paying`'s paper."""

    @rule(is_paid=st.booleans())
    def pay_the_producers(self, is_paid):
        """A batch begun before is let go now; what the bank does not do comes back."""
        words = {"breaks": {}, "invariant_count": len(INVARIANTS), "took_ms": 1}
        self.act(keep_audit, now=self.now, **words)
        self.act(close_due_parcels, is_whole=False, now=self.now)
        batch = self.act(prepare_batch, refusals=(TooEarly, NobodyToPay), actor=self.world.officer, now=self.now)
        if batch is None:
            return
        second = {"batch_id": batch.pk, "actor": self.world.colleague}
        approved = self.act(approve_batch, refusals=(BatchNotOpen,), now=self.now, **second)
        if approved is None or approved.status != "approved":
            return
        self.left_the_bank += approved.total_vnd
        sent = approved.payouts.filter(status=Payout.Status.SENT).order_by("pk").values_list("pk", flat=True)
        answers = [Answer(pk, is_paid, f"CT{pk}", "Sai số tài khoản") for pk in sent]
        done = self.act(settle_payouts, answers=answers, now=self.now, **second)
        self.left_the_bank -= 0 if is_paid or done is None else approved.total_vnd
