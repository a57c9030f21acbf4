"""Producers, carriers and buyers move parcels, also where they may not."""

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shop.domain.ordering.cancelling import TooLateToCancel, cancel_order, cancel_parcel
from shop.domain.ordering.fulfilling import confirm_parcel, decline_parcel, deliver_parcel, pack_parcel, ship_parcel
from shop.domain.ordering.held_parcels import cancel_held_parcel, release_held_parcel
from shop.domain.ordering.undelivered import come_home, lose_parcel, turn_back
from shop.domain.parcels.models import Parcel
from shop.domain.parcels.transitions import IllegalTransition
from shop.domain.people.actor import SYSTEM

from .stage import WHICH, Stage, all_orders, pick

REFUSED = (IllegalTransition, TooLateToCancel)
MOVES = {
    "confirm": (confirm_parcel, {}),
    "decline": (decline_parcel, {"reason": "Hết hàng"}),
    "pack": (pack_parcel, {}),
    "ship": (ship_parcel, {"carrier": "VNPost", "tracking_number": "EE1"}),
    "deliver": (deliver_parcel, {}),
    "cancel": (cancel_parcel, {"reason": "Đổi ý"}),
    "turn_back": (turn_back, {}),
    "come_home": (come_home, {"restocked": {}}),
    "lose": (lose_parcel, {}),
}


class Fulfilling(Stage):
    """The life of parcels."""

    @precondition(lambda self: self.sold)
    @rule(which=WHICH, move=st.sampled_from(sorted(MOVES)))
    def move_a_parcel(self, which, move):
        do, words = MOVES[move]
        self._to_parcel(do, which, **words)

    @precondition(lambda self: self.sold)
    @rule(which=WHICH)
    def send_off(self, which):
        """The usual way, without a detour."""
        for move in ("confirm", "ship", "deliver"):
            do, words = MOVES[move]
            self._to_parcel(do, which, **words)

    @precondition(lambda self: self.sold)
    @rule(which=WHICH, end=st.sampled_from(("come_home", "lose", "deliver")))
    def send_off_in_vain(self, which, end):
        """The carrier could not deliver it; it comes home, is lost, or was only late."""
        for move in ("confirm", "ship", "turn_back", end):
            do, words = MOVES[move]
            self._to_parcel(do, which, **words)

    @precondition(lambda self: self.sold)
    @rule(which=WHICH, end=st.sampled_from(("cancel", "decline")))
    def change_ones_mind(self, which, end):
        """It is over, and its producer goes on all the same."""
        for move in (end, "confirm"):
            do, words = MOVES[move]
            self._to_parcel(do, which, **words)

    @precondition(lambda self: self.sold)
    @rule(which=WHICH)
    def call_an_order_off(self, which):
        order_id = pick(all_orders(), which)
        self.act(cancel_order, refusals=REFUSED, order_id=order_id, reason="Đổi ý", actor=SYSTEM, now=self.now)

    @precondition(lambda self: self.sold)
    @rule(which=WHICH, goes_on=st.booleans())
    def decide_on_a_held_parcel(self, which, goes_on):
        held = Parcel.objects.filter(status=Parcel.Status.ON_HOLD).order_by("pk").values_list("pk", flat=True)
        do = release_held_parcel if goes_on else cancel_held_parcel
        self._to_parcel(do, which, among=list(held), reason="Đã xem", actor=self.world.officer)

    def _to_parcel(self, do, which, *, among=None, actor=SYSTEM, **words):
        parcels = list(Parcel.objects.order_by("pk").values_list("pk", flat=True)) if among is None else among
        parcel_id = pick(parcels, which)
        if parcel_id is not None:
            self.act(do, refusals=REFUSED, parcel_id=parcel_id, actor=actor, now=self.now, **words)
