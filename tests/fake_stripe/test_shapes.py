"""Every object, error and request against Stripe's published OpenAPI description (a trimmed copy, tests/vendor)."""

import json
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests.fake_stripe.buying import DECLINED, DISPUTED, FAILING_REFUND, GOOD, SECURE, bought, priced, session_words, turn
from tests.fake_stripe.openapi import NotAsDescribed, check_error, check_object, check_request
from tests.fixtures.stand_in import KEY, client_of

KINDS = ("checkout.session", "payment_intent", "charge", "refund", "dispute", "balance_transaction", "event")


@pytest.fixture
def busy(stand_in):
    """A stand-in on which everything has happened."""
    client = client_of(stand_in)
    _, intent = bought(stand_in, client, GOOD)
    client.v1.refunds.create({"payment_intent": intent.id, "amount": 100_000, "reason": "requested_by_customer"})
    _, failing = bought(stand_in, client, FAILING_REFUND)
    client.v1.refunds.create({"payment_intent": failing.id})
    bought(stand_in, client, DISPUTED)
    dispute = client.v1.disputes.list().data[0]
    turn(stand_in, f"disputes/{dispute.id}/close", won=True)
    for card in (SECURE, DECLINED):
        session = client.v1.checkout.sessions.create(session_words())
        turn(stand_in, f"sessions/{session.id}/pay", card=card)
        client.v1.checkout.sessions.expire(session.id)
    session = client.v1.checkout.sessions.create(session_words())
    turn(stand_in, f"sessions/{session.id}/pay", card=SECURE)
    turn(stand_in, "clock", ahead_seconds=10)
    return stand_in


def test_every_object_is_as_described(busy):
    checked = dict.fromkeys(KINDS, 0)
    for kind in KINDS:
        for thing in busy.account.store.all(kind):
            check_object(thing)
            checked[kind] += 1
            if kind == "event":
                check_object(thing["data"]["object"])

    assert all(checked.values())


def test_expanded_objects_are_as_described(busy):
    expand = ["data.payment_intent.latest_charge.balance_transaction"]
    listed = client_of(busy).v1.checkout.sessions.list({"limit": 100, "expand": expand}).to_dict()

    for session in listed["data"]:
        check_object(session)
    assert any(isinstance(session["payment_intent"], dict) for session in listed["data"])


def test_the_check_would_see_a_field_too_many_or_too_few(busy):
    session = next(busy.account.store.all("checkout.session"))

    with pytest.raises(NotAsDescribed):
        check_object({**session, "colour": "red"})
    with pytest.raises(NotAsDescribed):
        check_object({name: value for name, value in session.items() if name != "payment_status"})
    with pytest.raises(NotAsDescribed):
        check_object({**session, "amount_total": "250000"})


@pytest.mark.parametrize(
    "form",
    [priced(1), {"expires_at": 1}, {"colour": "red"}],
    ids=["amount", "time", "unknown"],
)
def test_refusals_are_as_described(stand_in, form):
    pairs = urllib.parse.urlencode(flat(session_words(**form)))
    request = urllib.request.Request(  # noqa: S310  our own address
        f"{stand_in.base_url}/v1/checkout/sessions", pairs.encode(), {"Authorization": f"Bearer {KEY}"}
    )

    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=5)  # noqa: S310  the same
    with refused.value as answer:
        check_error(json.loads(answer.read()))


def test_requests_are_as_described(busy):
    asked = [request for request in busy.api.requests if request["path"].startswith("/v1/")]

    for request in asked:
        check_request(request["method"], request["path"], urllib.parse.parse_qsl(request["form"]))
    with pytest.raises(NotAsDescribed):
        check_request("POST", "/v1/checkout/sessions", [("colour", "red")])
    assert len(asked) > 10


def flat(value: object, path: str = "") -> dict[str, str]:
    """Nested parameters as a form writes them."""
    if isinstance(value, dict):
        inner = value.items()
    elif isinstance(value, list):
        inner = enumerate(value)
    else:
        return {path: str(value)}
    return {name: text for key, item in inner for name, text in flat(item, f"{path}[{key}]" if path else str(key)).items()}
