"""The access matrix is complete and is published as promised."""

import json

from django.core.management import call_command

from shop.access.declare import ROLES
from shop.access.matrix import list_addresses

METHODS = {"GET", "POST"}


def test_every_address_has_a_row():
    assert [f"{address.pattern} ({address.name})" for address in list_addresses() if address.row is None] == []


def test_a_row_names_known_roles_and_methods_and_writes_by_methods_it_has():
    for address in list_addresses():
        row = address.row
        assert set(row.roles) <= set(ROLES), address.pattern
        assert row.roles or address.name.endswith(("_add", "_delete")), address.pattern
        assert set(row.methods) <= METHODS, address.pattern
        assert set(row.writes) <= set(row.methods) - {"GET"}, address.pattern


def test_no_address_with_somebodys_object_is_open_without_an_owner_rule():
    desk = [address for address in list_addresses() if address.name.startswith("producer_desk:") and "<" in address.pattern]

    assert [address.pattern for address in desk if not address.row.owner] == []
    assert desk != []


def test_list_urls_prints_the_published_json(capsys):
    call_command("list_urls", "--json")

    lines = json.loads(capsys.readouterr().out)

    assert {
        "pattern": "/ban-hang/kien/<int:parcel>/",
        "name": "producer_desk:parcel",
        "methods": ["GET", "POST"],
        "roles": ["producer_owner", "producer_orders"],
        "owner": "parcel.producer",
        "writes": ["POST"],
    } in lines
    assert all(set(line) == {"pattern", "name", "methods", "roles", "owner", "writes"} for line in lines)


def test_orders_and_products_have_no_address_in_the_staff_dashboard():
    names = {address.name for address in list_addresses()}

    assert {name for name in names if name.startswith("dashboard:")} == {
        "dashboard:index",
        "dashboard:login",
        "dashboard:logout",
        "dashboard:catalogue-category-list",
        "dashboard:catalogue-category-detail-list",
        "dashboard:catalogue-category-create",
        "dashboard:catalogue-category-create-child",
        "dashboard:catalogue-category-update",
        "dashboard:catalogue-category-delete",
    }
