"""POST /callbacks/bank/ from the outside: what the bank signed pays its order once, everything else changes nothing."""

import json
import time

import pytest
from django.test import Client

from shop.common import clock
from shop.domain.ordering.hearing import hear_next
from shop.domain.payments.models import BankTransfer, MoneyAlert, WebhookEvent
from shop.operations.invariants import broken_invariants
from tests.factories.transfers import make_transfer, make_transfer_order, movement, open_account, post_feed

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _account(settings):
    open_account(settings)


@pytest.fixture
def bank():
    # CSRF is on, as in the shop: machines have no token.
    return Client(enforce_csrf_checks=True)


def hear_all():
    while hear_next(now=clock.now()):
        pass


def reasons():
    return sorted(MoneyAlert.objects.filter(kind="forged_webhook").values_list("detail__reason", flat=True))


def test_a_signed_movement_pays_its_order_once(bank):
    order = make_transfer_order()
    total = order.payments.get().amount_vnd
    told = movement(amount=total, memo=f"CT DEN {order.number} tu Le Minh Chau")

    answers = [post_feed(bank, told).status_code for _ in range(3)]
    hear_all()

    order.refresh_from_db()
    assert (answers, order.status, BankTransfer.objects.get().state) == ([200] * 3, "paid", "matched")
    assert (MoneyAlert.objects.count(), WebhookEvent.objects.get().state) == (0, "done")
    assert broken_invariants() == []


def test_what_the_payer_wrote_is_kept_with_the_transfer_alone(bank):
    post_feed(bank, movement(memo="Le Minh Chau mua che"))
    hear_all()

    assert BankTransfer.objects.get().memo == "Le Minh Chau mua che"
    assert "Minh Chau" not in json.dumps(WebhookEvent.objects.get().payload)


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"amount": -100_000}, "amount_out_of_range"),
        ({"amount": 0}, "amount_out_of_range"),
        ({"amount": 10**15}, "amount_out_of_range"),
        ({"amount": 100_000.5}, "amount_not_whole"),
        ({"amount": 1e300}, "amount_not_whole"),
        ({"amount": "100000"}, "amount_not_whole"),
        ({"amount": True}, "amount_not_whole"),
        ({"amount": None}, "amount_not_whole"),
        ({"currency": "USD"}, "other_currency"),
        ({"account": "9999999999"}, "other_account"),
        ({"account": None}, "other_account"),
        ({"id": ""}, "unreadable"),
        ({"id": 7}, "unreadable"),
        ({"id": "x" * 65}, "unreadable"),
        ({"memo": None}, "unreadable"),
        ({"memo": "\ud800"}, "unreadable"),
        ({"booked_at": "hôm qua"}, "unreadable"),
        ({"booked_at": 5}, "unreadable"),
        ({"booked_at": "2999-01-01T00:00:00+07:00"}, "booked_in_future"),
    ],
)
def test_a_movement_that_pays_nothing_is_refused_with_a_reason(bank, changes, reason):
    answer = post_feed(bank, movement(**changes))

    assert (answer.status_code, answer.content.decode(), reasons()) == (400, f"refused: {reason}", [reason])
    assert (WebhookEvent.objects.count(), BankTransfer.objects.count()) == (0, 0)


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 40_000, json.dumps(movement()).encode()[:-9]])
def test_a_truncated_body_is_refused(bank, body):
    assert (post_feed(bank, body).status_code, reasons()) == (400, ["unreadable"])


@pytest.mark.parametrize("signature", ["", "0" * 64, "é", "x" * 5000])
def test_a_forged_signature_is_refused(bank, signature):
    assert (post_feed(bank, movement(), signature=signature).status_code, reasons()) == (400, ["forged"])


def test_a_signature_by_another_secret_or_of_another_body_is_refused(bank):
    assert post_feed(bank, movement(), secret="another").status_code == 400
    good = post_feed(bank, movement()).wsgi_request.headers["X-Bank-Signature"]
    assert post_feed(bank, movement(amount=100_001), signature=good).status_code == 400


@pytest.mark.parametrize(("seconds", "status"), [(-290, 200), (290, 200), (-320, 400), (320, 400), (-86_400, 400)])
def test_a_recording_is_refused(bank, seconds, status):
    assert post_feed(bank, movement(), at=int(time.time()) + seconds).status_code == status


@pytest.mark.parametrize("at", ["", "x", "-1", "１２", "9" * 400, "1e9"])
def test_a_time_of_no_sense_is_refused(bank, at):
    assert (post_feed(bank, movement(), at=at).status_code, reasons()) == (400, ["forged"])


def test_a_body_too_long_is_not_read(bank):
    assert (post_feed(bank, b" " * (64 * 1024 + 1)).status_code, reasons()) == (400, ["too_long"])


def test_a_thousand_forgeries_are_one_row_of_work(bank):
    for _ in range(20):
        post_feed(bank, movement(), signature="0")

    assert MoneyAlert.objects.count() == 1


def test_an_id_used_before_stands_for_what_it_stood_for(bank):
    post_feed(bank, movement())
    hear_all()

    answer = post_feed(bank, movement(amount=900_000))
    hear_all()

    assert (answer.status_code, reasons()) == (400, ["other_amount"])
    assert BankTransfer.objects.get().amount_vnd == 100_000


def test_feed_and_statement_that_tell_two_amounts_are_looked_at(bank):
    make_transfer(90_000, reference="FT1")

    post_feed(bank, movement(amount=100_000))
    hear_all()

    alert = MoneyAlert.objects.get(kind="wrong_amount")
    assert (alert.amount_vnd, alert.detail["told_vnd"], BankTransfer.objects.get().amount_vnd) == (90_000, 100_000, 90_000)


def test_a_shop_without_a_feed_says_so_and_keeps_nothing(bank, settings):
    settings.BANK_WEBHOOK_SECRET = ""

    assert post_feed(bank, movement(), secret="").status_code == 503
    assert (MoneyAlert.objects.count(), WebhookEvent.objects.count()) == (0, 0)
    assert bank.get("/callbacks/bank/").status_code == 405


def test_a_report_costs_few_queries(bank, django_assert_num_queries):
    with django_assert_num_queries(2):
        post_feed(bank, movement())
