import json
from io import StringIO

import pytest
from allauth.mfa.totp.internal.auth import validate_totp_code
from django.core.management import CommandError, call_command

from catalogue_ext.models import Product, ProductClass
from shop.common import clock
from shop.domain.certificates.models import Certificate
from shop.domain.certificates.state import live_state
from shop.domain.listings.models import Listing
from shop.domain.listings.purchasable import on_shelf
from shop.domain.people.models import User
from shop.domain.producers.staff import actor_of
from shop.operations.invariants import broken_invariants
from shop.oscar_forks.partner.models import StockRecord
from tests.factories import make_listing, make_order
from tests.factories.logins import code_of

pytestmark = pytest.mark.django_db

ROLES = {
    *("consumer", "producer_owner", "producer_orders", "producer_listings", "producer_money"),
    *("buyer", "approver", "accountant", "company_admin", "officer", "staff"),
}


@pytest.fixture(autouse=True)
def demonstration(settings):
    settings.DEMO = True
    ProductClass.objects.get_or_create(name="OCOP", slug="ocop")


def seed(*arguments):
    out = StringIO()
    call_command("seed", *arguments, stdout=out)
    return json.loads(out.getvalue())


def seed_acceptance(number=7):
    return seed("--profile", "acceptance", "--seed", str(number), "--json")


def test_the_report_has_the_shape_of_the_contract():
    report = seed_acceptance()

    assert list(report) == ["base_url", "users", "producers", "companies", "tokens", "vouchers"]
    assert {tuple(user) for user in report["users"]} == {
        ("role", "login", "password", "totp_secret", "producer_id", "company_id")
    }
    assert {tuple(product) for producer in report["producers"] for product in producer["products"]} == {
        ("id", "sku", "stock_id", "price", "free", "certificate_code", "url")
    }


def test_vouchers_are_there_with_their_limits():
    vouchers = {voucher["code"]: voucher for voucher in seed_acceptance()["vouchers"]}

    assert {code: (voucher["usage_limit"], voucher["limit_per_buyer"]) for code, voucher in vouchers.items()} == {
        "NAM7": (5, None),
        "MOI7": (None, 1),
        "PHANTRAM7": (None, None),
        "NHAVUON7": (None, None),
        "DUNG7": (None, None),
    }
    assert [code for code, voucher in vouchers.items() if voucher["stopped"]] == ["DUNG7"]
    assert seed_acceptance()["vouchers"] == list(vouchers.values())


def test_there_is_somebody_for_every_role():
    users = seed_acceptance()["users"]
    roles = [user["role"] for user in users]

    assert set(roles) == ROLES
    assert (roles.count("consumer"), roles.count("officer"), roles.count("staff")) == (2, 2, 1)
    assert (roles.count("producer_owner"), roles.count("producer_orders")) == (3, 3)
    assert {user["role"] for user in users if user["totp_secret"]} == {"officer", "staff", "producer_money", "approver"}
    for user in users:
        account = User.objects.get(email=user["login"])
        assert account.check_password(user["password"])
        if user["producer_id"]:
            assert user["role"] in actor_of(user=account).producers[user["producer_id"]]


def test_second_factors_work():
    officer = next(user for user in seed_acceptance()["users"] if user["role"] == "officer")

    assert validate_totp_code(officer["totp_secret"], code_of(officer["totp_secret"]))


def test_goods_are_plenty_one_or_none_in_every_state():
    report = seed_acceptance()

    for producer in report["producers"]:
        free = {product["free"] for product in producer["products"]}
        states = {live_state(row, today=clock.today()) for row in Certificate.objects.filter(producer=producer["id"])}
        assert free == {0, 1, 50, 500}
        assert states == {"valid", "expiring", "extended", "expired", "suspended", "revoked"}
        for product in producer["products"]:
            record = StockRecord.objects.get(pk=product["stock_id"])
            assert (record.product_id, record.partner_id, int(record.price)) == (product["id"], producer["id"], product["price"])
    assert broken_invariants() == []


def test_every_seeded_star_says_that_it_is_a_sample():
    seed_acceptance()

    assert set(Certificate.objects.values_list("decision__is_sample", flat=True)) == {True}


def test_the_same_seed_gives_the_same_data():
    first = seed_acceptance()

    assert seed_acceptance() == first
    other = seed_acceptance(8)
    assert {user["password"] for user in other["users"]}.isdisjoint(user["password"] for user in first["users"])


def test_a_shop_with_orders_is_left_alone():
    make_order((make_listing(), 1))

    with pytest.raises(CommandError, match="has orders"):
        seed_acceptance()


def test_a_shop_that_is_no_demonstration_is_left_alone(settings):
    settings.DEMO = False

    with pytest.raises(CommandError, match="DEMO=1"):
        seed_acceptance()
    assert not User.objects.exists()


def test_load_products_are_certified_priced_stocked_and_found():
    report = seed("--profile", "load", "--products", "90", "--json")

    shelf = Listing.objects.filter(on_shelf(today=clock.today()))
    assert report == {"products": 90, "first_product_id": shelf.order_by("pk").first().product_id, "producers": 3}
    assert shelf.count() == Product.objects.filter(search_folded__isnull=False).count() == 90
    assert StockRecord.objects.filter(price__gt=0, num_in_stock=500).count() == 90
    assert broken_invariants() == []


def test_load_can_be_sown_on_top():
    seed("--profile", "load", "--products", "50", "--json")
    seed("--profile", "load", "--products", "50", "--json")

    assert Product.objects.count() == 100


@pytest.mark.parametrize("count", ["0", "-5", "1000001"])
def test_load_wants_a_sensible_number(count):
    with pytest.raises(CommandError, match="from 1 to"):
        seed("--profile", "load", "--products", count)
