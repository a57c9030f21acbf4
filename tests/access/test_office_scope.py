"""Every address of the office's desk by an officer of another place: what lies elsewhere is not there and stays as it is."""

import pytest
from django.test import Client
from django.urls import reverse

from shop.access.matrix import list_addresses
from shop.domain.audit_log.models import AuditEntry
from tests.factories import make_commune, make_officer, make_province
from tests.factories.logins import log_in

from .samples import arguments_of
from .world import CANARIES, make_world

pytestmark = pytest.mark.django_db

DESK = [address for address in list_addresses() if address.name.startswith("office_desk:")]
THINGS = [address for address in DESK if "<" in address.pattern]
ROOMS = [address for address in DESK if "<" not in address.pattern]
# What the certificates, producers and goods of the world are called; they lie in the province 19.
NAMES = (*CANARIES[:2], "HTX Chè Tân Cương", "Chè Tân Cương")


def _desk_of(place):
    if place == "province":
        return log_in(Client(), make_officer(scope="province", province=make_province("68")), second_factor=True)
    commune = make_commune()
    return log_in(Client(), make_officer(scope="commune", commune=commune, province=commune.province), second_factor=True)


def _first_way(address, world):
    """What lies in the place; of some addresses there are only things that nobody may have."""
    return next(iter(arguments_of(address.name, world).values()))


def _answers(client, world, addresses):
    for address in addresses:
        kwargs = _first_way(address, world) if address in THINGS else {}
        for method in address.row.methods:
            path = reverse(address.name, kwargs=kwargs)
            yield method, path, getattr(client, method.lower())(path)


@pytest.mark.parametrize("place", ["province", "commune"])
def test_things_of_another_place_are_not_there(place):
    world, client = make_world(), _desk_of(place)
    before = AuditEntry.objects.exclude(action="access.refused").count()

    found = [f"{method} {path}: {answer.status_code}" for method, path, answer in _answers(client, world, THINGS)]

    assert [one for one in found if not one.endswith(" 404")] == []
    assert AuditEntry.objects.exclude(action="access.refused").count() == before


@pytest.mark.parametrize("place", ["province", "commune"])
def test_rooms_and_files_name_nothing_of_another_place(place):
    world, client = make_world(), _desk_of(place)

    shown = {path: b"".join(answer) if answer.streaming else answer.content for _, path, answer in _answers(client, world, ROOMS)}

    assert {path: name for path, body in shown.items() for name in NAMES if name.encode() in body} == {}


def test_the_officer_of_the_place_finds_them():
    """Or the tests above would also pass with every door shut."""
    world = make_world()
    client = log_in(Client(), make_officer(scope="province", province=make_province("19")), second_factor=True)

    opened = {path for method, path, answer in _answers(client, world, THINGS) if method == "GET" and answer.status_code == 200}
    rooms = b"".join(answer.content for _, _, answer in _answers(client, world, ROOMS) if not answer.streaming)

    assert len(opened) >= 6
    assert "HTX Chè Tân Cương".encode() in rooms
