"""The room of books in a browser: accessible, nothing wider than the screen, in both languages."""

from datetime import timedelta

import pytest

from shop.common import clock
from shop.domain.ledger.auditing import keep_audit
from tests.axe import assert_accessible  # noqa: F401 -- a fixture
from tests.factories import make_listing, make_member, make_officer, make_order, make_producer
from tests.factories.ledger import capture_order, make_rate, make_rule
from tests.web.office_desk.test_rooms import desk_at

LONG = "Tuần hàng " + "rấtdàikhôngngắt" * 6


def fill():
    """Something in every table."""
    day = timedelta(days=1)
    household = make_producer("Hộ kinh doanh Lò A Páo", kind="household_business")
    make_rule("2.5", scope="producer", producer=household)
    programme = make_rule(0, scope="programme", name=LONG[:120], starts_on=clock.today() + day, ends_on=clock.today() + 9 * day)
    make_rate(3, "1.5", activity="transport", starts_on=clock.today() + day)
    capture_order(make_order((make_listing(producer=household), 2)))
    keep_audit(breaks={}, invariant_count=35, took_ms=80, now=clock.now() - day)
    keep_audit(breaks={"a parcel is paid once": 1}, invariant_count=35, took_ms=80, now=clock.now())
    return household, programme


@pytest.mark.parametrize("width", [390, 1280])
def test_the_room_is_accessible(live_stack, browser, assert_accessible, width):  # noqa: F811
    address = live_stack()
    _household, programme = fill()
    page = desk_at(browser, address, width=width, user=make_officer())

    for path in (
        "",
        "so-sach/",
        "so-sach/phi-san/",
        "so-sach/phi-san/moi/",
        f"so-sach/phi-san/{programme.pk}/",
        "so-sach/thue/",
        "so-sach/thue/moi/",
        "so-sach/gtgt/",
        "so-sach/gtgt/moi/",
    ):
        for language in ("", "/en"):
            page.goto(f"{address}{language}/van-phong/{path}")
            assert_accessible(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= width, path

    page.context.close()


@pytest.mark.parametrize("width", [390, 1280])
def test_the_producer_s_money_is_accessible(live_stack, browser, assert_accessible, width):  # noqa: F811
    address = live_stack()
    household, _programme = fill()
    page = desk_at(browser, address, width=width, user=make_member(household))

    for language in ("", "/en"):
        page.goto(f"{address}{language}/ban-hang/tien/")
        assert_accessible(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

    page.context.close()
