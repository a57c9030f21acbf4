"""The office stops and lets go: certificates, producers, and what a worker does afterwards."""

from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule

from shop.domain.certificates import acts
from shop.domain.certificates.act_requests import request_revocation
from shop.domain.certificates.acts import Ground, SecondOfficerMissing
from shop.domain.certificates.annexes.entries import Given
from shop.domain.certificates.models import Certificate
from shop.domain.listings.importing import import_list
from shop.domain.listings.models import Listing
from shop.domain.ordering.certificate_stops import (
    approve_revocation_and_hold,
    cancel_parcels_held_too_long,
    lift_and_resume,
    settle_unfinished_stops,
    suspend_and_hold,
)
from shop.domain.ordering.producer_stops import (
    reinstate_and_resume,
    settle_unfinished_producer_stops,
    terminate_and_cancel,
)
from shop.domain.ordering.producer_stops import suspend_and_hold as stop_producer
from shop.domain.producers.standing import IllegalMove

from .plug import fingerprint
from .stage import WHICH, Stage, pick

REFUSED = (acts.IllegalAct, acts.NotALaterEnd, acts.NotFewerStars, SecondOfficerMissing)
ALONE = {
    "suspend": (suspend_and_hold, {}),
    "lift": (lift_and_resume, {}),
    "downgrade": (acts.downgrade_certificate, {"stars": 3}),
}


class Office(Stage):
    """Certificates, producers, lists."""

    @rule(good=WHICH, act=st.sampled_from(sorted(ALONE)))
    def act_on_a_certificate(self, good, act):
        do, words = ALONE[act]
        is_whole = act == "downgrade"  # the others reach parcels, each order in a transaction of its own
        self.act(do, refusals=REFUSED, is_whole=is_whole, actor=self.world.officer, **self._about(good), **words)

    @rule(good=WHICH)
    def suspend_under_a_buyer(self, good):
        """Between the page and the press of its button (the buyer is `Shopping`'s)."""
        self.begin_a_basket(-1, good, 1)
        if self.baskets:
            self.open_the_order_form(-1)
            self.act_on_a_certificate(good, "suspend")
            self.press_the_button(-1)

    @rule(good=WHICH, days=st.sampled_from((-1, 30, 400)))
    def extend(self, good, days):
        about = self._about(good)
        end = Certificate.objects.values_list("valid_until", flat=True).get(pk=about["certificate_id"])
        until = max(end, self.today) + timedelta(days=days)
        self.act(acts.extend_certificate, refusals=REFUSED, until=until, actor=self.world.officer, **about)

    @rule(good=WHICH, alone=st.booleans(), dangerous=st.booleans())
    def revoke(self, good, alone, dangerous):
        """Two officers sign, or it does not happen."""
        about = self._about(good, is_safety_matter=dangerous)
        request = self.act(request_revocation, refusals=REFUSED, actor=self.world.officer, **about)
        if request is None:
            return
        second = self.world.officer if alone else self.world.colleague
        words = {"request_id": request.pk, "actor": second, "now": self.now}
        self.act(approve_revocation_and_hold, refusals=REFUSED, is_whole=alone, **words)
        if alone:
            stored = Certificate.objects.values_list("stored_state", flat=True).get(pk=about["certificate_id"])
            assert stored != Certificate.State.REVOKED

    def _about(self, good, **ground):
        listing = Listing.objects.get(pk=pick(self.world.listings, good))
        words = Ground("Kiểm tra", self.today, "1/QĐ-VP", **ground)
        return {"certificate_id": listing.certificate_id, "ground": words, "now": self.now}

    @rule(which=WHICH, do=st.sampled_from((stop_producer, reinstate_and_resume)))
    def act_on_a_producer(self, which, do):
        self._to_producer(do, which)

    @precondition(lambda self: self.changes > 15)
    @rule(which=WHICH)
    def end_a_producer(self, which):
        self._to_producer(terminate_and_cancel, which)

    def _to_producer(self, do, which):
        words = {"reason": "Thanh tra", "actor": self.world.officer, "now": self.now}
        self.act(do, refusals=(IllegalMove,), is_whole=False, producer_id=pick(sorted(self.world.owners), which), **words)

    @rule()
    def a_worker_looks_after_things(self):
        """What the scheduler rings for: the rest of what a dying process left, and holds that lasted too long."""
        for do in (settle_unfinished_stops, settle_unfinished_producer_stops, cancel_parcels_held_too_long):
            self.act(do, is_whole=False, now=self.now)

    @rule(which=WHICH)
    def bring_a_list(self, which):
        """In whole or not at all, and a second time for nothing."""
        path = pick(self.world.lists, which)
        before = fingerprint()
        outcome = self.act(import_list, path=path, given=Given(), now=self.now)
        if outcome is None:
            return
        assert not outcome.is_refused or fingerprint() == before
        after = fingerprint()
        import_list(path=path, given=Given(), now=self.now)
        assert fingerprint() == after
