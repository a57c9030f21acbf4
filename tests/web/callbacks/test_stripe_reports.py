"""POST /callbacks/stripe/ from the outside: what Stripe signed is written down, everything else changes nothing."""

import hashlib
import hmac
import json
import random
import time
from datetime import timedelta

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.payments.inbox import oldest_unprocessed_age
from shop.domain.payments.models import MoneyAlert, WebhookEvent
from shop.web.callbacks.refusing import count_refused

pytestmark = pytest.mark.django_db
PATH = "/callbacks/stripe/"
NEW, OLD = "whsec_new", "whsec_old"


@pytest.fixture(autouse=True)
def _configured(settings):
    settings.STRIPE_SECRET_KEY = "sk_test_x"
    settings.STRIPE_WEBHOOK_SECRETS = [NEW, OLD]


def event_text(number=1, **changed):
    about = {"id": f"cs_test_{number}", "object": "checkout.session"}
    event = {"id": f"evt_{number}", "type": "checkout.session.completed", "livemode": False, "data": {"object": about}}
    return json.dumps(event | changed).encode()


def signed(body, secret=NEW, at=None):
    at = int(time.time()) if at is None else at
    digest = hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={at},v1={digest}"


# CSRF is on, as in the shop: machines have no token. One client for all: each loads the whole shop anew.
STRIPE = Client(enforce_csrf_checks=True)


def post(body, header):
    return STRIPE.post(PATH, body, content_type="application/json", headers={"Stripe-Signature": header} if header else {})


def test_a_signed_report_is_written_down_once(settings):
    for _ in range(3):
        assert post(event_text(), signed(event_text())).status_code == 200

    event = WebhookEvent.objects.get()
    assert (event.provider, event.event_id, event.object_id, event.state) == ("stripe", "evt_1", "cs_test_1", "new")
    assert event.payload["type"] == event.type == "checkout.session.completed"


def test_both_secrets_are_good_while_one_is_being_replaced(settings):
    body = event_text()
    assert [post(body, signed(body, secret)).status_code for secret in (NEW, OLD, "whsec_other")] == [200, 200, 400]

    settings.STRIPE_WEBHOOK_SECRETS = [NEW]
    assert post(body, signed(body, OLD)).status_code == 400


@pytest.mark.parametrize(("seconds", "status"), [(0, 200), (-290, 200), (-310, 400), (-86_400, 400)])
def test_a_recording_is_refused(seconds, status):
    body = event_text()

    assert post(body, signed(body, at=int(time.time()) + seconds)).status_code == status


@pytest.mark.parametrize(
    "header", ["", "t=1", "v1=abc", "t=x,v1=y", "t=1,v1=é", "garbage", "t=9999999999,v1=", "=" * 5000, "t=,v1="]
)
def test_a_header_of_no_sense_is_refused(header):
    assert post(event_text(), header).status_code == 400
    assert WebhookEvent.objects.count() == 0


@pytest.mark.parametrize(
    "body",
    [b"", b"{", b"[]", b"null", b"7", b'{"id": 1}', b"\xff\xfe", b'{"id":"e","type":"x","livemode":false,"data":{"object":[]}}'],
)
def test_a_signed_text_of_no_sense_is_refused(body):
    assert post(body, signed(body)).status_code == 400
    assert WebhookEvent.objects.count() == 0


def test_a_truncated_or_altered_report_is_refused():
    body = event_text()

    assert post(body[:-1], signed(body)).status_code == 400
    assert post(body.replace(b"evt_1", b"evt_2"), signed(body)).status_code == 400
    assert WebhookEvent.objects.count() == 0


def test_a_letter_the_database_does_not_know_is_left_out():
    body = event_text(note="a\u0000b")

    assert post(body, signed(body)).status_code == 200
    assert WebhookEvent.objects.get().payload["note"] == "ab"


def test_too_long_a_report_is_refused():
    body = event_text(note="x" * 600_000)

    assert post(body, signed(body)).status_code == 400


def test_a_thousand_forgeries_change_nothing_and_are_one_row_of_work():
    luck = random.Random(1)  # noqa: S311  forgeries, not secrets
    statuses = set()
    for number in range(1000):
        body = bytearray(event_text(number))
        header = signed(bytes(body), luck.choice([NEW, OLD, "whsec_x"]), at=int(time.time()) - luck.choice([0, 0, 4000]))
        body[luck.randrange(len(body))] ^= 1 << luck.randrange(7)
        statuses.add(post(bytes(body), header).status_code)

    assert statuses == {400}
    assert WebhookEvent.objects.count() == 0
    assert count_refused() == 1000
    assert set(MoneyAlert.objects.values_list("kind", flat=True)) == {"forged_webhook"}
    assert MoneyAlert.objects.count() <= 3


@pytest.mark.parametrize(("key", "is_live"), [("sk_test_x", True), ("sk_live_x", False)])
def test_the_other_mode_is_told_to_the_office_and_not_done(settings, key, is_live):
    settings.STRIPE_SECRET_KEY = key
    body = event_text(livemode=is_live)

    assert post(body, signed(body)).status_code == 200
    assert WebhookEvent.objects.count() == 0
    assert MoneyAlert.objects.get().kind == "wrong_mode"


def test_a_shop_without_cards_believes_nobody(settings):
    settings.STRIPE_WEBHOOK_SECRETS = []

    assert post(event_text(), signed(event_text(), "")).status_code == 400
    assert MoneyAlert.objects.count() == 0


def test_only_posts_are_taken():
    assert Client().get(PATH).status_code == 405


def test_an_old_report_nobody_does_makes_the_shop_unready(client):
    body = event_text()
    post(body, signed(body))
    assert client.get("/readyz").json()["checks"]["webhooks"] == "ok"

    WebhookEvent.objects.update(received_at=clock.now() - timedelta(minutes=6))
    answer = client.get("/readyz")
    assert (answer.status_code, "oldest unprocessed webhook" in answer.json()["checks"]["webhooks"]) == (503, True)

    WebhookEvent.objects.update(attempts=1, last_error="unknown: cs_test_1")
    assert oldest_unprocessed_age(now=clock.now()) is None


def test_refusals_and_reports_are_among_the_figures(client):
    post(event_text(), signed(event_text()))
    post(event_text(), "t=1,v1=0")

    text = client.get("/metrics").content.decode()
    assert 'shop_webhooks{state="new"} 1.0' in text
    assert "shop_webhooks_refused 1.0" in text
