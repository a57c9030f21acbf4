"""Whoever asks learns nothing about who has an account: the same answer, after the same work.

Time is what the work costs, so the work is counted: hashes (a tenth of a second each), messages written, and queries.
"""

import re
from unittest import mock

import pytest
from django.contrib.auth import hashers
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from shop.domain.notifications.models import OutboxMessage
from shop.domain.people.models import User

from .entering import CODE, LOGIN, RESET, SIGNUP, make_known

pytestmark = pytest.mark.django_db

KNOWN = {"email": "chau@example.vn", "phone": "+84912345678"}
UNKNOWN = {"email": "moi@example.vn", "phone": "+84987654321"}
PASSWORD = "Cua-Toi-2026"
# Half a millisecond each; the bound of the threat model is 20 ms.
FEW_QUERIES = 12
QUESTIONS = {
    "sign-up": (SIGNUP, {"password1": PASSWORD}),
    "sign-up without a password": (SIGNUP, {}),
    "log-in": (LOGIN, {"password": PASSWORD}),
    "code": (CODE, {}),
    "reset": (RESET, {}),
}


def _ask(question, login):
    """Returns what a visitor sees and what it cost."""
    address, fields = QUESTIONS[question]
    client = Client()
    client.get(address)
    cache.clear()
    messages_before = OutboxMessage.objects.count()
    with (
        CaptureQueriesContext(
            connection,
        ) as queries,
        mock.patch.object(hashers.MD5PasswordHasher, "encode", autospec=True, side_effect=_encode) as hashed,
    ):
        response = client.post(address, {"login": login, **fields})
    page = client.get(response.url) if response.status_code == 302 else response
    return {
        "answer": (response.status_code, response.get("Location"), _text(page, login)),
        "hashes": hashed.call_count,
        "messages": OutboxMessage.objects.count() - messages_before,
        "queries": len(queries),
    }


_encode = hashers.MD5PasswordHasher.encode


def _text(page, login):
    written = re.sub(r'value="[^"]{30,}"', "", page.content.decode())
    national = f"0{login[3:6]} {login[6:9]} {login[9:]}"
    return written.replace(login, "…").replace(national, "…")


@pytest.mark.parametrize("by", ["email", "phone"])
@pytest.mark.parametrize("question", QUESTIONS)
def test_known_and_unknown_get_the_same_answer_after_the_same_work(question, by):
    make_known(KNOWN["email"])
    make_known(phone=KNOWN["phone"], phone_verified=True)

    known, unknown = _ask(question, KNOWN[by]), _ask(question, UNKNOWN[by])

    assert known["answer"] == unknown["answer"]
    assert (known["hashes"], known["messages"]) == (unknown["hashes"], unknown["messages"])
    assert abs(known["queries"] - unknown["queries"]) <= FEW_QUERIES


def test_an_account_without_a_password_costs_a_guess_as_much_as_any_other():
    person = make_known(KNOWN["email"])
    person.set_unusable_password()
    person.save()

    assert _ask("log-in", KNOWN["email"])["hashes"] == _ask("log-in", UNKNOWN["email"])["hashes"] == 1


@pytest.mark.parametrize("by", ["email", "phone"])
@pytest.mark.parametrize("question", ["sign-up", "code", "reset"])
def test_a_wrong_code_is_answered_alike(question, by):
    make_known(KNOWN["email"])
    make_known(phone=KNOWN["phone"], phone_verified=True)
    address, fields = QUESTIONS[question]

    def guess(login):
        client = Client()
        asked = client.post(address, {"login": login, **fields})
        return [(page.status_code, page.get("Location"), _text(page, login)) for page in _three_guesses(client, asked.url)]

    assert guess(KNOWN[by]) == guess(UNKNOWN[by])


def _three_guesses(client, address):
    return [client.post(address, {"code": "0000-0000"}) for _ in range(3)]


def test_a_strangers_second_sign_up_makes_no_second_account():
    Client().post(SIGNUP, {"login": UNKNOWN["email"]})
    cache.clear()

    Client().post(SIGNUP, {"login": UNKNOWN["email"]})

    assert User.objects.count() == 1
    assert list(OutboxMessage.objects.order_by("pk").values_list("kind", flat=True)) == ["account_code", "account_exists"]
