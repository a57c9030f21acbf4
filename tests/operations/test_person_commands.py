"""The same acts as on the account's pages, from the keyboard."""

import json

import pytest
from django.core.management import CommandError, call_command

from shop.common import clock
from shop.domain.audit_log.models import AuditEntry
from shop.domain.ordering.cancelling import cancel_order
from shop.domain.people.actor import SYSTEM
from tests.factories import make_listing, make_officer, make_order, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return make_officer(email="can-bo@example.vn")


def cancel(order):
    cancel_order(order_id=order.pk, reason="", actor=SYSTEM, now=clock.now())


def test_export_prints_one_json_object_and_is_recorded(officer, capsys):
    make_user("an@example.vn", phone="+84912000111")

    call_command("export_person", "0912 000 111", by="can-bo@example.vn")

    data = json.loads(capsys.readouterr().out)
    assert data["account"][0]["email"] == "an@example.vn"
    assert AuditEntry.objects.get(action="person.exported").actor_id == officer.pk


def test_erase_forgets_or_waits(officer, capsys):
    user = make_user("an@example.vn")
    order = make_order((make_listing(stock=3), 1), owner=user)

    call_command("erase_person", "an@example.vn", by="can-bo@example.vn")
    assert "waits" in capsys.readouterr().out
    cancel(order)
    call_command("erase_person", "an@example.vn", by="can-bo@example.vn")

    assert capsys.readouterr().out == f"person {user.pk}: erased\n"
    order.refresh_from_db()
    assert (order.buyer_name, order.buyer_phone) == ("", "")


def test_a_guest_is_found_by_order_and_contact_only(officer, capsys):
    order = make_order((make_listing(stock=3), 1))
    cancel(order)

    for contact in ("ai-do@example.vn", "0987 000 000", "không phải số"):
        with pytest.raises(CommandError, match="No guest's order"):
            call_command("erase_person", order=order.number, contact=contact, by="can-bo@example.vn")
    call_command("erase_person", order=order.number.lower(), contact="0912 345 678", by="can-bo@example.vn")

    assert capsys.readouterr().out.endswith(": erased\n")


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ({"login": "khong-co@example.vn"}, "Nobody has the login"),
        ({}, "Name a login"),
        ({"login": "an@example.vn", "order": "OC-1"}, "Name a login"),
        ({"order": "OC-1"}, "Name a login"),
    ],
)
def test_what_is_wrong_is_said(officer, arguments, sentence):
    words = [arguments["login"]] if "login" in arguments else []
    options = {name: value for name, value in arguments.items() if name != "login"}
    with pytest.raises(CommandError, match=sentence):
        call_command("export_person", *words, by="can-bo@example.vn", **options)


def test_only_the_office_gives_these_commands():
    make_user("an@example.vn")
    with pytest.raises(CommandError, match="not the login of an officer"):
        call_command("erase_person", "an@example.vn", by="an@example.vn")


def test_an_officer_is_not_erased(officer):
    with pytest.raises(CommandError, match="still works here"):
        call_command("erase_person", "can-bo@example.vn", by="can-bo@example.vn")
