"""What Stripe does not have: knobs for tests and demonstrations, under /_stand_in/ and in JSON."""

import re
from collections.abc import Callable

from .api import Api
from .disputes import close_dispute, open_dispute
from .errors import Refused
from .faults import Fault
from .hosted import tell_bank, try_card
from .refunds import fail_refund
from .webhooks import Deliveries, Manner


class Control:
    """Each knob is a method and a path; the answer is JSON."""

    def __init__(self, api: Api, deliveries: Deliveries):
        self.api = api
        self.account = api.account
        self.deliveries = deliveries
        self.knobs: tuple[tuple[str, str, Callable[..., dict]], ...] = (
            ("GET", "state", self.state),
            ("GET", "requests", self.requests),
            ("POST", "faults", self.add_fault),
            ("DELETE", "faults", self.clear_faults),
            ("POST", "webhooks", self.change_deliveries),
            ("POST", "webhooks/again", self.send_again),
            ("POST", "clock", self.move_clock),
            ("POST", r"sessions/(\w+)/pay", self.pay),
            ("POST", "disputes", self.open_dispute),
            ("POST", r"disputes/(\w+)/close", self.close_dispute),
            ("POST", r"refunds/(\w+)/fail", self.fail_refund),
        )

    def answer(self, method: str, path: str, asked: dict) -> dict:
        """Turn one knob."""
        for expected, pattern, turn in self.knobs:
            matched = re.fullmatch(f"/_stand_in/{pattern}", path)
            if matched and method == expected:
                with self.account.lock:
                    self.account.catch_up()
                    return turn(asked, *matched.groups())
        raise Refused(f"The stand-in has no such knob: {method} {path}", status=404)

    def state(self, asked: dict) -> dict:  # noqa: ARG002  every knob has it
        """How much of everything there is, and how many deliveries are under way."""
        kinds = ("checkout.session", "payment_intent", "charge", "refund", "dispute", "event")
        counts = {kind: sum(1 for _ in self.account.store.all(kind)) for kind in kinds}
        return {"counts": counts, "deliveries_waiting": self.deliveries.waiting(), "now": self.account.now()}

    def requests(self, asked: dict) -> dict:  # noqa: ARG002  every knob has it
        """What the API was asked, the oldest first."""
        return {"requests": list(self.api.requests)}

    def add_fault(self, asked: dict) -> dict:
        """`{"kind": "lost", "path": "/v1/refunds", "times": 2}`; see faults.py."""
        self.api.faults.add(Fault(**asked))
        return {}

    def clear_faults(self, asked: dict) -> dict:  # noqa: ARG002  every knob has it
        """No more misfortunes."""
        self.api.faults.clear()
        return {}

    def change_deliveries(self, asked: dict) -> dict:
        """`{"copies": 3, "shuffle_seconds": 2, "delay_seconds": 0, "is_paused": false}`; what is left out is as at the start."""
        self.deliveries.manner = Manner(**asked)
        self.deliveries.hurry()
        return {}

    def send_again(self, asked: dict) -> dict:
        """Deliver events once more: all, or those named in `{"events": [...]}`."""
        wanted = asked.get("events")
        events = [event for event in self.account.store.all("event") if wanted is None or event["id"] in wanted]
        for event in events:
            self.deliveries.send(event)
        return {"sent": len(events)}

    def move_clock(self, asked: dict) -> dict:
        """`{"ahead_seconds": 3600}`: the stand-in lives an hour ahead."""
        self.account.ahead_seconds = asked["ahead_seconds"]
        self.account.catch_up()
        return {"now": self.account.now()}

    def pay(self, asked: dict, session_id: str) -> dict:
        """`{"card": "4242…", "answer": "approve"}`: what a buyer does on the hosted page, without the page."""
        session = self.account.store.get("checkout.session", session_id)
        if session["status"] != "open":
            raise Refused(f"This Session is {session['status']}.")
        intent = try_card(self.account, session, asked.get("card", "4242424242424242"), asked.get("email"))
        if intent is None:
            raise Refused("This is no test card.")
        if intent["status"] == "requires_action" and "answer" in asked:
            intent = tell_bank(self.account, session, approved=asked["answer"] == "approve")
        return intent

    def open_dispute(self, asked: dict) -> dict:
        """`{"charge": "ch_…", "amount": 100000, "reason": "fraudulent"}`; a payment_intent will do as well."""
        if "payment_intent" in asked:
            asked["charge"] = self.account.store.get("payment_intent", asked["payment_intent"])["latest_charge"]
        charge = self.account.store.get("charge", asked["charge"])
        amount = asked.get("amount", charge["amount"])
        return open_dispute(self.account, charge, amount=amount, reason=asked.get("reason", "fraudulent"))

    def close_dispute(self, asked: dict, dispute_id: str) -> dict:
        """`{"won": true}`."""
        return close_dispute(self.account, self.account.store.get("dispute", dispute_id), won=asked["won"])

    def fail_refund(self, asked: dict, refund_id: str) -> dict:  # noqa: ARG002  every knob has it
        """The bank sends a refund back."""
        fail_refund(self.account, refund_id)
        return self.account.store.get("refund", refund_id)
