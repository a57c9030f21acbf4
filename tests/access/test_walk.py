"""Every address, by every role, with one's own object, another's and none: who gets in, who does not, what leaks."""

import pytest
from django.core.cache import cache
from django.http import FileResponse
from django.test import Client
from django.urls import reverse

from shop.access.matrix import list_addresses
from shop.domain.parcels.models import Parcel
from tests.factories.logins import log_in

from .samples import arguments_of
from .world import CANARIES, NEED_SECOND_FACTOR, ROLES, make_world

pytestmark = pytest.mark.django_db

# Machines ask these, without a language; the admin has a test of its own, it would double the walk.
ADDRESSES = [address for address in list_addresses() if address.name.partition(":")[0] != "admin" and address.name]
# Their object is the person's own authenticator, which not everybody has.
MAY_BE_MISSING = {"mfa_view_recovery_codes", "mfa_download_recovery_codes", "mfa_deactivate_totp", "mfa_generate_recovery_codes"}
# Only the visitor's own basket is looked through, and a line that is gone leads back to it; Oscar's two category pages
# take an unknown parent for none.
FORGIVING = {
    # Taking away what is not there is done already.
    "account_stop_waiting",
    "storefront:drop_wish",
    "storefront:stop_messages",
    "storefront:product_buttons",
    # Who has not declared an age is asked for it, whatever the address leads to.
    "storefront:adult_product",
    "basket:change",
    "dashboard:catalogue-category-detail-list",
    "dashboard:catalogue-category-create-child",
    # Who asks for a key is asked for the password again first, whatever the key.
    "mfa_edit_webauthn",
    "mfa_remove_webauthn",
}
# The walk itself called the list off before it came to its rows: they say so.
MAY_BE_OVER = {"office_desk:import_row"}
READY = {200, 301, 302, 303, 304, 204}
ANSWERED = READY | {400, 403, 405, 409, 422, 429, 503}


def _client(world, role):
    client = Client()
    if role != "anonymous":
        log_in(client, world.people[role], second_factor=role in NEED_SECOND_FACTOR)
    return client


def _ways(address, world, role):
    """Whose object is asked for; a role without access is refused its own, and so any."""
    if "<" not in address.pattern and "(?P" not in address.pattern:
        return {"own": {}}
    ways = arguments_of(address.name, world)
    return ways if role in address.row.roles else dict(list(ways.items())[:1])


def _expected(address, role, whose, method):
    if role not in address.row.roles:
        return {302} if role == "anonymous" else {404}
    if method not in address.row.methods:
        return {405}
    if whose != "own":
        return READY | {404} if address.name in FORGIVING else {404}
    missing = {404} if address.name in MAY_BE_MISSING else set()
    over = {409} if address.name in MAY_BE_OVER else set()
    return (READY if method == "GET" else ANSWERED) | missing | over


@pytest.mark.parametrize("role", ROLES)
def test_every_address_answers_each_role_as_the_matrix_says(role):
    world = make_world()
    watched = Parcel.objects.filter(pk__in=[world.own["parcel"].pk, world.other["parcel"].pk]).order_by("pk")
    before = list(watched.values_list("pk", "status"))
    wrong, leaks = [], []
    client = _client(world, role)
    for address in ADDRESSES:
        # Whoever tries link after link is told to stop, which has a test of its own; here each address is asked anew.
        cache.delete("wrong-order-links:127.0.0.1")
        for whose, arguments in _ways(address, world, role).items():
            for method in ("GET", "POST"):
                path = reverse(address.name, kwargs=arguments)
                response = getattr(client, method.lower())(path)
                if role != "anonymous" and "_auth_user_id" not in client.session:
                    client = _client(world, role)
                if response.status_code not in _expected(address, role, whose, method):
                    wrong.append(f"{method} {path} ({whose}): {response.status_code}")
                if address.name.startswith("producer_desk:") and _leaks(response):
                    leaks.append(f"{method} {path} ({whose})")
                if isinstance(response, FileResponse):
                    list(response)  # read to its end it is closed

    assert wrong == []
    assert leaks == []
    assert list(watched.values_list("pk", "status")) == before


def test_the_admin_shows_superusers_and_nobody_else():
    world = make_world()
    staff = _client(world, "staff")

    assert staff.get("/admin/").status_code == 200
    assert staff.get("/admin/order/order/").status_code == 200
    assert staff.post("/admin/order/order/").status_code == 405
    assert staff.get("/admin/order/order/add/").status_code == 404
    assert staff.get("/admin/order/order/1/delete/").status_code == 404
    assert staff.get("/admin/mfa/authenticator/").status_code == 404
    for role in ("consumer", "producer_owner", "officer"):
        assert _client(world, role).get("/admin/order/order/").status_code == 404
    assert Client().get("/admin/order/order/").status_code == 302


@pytest.mark.parametrize("path", ["/", "/healthz", "/gio-hang/", "/thanh-toan/", "/tai-khoan/dang-nhap/"])
@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_an_undeclared_method_is_refused_as_such_without_a_token(path, method):
    assert getattr(Client(enforce_csrf_checks=True), method)(path).status_code == 405


def test_a_wrong_role_is_answered_alike_with_a_token_and_without():
    world = make_world()
    client = Client(enforce_csrf_checks=True)
    log_in(client, world.people["consumer"])

    assert client.post(f"/ban-hang/kien/{world.own['parcel'].pk}/").status_code == 404
    assert client.post("/thanh-toan/").status_code == 403


def _leaks(response):
    body = b"" if response.streaming else response.content
    return [canary for canary in CANARIES if canary.encode() in body]
