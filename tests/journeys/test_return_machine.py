"""Everything that can happen to delivered parcels on their way back, at random, with the plug pulled in between."""

from collections import Counter
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from shop.common import clock
from shop.domain.ordering import closing
from shop.domain.ordering.closing import close_due_parcels
from shop.domain.ordering.refunding import RefundNotOpen, settle_by_hand, submit_due_refunds
from shop.domain.ordering.return_clock import settle_silent_returns
from shop.domain.ordering.return_deciding import Decision, GoodsAreThere, WrongAmount, decide_return
from shop.domain.ordering.return_moves import ReturnNotOpen, WordsMissing
from shop.domain.ordering.returning import (
    NotReturnable,
    Wanted,
    WrongUnits,
    accept_return,
    answer_refusal,
    ask_return,
    contest_return,
    dispute_return,
    receive_return,
    refuse_return,
    send_back,
    withdraw_return,
)
from shop.domain.parcels.models import Parcel
from shop.domain.payments.models import Refund
from shop.domain.people.actor import SYSTEM
from shop.domain.returns.models import OPEN_STATES, ReturnRequest
from shop.operations.invariants import broken_invariants
from tests.factories import make_listing, make_producer
from tests.factories.ledger import make_rate, make_rule
from tests.factories.returns import make_delivered
from tests.journeys.order_machine.stage import WHICH, Stage, pick
from tests.journeys.order_machine.world import BEGIN, World

pytestmark = pytest.mark.django_db
REFUSALS = (NotReturnable, WrongUnits, ReturnNotOpen, WordsMissing, WrongAmount, GoodsAreThere)
REASONS = st.sampled_from(("damaged", "other"))
STEPS = {
    "accept": (accept_return, {}),
    "refuse": (refuse_return, {"refusal": "Gói đã mở"}),
    "answer": (answer_refusal, {"words": "Rách sẵn"}),
    "withdraw": (withdraw_return, {}),
    "dispute": (dispute_return, {"dispute": "Nhờ xem ảnh"}),
    "contest": (contest_return, {"words": "Hộp rỗng"}),
    "send": (send_back, {"tracking_number": "VT1"}),
}
# What has to have happened, or the game proved nothing.
MUST_HAPPEN = {"ask_return", "send_back", "receive_return", "decide_return", "plug pulled"}
LEAST_STEPS = 250
PLAYED = settings(
    deadline=None,
    database=None,
    derandomize=True,
    max_examples=6,
    stateful_step_count=40,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


class ReturnMachine(Stage, RuleBasedStateMachine):
    """Give it a `world`."""

    def open_paper(self):
        self.over: dict[int, str] = {}

    @rule(which=WHICH, units=st.integers(0, 3), other_units=st.integers(0, 2), reason=REASONS)
    def ask(self, which, units, other_units, reason):
        parcel = Parcel.objects.get(pk=pick(list(Parcel.objects.order_by("pk").values_list("pk", flat=True)), which))
        lines = parcel.lines.order_by("pk").values_list("pk", flat=True)
        wanted = Wanted(dict(zip(lines, (units, other_units), strict=True)), reason)
        self._act(ask_return, parcel_id=parcel.pk, form_key=uuid4(), wanted=wanted)

    @rule(which=WHICH, step=st.sampled_from(sorted(STEPS)))
    def take_a_step(self, which, step):
        act, words = STEPS[step]
        self._to_return(act, which, **words)

    @rule(which=WHICH, restocked=st.integers(0, 2))
    def bring_home(self, which, restocked):
        """The usual way, without a detour."""
        for step in ("accept", "send"):
            act, words = STEPS[step]
            self._to_return(act, which, **words)
        found = self._find(which)
        if found is not None:
            units = {back.line_id: restocked for back in found.lines.all()}
            self._act(receive_return, return_id=found.pk, restocked=units)

    @rule(which=WHICH, verdict=st.sampled_from(("goods_back", "full", "part", "none")), is_borne_by_shop=st.booleans())
    def decide(self, which, verdict, is_borne_by_shop):
        for step in ("refuse", "dispute"):
            act, words = STEPS[step]
            self._to_return(act, which, **words)
        decision = Decision(verdict, "Đã xem", 40_001, is_borne_by_shop)
        self._to_return(decide_return, which, decision=decision)

    @rule(which=WHICH)
    def an_hour_strikes(self, which):
        """Clocks, closing, and a person at the bank."""
        for work in (settle_silent_returns, close_due_parcels, submit_due_refunds):
            self.act(work, is_whole=False, now=self.now)
        waiting = list(Refund.objects.filter(status=Refund.Status.MANUAL).order_by("pk").values_list("pk", flat=True))
        if waiting:
            words = {"refund_id": pick(waiting, which), "bank_reference": "FT1", "actor": SYSTEM, "now": self.now}
            self.act(settle_by_hand, refusals=(RefundNotOpen,), **words)

    @invariant()
    def the_shop_is_sound(self):
        self.played["steps"] += 1
        assert broken_invariants() == []
        states = dict(ReturnRequest.objects.values_list("pk", "state"))
        assert {pk: states[pk] for pk in self.over} == self.over, "what is over stays over"
        self.over |= {pk: state for pk, state in states.items() if state not in OPEN_STATES}

    def _find(self, which):
        return pick(list(ReturnRequest.objects.order_by("pk")), which)

    def _to_return(self, act, which, **words):
        found = self._find(which)
        if found is not None:
            self._act(act, return_id=found.pk, **words)

    def _act(self, act, **words):
        self.act(act, refusals=REFUSALS, actor=SYSTEM, now=self.now, **words)


@pytest.fixture
def machine(monkeypatch):
    """Four parcels of two lines, paid in cash, of a household whose tax is withheld."""
    world = World(now=BEGIN, buyers=[], officer=SYSTEM, colleague=SYSTEM)
    monkeypatch.setattr(clock, "now", lambda: world.now)
    make_rule(7)
    make_rate(1, "0.5")
    household = make_producer("Hộ Bánh", kind="household_business", legal_form="household")
    pie, tea = (
        make_listing(name, producer=household, price_vnd=price, stock=60) for name, price in (("Bánh", 45_500), ("Trà", 85_000))
    )
    for carrier_is_own in range(4):
        make_delivered((pie, 3), (tea, 1 + carrier_is_own % 2))
    return type("Machine", (ReturnMachine,), {"world": world, "played": Counter()})


def test_the_books_stay_right_whatever_comes_back(machine):
    for number in count(1):
        if machine.played["steps"] >= LEAST_STEPS:
            break
        run_state_machine_as_test(seed(number)(machine), settings=settings(PLAYED, derandomize=False))

    assert set(machine.played) >= MUST_HAPPEN


def test_a_closing_that_does_not_look_at_returns_is_found_out(machine, monkeypatch):
    monkeypatch.setattr(closing, "open_returns", ReturnRequest.objects.none)
    game = machine()
    try:
        game.ask(0, 1, 0, "damaged")
        game.wait(24 * 8)
        game.an_hour_strikes(0)

        with pytest.raises(AssertionError, match="a parcel is not cleared while a return of it is open"):
            game.the_shop_is_sound()
    finally:
        game.teardown()
