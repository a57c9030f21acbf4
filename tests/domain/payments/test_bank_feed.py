"""What the bank's feed tells is believed to its last second and đồng, and refused by one word beyond it."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta

import pytest

from shop.common import clock
from shop.common.clock import SHOP_TIME_ZONE
from shop.domain.payments.bank_feed import LARGEST_MOVEMENT_VND, FeedRefused, check_signature, read_movement, sign
from tests.factories.transfers import SECRET, open_account

AT = clock.now().replace(microsecond=0)
STAMP = str(int(AT.timestamp()))


@pytest.fixture(autouse=True)
def _account(settings):
    open_account(settings)


def told(**changes):
    values = {"id": "FT1", "amount": 1, "currency": "VND", "memo": " mua che ", "account": "1017595600"}
    return json.dumps(values | {"booked_at": AT.isoformat()} | changes).encode()


def refusal(act, **words):
    with pytest.raises(FeedRefused) as refused:
        act(**words)
    return str(refused.value)


def read(**changes):
    return read_movement(body=told(**changes), at=AT)


def test_a_signature_is_an_hmac_of_stamp_and_body():
    expected = hmac.new(SECRET.encode(), b"12.x", hashlib.sha256).hexdigest()

    assert sign(body=b"x", timestamp="12", secret=SECRET) == expected


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_a_signed_report_is_believed_for_five_minutes(seconds):
    signature = sign(body=b"x", timestamp=STAMP, secret=SECRET)
    words = {"body": b"x", "timestamp": STAMP, "signature": signature}

    check_signature(**words, at=AT + timedelta(seconds=seconds))
    late = timedelta(seconds=301 if seconds >= 0 else -301)
    assert refusal(check_signature, **words, at=AT + late) == "stale"
    assert refusal(check_signature, **words | {"body": b"y"}, at=AT) == "forged"
    assert refusal(check_signature, **words | {"signature": "é"}, at=AT) == "forged"


@pytest.mark.parametrize("stamp", ["", "12x", "-12", "٣٣", "1" * 11])
def test_a_stamp_is_a_number_of_seconds(stamp):
    signature = sign(body=b"x", timestamp=stamp, secret=SECRET)

    assert refusal(check_signature, body=b"x", timestamp=stamp, signature=signature, at=AT) == "forged"


def test_the_last_second_that_has_ten_digits_is_only_stale():
    signature = sign(body=b"x", timestamp="9" * 10, secret=SECRET)

    assert refusal(check_signature, body=b"x", timestamp="9" * 10, signature=signature, at=AT) == "stale"


def test_a_movement_is_read_word_by_word():
    assert read() == {"id": "FT1", "amount": 1, "memo": "mua che", "booked_at": AT.isoformat()}
    assert read(amount=LARGEST_MOVEMENT_VND)["amount"] == LARGEST_MOVEMENT_VND
    assert read(id="x" * 64, memo="")["id"] == "x" * 64
    assert read(memo="m" * 300)["memo"] == "m" * 255
    assert read(memo="a\0b", id="F\0T")["memo"] == "ab"
    assert read(booked_at="2026-11-20T09:00:00")["booked_at"] == datetime(2026, 11, 20, 9, tzinfo=SHOP_TIME_ZONE).isoformat()
    assert read(booked_at=(AT + timedelta(days=1)).isoformat())["amount"] == 1


@pytest.mark.parametrize(
    ("changes", "word"),
    [
        ({"amount": 0}, "amount_out_of_range"),
        ({"amount": LARGEST_MOVEMENT_VND + 1}, "amount_out_of_range"),
        ({"amount": True}, "amount_not_whole"),
        ({"id": "x" * 65}, "unreadable"),
        ({"id": " "}, "unreadable"),
        ({"memo": None}, "unreadable"),
        ({"memo": "\ud800"}, "unreadable"),
        ({"booked_at": None}, "unreadable"),
        ({"booked_at": (AT + timedelta(days=1, seconds=1)).isoformat()}, "booked_in_future"),
        ({"currency": "vnd"}, "other_currency"),
        ({"account": "1017595601"}, "other_account"),
    ],
)
def test_what_is_odd_is_refused_by_one_word(changes, word):
    assert refusal(read, **changes) == word


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"\xff", b"[" * 100_000])
def test_what_is_no_movement_at_all_is_unreadable(body):
    assert refusal(read_movement, body=body, at=AT) == "unreadable"


def test_a_shop_without_an_account_is_told_of_nobody_s_money(settings):
    settings.VIETQR_ACCOUNT = ""

    assert refusal(read, account="") == "other_account"
