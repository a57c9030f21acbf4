"""On anybody's word the shop writes to a mailbox or a phone only so often."""

import pytest
from django.core.cache import cache
from django.test import Client

from shop.access.account_messages import post_phone_code
from shop.domain.notifications.models import OutboxMessage

from .entering import CODE, RESET, SIGNUP, make_known

pytestmark = pytest.mark.django_db

EMAIL, PHONE = "chau@example.vn", "+84912345678"
RESETS = ["account_password_reset", "account_reset_code"]


def _ask_often(address, login, *, times=8, forgets=False):
    """Ask from ever new addresses of the network; with `forgets` Valkey loses what it counted."""
    statuses = []
    for number in range(times):
        if forgets:
            cache.clear()
        statuses.append(Client().post(address, {"login": login}, REMOTE_ADDR=f"10.0.0.{number}").status_code)
    return statuses


@pytest.mark.parametrize("login", [EMAIL, PHONE])
def test_three_resets_an_hour_reach_an_account(login):
    make_known(EMAIL, phone=PHONE, phone_verified=True)

    statuses = _ask_often(RESET, login)

    assert statuses == [302] * 3 + [429] * 5
    assert OutboxMessage.objects.filter(kind__in=RESETS).count() == 3


def test_mailbox_and_phone_of_one_account_share_the_three():
    make_known(EMAIL, phone=PHONE, phone_verified=True)

    _ask_often(RESET, EMAIL, times=2)
    answers = _ask_often(RESET, PHONE, times=3)

    # The page does not say that the two belong together.
    assert answers == [302] * 3
    assert OutboxMessage.objects.filter(kind__in=RESETS).count() == 3


@pytest.mark.parametrize("login", [EMAIL, PHONE, "khong-ai@example.vn"])
def test_the_limit_does_not_live_in_valkey_alone(login):
    make_known(EMAIL, phone=PHONE, phone_verified=True)

    answers = _ask_often(RESET, login, forgets=True)

    assert answers == [302] * 8
    assert OutboxMessage.objects.count() <= 5
    assert OutboxMessage.objects.filter(kind__in=RESETS).count() <= 3


@pytest.mark.parametrize("login", [EMAIL, PHONE, "khong-ai@example.vn", "+84987654321"])
def test_codes_for_logging_in_are_five_an_hour(login):
    make_known(EMAIL, phone=PHONE, phone_verified=True)

    _ask_often(CODE, login)

    assert OutboxMessage.objects.count() == 5


@pytest.mark.parametrize("login", [EMAIL, "moi@example.vn", "+84987654321"])
def test_signing_up_again_and_again_floods_nobody(login):
    make_known(EMAIL)

    _ask_often(SIGNUP, login, forgets=True)

    assert OutboxMessage.objects.count() <= 6


def test_a_neighbours_flood_leaves_others_their_own():
    make_known(EMAIL)
    _ask_often(RESET, "khong-ai@example.vn")

    assert Client().post(RESET, {"login": EMAIL}).status_code == 302
    assert OutboxMessage.objects.filter(recipient=EMAIL).count() == 1


def test_an_hour_later_it_starts_anew():
    for _ in range(12):
        post_phone_code(PHONE, "1234-5678")
    OutboxMessage.objects.update(created_at="2026-01-01T00:00:00Z")

    post_phone_code(PHONE, "8765-4321")

    assert OutboxMessage.objects.count() == 11
