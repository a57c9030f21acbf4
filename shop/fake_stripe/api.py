"""One request to the API: who asks, what may go wrong, what was asked, what is answered."""

import base64
import json
import re
import time
from collections import deque
from http import HTTPStatus

from .account import API_VERSION, Account
from .charging import settle
from .errors import Refused
from .faults import Fault, Faults, Hangup
from .idempotency import Keys
from .parameters import read_form
from .refunds import fail_refund, succeed_refund
from .routes import ROUTES, expanded
from .sessions import expire_when_due
from .store import PAGE_MAX, new_id

REQUESTS_REMEMBERED = 5000


class Api:
    """The HTTP API without HTTP: `answer` takes a request apart and gives status, headers and body."""

    def __init__(self, account: Account, *, key: str = ""):
        self.account = account
        self.key = key
        self.faults = Faults()
        self.keys = Keys(account)
        # What was asked, for tests that hold it against Stripe's OpenAPI description.
        self.requests: deque[dict] = deque(maxlen=REQUESTS_REMEMBERED)
        account.actions |= {
            "expire": expire_when_due,
            "settle": settle,
            "refund_pending": succeed_refund,
            "refund_failed": fail_refund,
        }

    def answer(self, method: str, path: str, query: str, form: str, headers: dict) -> tuple[int, dict, dict]:
        """Status, headers and body; raises Hangup when there is to be no answer at all."""
        request_id = new_id("req", 14)
        said = {"Request-Id": request_id, "Stripe-Version": headers.get("stripe-version", API_VERSION)}
        text = form if method == "POST" else query
        note = {"method": method, "path": path, "form": text, "key": headers.get("idempotency-key"), "status": 0}
        self.requests.append(note)
        self.account.request.id = request_id
        self.account.request.idempotency_key = headers.get("idempotency-key")
        try:
            self._let_in(headers.get("authorization", ""))
            note["status"], body, is_repeated = self._carry_out(method, path, text, headers.get("idempotency-key", ""))
        except Refused as refusal:
            note["status"], body, is_repeated = refusal.status, refusal.body, False
        if headers.get("idempotency-key"):
            said["Idempotency-Key"] = headers["idempotency-key"]
        return note["status"], said | ({"Idempotent-Replayed": "true"} if is_repeated else {}), body

    def _let_in(self, authorization: str) -> None:
        kind, _, word = authorization.partition(" ")
        if kind.lower() == "basic":
            word = base64.b64decode(word).decode(errors="replace").partition(":")[0]
        if not word:
            raise Refused("You did not provide an API key.", status=HTTPStatus.UNAUTHORIZED)
        if "_live_" in word:
            raise Refused("This is a stand-in for Stripe: it takes no live keys.", status=HTTPStatus.UNAUTHORIZED)
        if not word.startswith(("sk_test_", "rk_test_")) or (self.key and word != self.key):
            raise Refused(f"Invalid API Key provided: {word[:11]}****", status=HTTPStatus.UNAUTHORIZED)

    def _carry_out(self, method: str, path: str, text: str, key: str) -> tuple[int, dict, bool]:
        fault = self.faults.take(method, path)
        if fault and fault.kind == "refuse":
            raise Hangup
        if method == "POST" and key:
            answer = self.keys.answer(key, f"{method} {path} {text}", lambda: self._work(method, path, text, fault))
        else:
            answer = (*self._work(method, path, text, fault), False)
        if fault and fault.kind == "lost":
            raise Hangup
        return answer

    def _work(self, method: str, path: str, text: str, fault: Fault | None) -> tuple[int, dict]:
        if fault and fault.kind == "delay":
            time.sleep(fault.seconds)
        if fault and fault.kind == "error":
            raise fault.error()
        for expected, pattern, shape, carry_out in ROUTES:
            matched = re.fullmatch(pattern, path)
            if matched and expected == method:
                asked = read_form(text, shape)
                if not 1 <= asked.get("limit", 10) <= PAGE_MAX:
                    raise Refused("Invalid limit: it is 1 to 100", param="limit")
                with self.account.lock:
                    self.account.catch_up()
                    done = carry_out(self.account, asked, *matched.groups())
                    body = expanded(self.account, done, asked.get("expand", []))
                break
        else:
            raise Refused(f"Unrecognized request URL ({method}: {path}).", status=HTTPStatus.NOT_FOUND)
        if fault and fault.kind == "error_after":
            raise fault.error()
        return HTTPStatus.OK, json.loads(json.dumps(body))
