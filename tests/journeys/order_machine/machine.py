"""All rules together, and what must be true after each of them.

A new part of the shop joins with a file of its own: a mixin over `Stage` whose rules call `self.act`, whose `open_paper`
begins what it writes down and whose `check_paper` holds the shop against it. It is named among the bases below; what is
true of it in SQL belongs into shop/operations/invariants, which is asked after every step anyway.
"""

from typing import ClassVar

from django.db.models import Prefetch
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant

from shop.domain.certificates.models import CertificateActRequest
from shop.domain.notifications.models import OutboxMessage
from shop.domain.ordering.deriving import status_from
from shop.domain.ordering.messages import KIND_OF_STATUS
from shop.domain.ordering.models import CheckoutAttempt
from shop.domain.parcels.models import Parcel, ParcelEvent
from shop.domain.parcels.transitions import ALLOWED, EXPIRED_NOTE
from shop.domain.payments.deciding import deciding_payment
from shop.domain.payments.models import Payment
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.order.models import Order

from .desk import Desk
from .disputing import Disputing
from .fulfilling import Fulfilling
from .mishaps import Mishaps
from .office import Office
from .paying import Paying
from .paying_out import PayingOut
from .shopping import Shopping
from .stage import Stage
from .world import CODE_OF_PRODUCER, CODE_OF_SHOP


class Paper(Stage):
    """The last of the mixins: the checks of all."""

    def open_paper(self):
        self.ended: dict[int, str] = {}
        # The rows that were last found to be sound; a step that changed none of them is not looked at again.
        self.sound = ""

    def check_paper(self):
        """Where a parcel's life ended it stays."""
        statuses = dict(Parcel.objects.values_list("pk", "status"))
        assert {pk: statuses[pk] for pk in self.ended} == self.ended
        # What a hold's end cancelled may wake again, and nothing else that is over.
        woken = set(ParcelEvent.objects.filter(from_status="cancelled").values_list("parcel", flat=True))
        assert woken <= set(ParcelEvent.objects.filter(note=EXPIRED_NOTE).values_list("parcel", flat=True))
        self.ended |= {pk: status for pk, status in statuses.items() if not ALLOWED[status]}

    @invariant()
    def the_shop_is_sound(self):
        """What `audit_money` asks, and what is on paper."""
        self.played["steps"] += 1
        self.check_paper()
        if self.rows == self.sound:
            return
        assert broken_invariants() == []
        check_attempts()
        check_orders_follow_parcels()
        check_everything_is_told()
        check_two_officers()
        self.sound = self.rows


class OrderMachine(Shopping, Fulfilling, Office, Desk, Paper, RuleBasedStateMachine):
    """Give it a `world`; hypothesis.stateful.run_state_machine_as_test plays it."""

    # A rule about one of the goods, by name, that comes before all others.
    begins_with: ClassVar[str] = ""

    @initialize()
    def let_there_be_customers(self):
        super().let_there_be_customers()
        if self.begins_with:
            getattr(self, self.begins_with)(good=0)


class MoneyMachine(Mishaps, Shopping, Fulfilling, Paying, Disputing, PayingOut, Paper, RuleBasedStateMachine):
    """Orders that wait for money, money that comes and goes, and parcels in between; no office, no shelves: more meets more."""

    methods = ("card", "vietqr", "cod", "vietqr", "card")
    codes = (CODE_OF_SHOP, "", CODE_OF_PRODUCER)
    # Baskets are the other machine's.
    log_in = change = None


def check_attempts():
    """One key, one order: the order of the basket the key was made for."""
    for attempt in CheckoutAttempt.objects.select_related("order"):
        assert (attempt.order is None) == (attempt.state != CheckoutAttempt.State.PLACED)
        assert attempt.order is None or attempt.order.basket_id == attempt.basket_id


def check_orders_follow_parcels():
    """An order's status is what its parcels and its payment say."""
    for order in Order.objects.prefetch_related("parcels", Prefetch("payments", Payment.objects.order_by("pk"))):
        parcels = order.parcels.all()
        came = [parcel.status for parcel in parcels if parcel.delivered_at or parcel.status not in {"returned", "lost"}]
        payment = deciding_payment(attempts=list(order.payments.all()))
        words = {"payment_status": payment.status, "present": order.status, "has_undelivered": len(came) < len(parcels)}
        assert status_from(statuses=came, **words) == order.status


def check_everything_is_told():
    """Each move that somebody waits to hear of has one message; what did not happen has none."""
    keys = set(OutboxMessage.objects.filter(key__startswith="parcel:").values_list("key", flat=True))
    told = {tuple(key.split(":")[1:3]) for key in keys}
    # The end of a hold is told of the whole order.
    moves = ParcelEvent.objects.exclude(note=EXPIRED_NOTE).values_list("parcel_id", "to_status")
    happened = {
        (str(parcel_id), KIND_OF_STATUS[status].removeprefix("parcel_"))
        for parcel_id, status in moves
        if status in KIND_OF_STATUS
    }
    names = {kind.removeprefix("parcel_") for kind in KIND_OF_STATUS.values()}
    assert {(parcel, what) for parcel, what in told if what in names} == happened


def check_two_officers():
    """Nobody signs what they asked for."""
    signed = CertificateActRequest.objects.filter(approved_by__isnull=False)
    assert not [request.pk for request in signed if request.approved_by_id == request.requested_by_id]
