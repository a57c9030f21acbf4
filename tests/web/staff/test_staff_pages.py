"""Oscar's dashboard and Django's admin, as far as they are let in."""

import pytest

from catalogue_ext.models import Category
from tests.factories import make_listing, make_order, make_staff, make_user
from tests.factories.logins import log_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    return log_in(client, make_staff(), second_factor=True)


@pytest.fixture
def category():
    return Category.objects.add_root(instance=Category(name="Đồ uống", slug="do-uong", group="bev"))


@pytest.mark.parametrize(
    "address",
    [
        "orders/",
        "partners/",
        "catalogue/",
        "catalogue/products/1/",
        "shipping/",
        "reviews/",
        "users/",
        "reports/",
        "comms/",
        "pages/",
    ],
)
def test_what_goes_around_our_rules_has_no_address(staff, address):
    assert staff.get(f"/dashboard/{address}").status_code == 404


@pytest.mark.parametrize("address", ["", "catalogue/categories/", "catalogue/categories/create/"])
@pytest.mark.parametrize("language", ["", "/en"])
def test_the_dashboard_shows_what_it_keeps(staff, category, address, language):
    assert staff.get(f"{language}/dashboard/{address}").status_code == 200


def test_a_category_is_renamed(staff, category):
    address = f"/dashboard/catalogue/categories/{category.pk}/update/"
    assert 'name="treebeard_position"' in staff.get(address).content.decode()
    form = {"name": "Thức uống", "slug": "thuc-uong", "treebeard_position": "first-child", "is_public": "on"}

    assert staff.post(address, form).status_code == 302
    category.refresh_from_db()
    assert category.name == "Thức uống"


def test_staff_without_the_permission_get_no_page_and_no_circle(client, category):
    clerk = make_user(is_staff=True)
    log_in(client, clerk, second_factor=True)

    response = client.get("/dashboard/catalogue/categories/", follow=True)

    assert response.status_code in {403, 404}


def test_the_policy_is_looser_for_staff_and_strict_for_everybody_else(staff, category):
    dashboard = staff.get("/dashboard/catalogue/categories/")["Content-Security-Policy"]
    account = staff.get("/tai-khoan/")["Content-Security-Policy"]

    assert "'unsafe-inline'" in dashboard
    assert "unsafe" not in account
    assert "googleapis" not in staff.get("/dashboard/catalogue/categories/").content.decode()


def test_the_admin_shows_an_order_and_changes_nothing(staff):
    order = make_order((make_listing(), 1))
    address = f"/admin/order/order/{order.pk}/change/"

    page = staff.get(address)

    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert staff.post(address, {"status": "completed"}).status_code == 405
    order.refresh_from_db()
    assert order.status == "confirmed"
