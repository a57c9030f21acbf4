"""Stories of what goes wrong with money, told at once: step by step a short game would seldom come to their end.

Each game begins with the one its test says, and every later step may be another.
"""

from datetime import timedelta
from typing import ClassVar

from hypothesis import strategies as st
from hypothesis.stateful import initialize, precondition, rule

from shop.domain.ordering.attempts import NothingToPay, begin_attempt, exchange_method
from shop.domain.ordering.cancelling import cancel_order
from shop.domain.ordering.facts import facts_of_order
from shop.domain.payments.models import Payment
from shop.domain.payments.provider import PaymentRefused
from shop.domain.people.actor import SYSTEM
from shop.oscar_forks.order.models import Order

from .fulfilling import MOVES, REFUSED
from .stage import WHICH, Stage, pick

STORIES = (
    *("called_off", "paid_and_called_off", "paid_wrongly", "told_twice", "paid_twice", "paid_too_late"),
    *("paid_out_and_disputed", "disputed_and_declined", "lost_and_declined", "bought_by_many"),
)


class Mishaps(Stage):
    """The other mixins' rules, one after the other, about one order."""

    # Not drawn: in a few games hypothesis draws the same ones again and again.
    begins_with: ClassVar[str] = STORIES[0]

    @initialize()
    def let_there_be_customers(self):
        super().let_there_be_customers()
        self.tell(self.begins_with, 0)

    @precondition(lambda self: self.sold)
    @rule(story=st.sampled_from(STORIES), which=WHICH)
    def tell(self, story, which):
        order = pick(list(Order.objects.filter(status="awaiting_payment").order_by("pk")), which)
        if order is not None:
            getattr(self, f"_{story}")(order)

    def _called_off(self, order):
        self.act(cancel_order, refusals=REFUSED, order_id=order.pk, reason="Đổi ý", actor=SYSTEM, now=self.now)

    def _paid_and_called_off(self, order):
        self._pay_by_card(order)
        self._called_off(order)
        self.let_the_worker_work()

    def _paid_wrongly(self, order):
        payment = self._begin_by_card(order)
        if payment is not None:
            self.pay_by_card(self._place(payment), off=-1, is_told=True)

    def _told_twice(self, order):
        """And called off: what came by transfer only a person can send back."""
        self._transfer(order, is_told_again=True)
        self._called_off(order)
        self.send_by_hand(0, asks_again=False)

    def _paid_twice(self, order):
        """By an attempt that was left, and by the one after it."""
        left = self._begin_by_card(order)
        self._transfer(order, is_told_again=False)
        if left is not None:
            self._receive(left)

    def _paid_too_late(self, order):
        left = self._begin_by_card(order)
        self._called_off(order)
        if left is not None:
            self._receive(left)

    def _paid_out_and_disputed(self, order):
        self._pay_by_card(order)
        self._deliver(order)
        self.refund_a_part(0, percent=1)
        self.world.now += timedelta(days=8)
        self.pay_the_producers(is_paid=True)
        self._dispute(order, "dispute_lost")

    def _disputed_and_declined(self, order):
        """The bank took the money, and the goods are not even sent."""
        self._pay_by_card(order)
        self._dispute(order, "disputed")
        self._called_off(order)
        self._dispute(order, "dispute_won" if order.pk % 2 else "dispute_lost")

    def _lost_and_declined(self, order):
        """What goes back for the goods was refused while the bank decided; then the bank keeps the money."""
        self._pay_by_card(order)
        self._dispute(order, "disputed")
        self._called_off(order)
        self.let_the_worker_work()
        self._dispute(order, "dispute_lost")

    def _bought_by_many(self, order):
        """So that somebody comes too late for a voucher."""
        del order
        for buyer in (0, 1, -1):
            self.buy(buyer, 1, 1)

    def _begin_by_card(self, order):
        """The attempt that a buyer has open at the card's page."""
        if order.payment_method == "card":
            self.act(begin_attempt, refusals=(NothingToPay,), is_whole=False, order_id=order.pk, now=self.now)
        else:
            self._exchange(order, "card")
        return Payment.objects.filter(order=order, method="card").exclude(provider_ref="").order_by("pk").last()

    def _exchange(self, order, method):
        words = {"order_id": order.pk, "method": method, "facts": facts_of_order(order=order)}
        self.act(exchange_method, refusals=(NothingToPay, PaymentRefused), is_whole=False, now=self.now, **words)

    def _transfer(self, order, *, is_told_again):
        self._exchange(order, "vietqr")
        opened = Payment.objects.filter(order=order, method="vietqr").exclude(provider_ref="").order_by("pk").last()
        if opened is not None:
            self.transfer(self._place(opened), off=0, is_told_again=is_told_again, names_it=True)

    def _pay_by_card(self, order):
        payment = self._begin_by_card(order)
        if payment is not None:
            self._receive(payment)

    def _receive(self, payment):
        self.pay_by_card(self._place(payment), off=0, is_told=True)

    def _place(self, payment):
        """Where `pick` finds it among those of its kind."""
        known = Payment.objects.filter(method=payment.method).exclude(provider_ref="")
        return known.filter(pk__lt=payment.pk).count()

    def _deliver(self, order):
        for parcel_id in order.parcels.order_by("pk").values_list("pk", flat=True):
            for move in ("confirm", "ship", "deliver"):
                do, words = MOVES[move]
                self._to_parcel(do, 0, among=[parcel_id], **words)

    def _dispute(self, order, says):
        captured = Payment.objects.filter(method="card", captured_vnd__gt=0)
        mine = captured.filter(order=order).order_by("pk").first()
        if mine is not None:
            self.hear_of_a_dispute(captured.filter(pk__lt=mine.pk).count(), number=0, percent=100, says=says)
